"""The checks that come with the program; read once, when they are first asked for."""

from functools import cache
from importlib.resources import files

from msgspec import convert
from ruamel.yaml import YAML

from mpp.readiness.core.shapes import Check


@cache
def checks() -> tuple[Check, ...]:
    """Return what `checks.yaml` says, R01 to R28."""
    text = files("mpp.readiness").joinpath("checks.yaml").read_text(encoding="utf-8")
    return convert(tuple(YAML(typ="safe").load(text)), tuple[Check, ...])
