"""What all commands of an installation share: its settings, and refusals as one plain line."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import click

from display.speech import NotSpoken
from hardware.core.grammar import FaultyTongue
from mpp import config
from mpp.backup import BackupFailed
from mpp.config import Config, FaultyConfig
from mpp.privacy.core.heads import FaultyHead
from mpp.voice import NoClips
from ticketing.core.mall_yaml import FaultyMallFile
from ticketing.core.refused import Refused

P = ParamSpec("P")
T = TypeVar("T")

REFUSALS = (Refused, FaultyConfig, FaultyMallFile, FaultyTongue, FaultyHead, NoClips, NotSpoken, BackupFailed, OSError)
"""What is told in one line; anything else is a fault of the program."""


def installed(command: Callable[Concatenate[Config, P], T]) -> Callable[..., T]:
    """Give a command `--data` and `--config`, and turn refusals into one plain line and exit code 1."""

    @click.option(
        "--data",
        type=click.Path(path_type=Path, file_okay=False),
        help="Folder of the embedded database and the sounds.",
    )
    @click.option("--config", "toml", type=click.Path(path_type=Path, dir_okay=False), help="Settings file (mpp.toml).")
    @wraps(command)
    def run(*args: Any, data: Path | None, toml: Path | None, **kwargs: Any) -> T:
        try:
            return command(config.load(toml, data), *args, **kwargs)
        except REFUSALS as no:
            raise click.ClickException(no.detail if isinstance(no, Refused) else str(no)) from None

    return run
