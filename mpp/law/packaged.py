"""The editions that come with the program; read once, when they are first asked for."""

from functools import cache
from importlib.resources import files

from msgspec import convert
from ruamel.yaml import YAML

from mpp.law.core import Edition


@cache
def editions() -> tuple[Edition, ...]:
    """Return what `editions.yaml` says."""
    text = files("mpp.law").joinpath("editions.yaml").read_text(encoding="utf-8")
    return convert(tuple(YAML(typ="safe").load(text)), tuple[Edition, ...])
