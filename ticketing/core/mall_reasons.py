"""Why a field of a mall file is refused, in sentences that say what to do."""

import re
from difflib import get_close_matches

from msgspec import inspect

from ticketing.core.lines import LINE
from ticketing.core.mall_entries import CLASS_CODE, CODE, COLOUR, PREFIX, MallFile

SHAPES = {
    CODE: 'a code is made of capital letters, digits and "-", for example "DUKCAPIL-01"',
    CLASS_CODE: 'this code is made of small letters and "_", for example "lansia"',
    LINE: "write one line of text here, without blanks at its ends",
    PREFIX: "a prefix is one or two capital letters; I and O look like digits, P is kept for priority",
    COLOUR: 'write a colour in quotes as "#rrggbb", for example "#1f6f54"',
}
"""What a text must look like, by its pattern."""

SENTENCES = (
    (r"missing required field `(\w+)`", '"{0}" is missing here; add a line "{0}: ..."'),
    (
        r"Expected `str.*, got `null`.*colour$",
        'put the colour in quotes: "#1f6f54"; a bare # begins a remark',
    ),
    (r"Expected `str( \| null)?`, got `null`", "there is no text here; write one"),
    (r"Expected `str( \| null)?`, got `(int|bool)`", 'a text is needed here; put it in quotes: "{given}"'),
    (r"Expected `str( \| null)?`, got", "one single text is needed here, not a list and not a group"),
    (r"Expected `str` of length <= (\d+)", "this text is too long; use at most {0} characters"),
    (r"Expected `bool`", "write true or false here"),
    (r"Expected `int` >= (\d+)", "this number is too small; the least is {0}"),
    (r"Expected `int` <= (\d+)", "this number is too large; the most is {0}"),
    (r"Expected `int", "{given} is not a whole number; write bare digits, for example 30000"),
    (r"Expected `array` of length", "this list is empty; give at least one entry"),
    (r"Expected `str \| object`", "write words to be said here, or a group of them by language"),
    (r"Expected `str \| array`", 'write "all", or a list of service codes'),
    (r"Expected `array`", 'a list is needed here; begin each entry with "- "'),
    (r"Expected `object", 'a group of fields is needed here, one "name: value" on each line'),
    (r"`date`|encoded date", "this is not a date; write year-month-day, for example 2026-08-17"),
    (r"`time`|encoded time", 'this is not a time of day; write it as "08:00", between 00:00 and 23:59'),
    (r"Invalid enum value '(.*)'.*languages\[", '"{0}" is not a language of this system; write id or en'),
    (r"Invalid enum value '(.*)'.*kind$", '"{0}" is no kind of field; write text, date, choice or checkbox'),
    (r"Invalid enum value '(.*)'", '"{0}" cannot stand here; write "all", or a list of service codes'),
    (r"(.*) at", "{0}; compare with a file that the system has written"),
)
"""What msgspec says (with the path at its end), and what to do; tried from top to bottom."""


PLACE = re.compile(r" - at `(\$[\w.\[\]]*)`$")
"""The path at the end of a message of msgspec; a message about the whole file has none."""


def sentence(message: str, value: object) -> tuple[str, str]:
    """Return the path to point at and the reason, for a message of msgspec about `value`, the whole file."""
    place = PLACE.search(message)
    path = place[1] if place else "$"
    message = PLACE.sub("", message)
    unknown = re.search(r"unknown field `(.*)`", message, re.DOTALL)
    if unknown:
        return f"{path}.{unknown[1]}", _unknown_field(unknown[1], path)
    shaped = re.search(r"matching regex (.*)", message)
    if shaped:
        return path, next(text for pattern, text in SHAPES.items() if repr(pattern) == shaped[1])
    tried = ((re.search(pattern, f"{message} at {path}"), text) for pattern, text in SENTENCES)
    words, text = next((found.groups(), text) for found, text in tried if found)
    path, given = _exact(path, value)
    return path, text.format(*words, given=given)


def _unknown_field(name: str, path: str) -> str:
    known = _known_fields(path)
    near = get_close_matches(name, known, n=1)
    hint = f'did you mean "{near[0]}"?' if near else f"known are {', '.join(known)}"
    return f'"{name}" is not known here; {hint}'


def _known_fields(path: str) -> list[str]:
    group = _group(inspect.type_info(MallFile))
    for step in re.findall(r"[a-z_]+", path):
        group = _group(next(field.type for field in group.fields if field.name == step))
    return [field.name for field in group.fields]


def _group(kind: inspect.Type) -> inspect.StructType:
    """Look through lists and options to the group of fields within."""
    while not isinstance(kind, inspect.StructType):
        assert isinstance(kind, inspect.VarTupleType | inspect.UnionType)
        kind = kind.item_type if isinstance(kind, inspect.VarTupleType) else kind.types[0]
    return kind


def _exact(path: str, value: object) -> tuple[str, object]:
    """Return the path and what stands there, with the entry that msgspec leaves open: `$.pronunciations[...]`."""
    path, *open_ends = path.split("[...]")
    there = _at(path, value)
    for _ in open_ends:
        assert isinstance(there, dict)
        name, there = next((name, entry) for name, entry in there.items() if not _is_spoken(entry))
        path = f"{path}.{name}"
    return path, there


def _is_spoken(entry: object) -> bool:
    return all(isinstance(text, str) for text in (entry.values() if isinstance(entry, dict) else [entry]))


def _at(path: str, value: object) -> object:
    for step in re.findall(r"[^.\[\]$]+", path):
        assert isinstance(value, dict | list)
        value = value[step] if isinstance(value, dict) else value[int(step)]
    return value
