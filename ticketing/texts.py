"""The text catalogue: every sentence people read, by key and language; shared with the pages."""

from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType

import msgspec

LANGUAGES = ("id", "en")


def _load(language: str) -> Mapping[str, str]:
    source = files("ticketing").joinpath("texts", f"{language}.json").read_bytes()
    return MappingProxyType(msgspec.json.decode(source, type=dict[str, str]))


CATALOGUE: Mapping[str, Mapping[str, str]] = MappingProxyType({language: _load(language) for language in LANGUAGES})


def say(language: str, key: str, **values: object) -> str:
    """Return the sentence of that key, its {placeholders} filled in."""
    return CATALOGUE[language][key].format(**values)
