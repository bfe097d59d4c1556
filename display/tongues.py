"""The languages that the hall's voice speaks: the grammar files that come with the product, and the mall's own."""

import logging
import re
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from hardware.core import grammar
from hardware.core.grammar import FaultyTongue
from hardware.core.tongue import LANGUAGE, Tongue, Tongues

log = logging.getLogger(__name__)

SHIPPED = files("hardware.core").joinpath("tongues")


def load(folder: Path | None = None) -> Tongues:
    """Read all grammars; a file of the mall's own folder takes the place of the one that comes with the product.

    Raises: FaultyTongue.
    """
    return {language: _read(file) for language, file in _files(folder).items()}


def load_what_is_sound(folder: Path | None = None) -> Tongues:
    """Read all grammars; for a faulty one, said in the log, the hall keeps the one that came with the product."""
    tongues = dict(load())
    try:
        found = _files(folder)
    except FaultyTongue as fault:
        log.error("no grammars of the mall's own: %s", fault)
        return tongues
    for language, file in found.items():
        try:
            tongues[language] = _read(file)
        except FaultyTongue as fault:
            log.error("a grammar is not used: %s", fault)
    return tongues


def _files(folder: Path | None) -> dict[str, Traversable]:
    found: list[Traversable] = [*SHIPPED.iterdir()]
    if folder is not None:
        if not folder.is_dir():
            raise FaultyTongue(
                str(folder), None, "", "there is no such folder; make it, or change `tongues` in mpp.toml"
            )
        found += folder.iterdir()
    return {file.name.removesuffix(".toml"): file for file in found if file.name.endswith(".toml")}


@lru_cache
def _understood(text: str, name: str) -> Tongue:
    """Read a grammar, which tries thousands of numbers; a process asks for the same ones again and again."""
    return grammar.read(text, name)


def _read(file: Traversable) -> Tongue:
    language = file.name.removesuffix(".toml")
    if not re.match(LANGUAGE, language):
        raise FaultyTongue(file.name, None, "", 'name it after the language\'s code, for example "jv.toml"')
    try:
        return _understood(file.read_text(encoding="utf-8"), file.name)
    except (OSError, UnicodeDecodeError) as error:
        raise FaultyTongue(file.name, None, "", f"cannot be read: {error}") from error
