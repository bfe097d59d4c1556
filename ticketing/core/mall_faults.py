"""All that is wrong with a mall's description, each at its place: for pages, which show every field at once.

A file is refused at its first fault (mall_file); the checks are the same ones.
"""

import re
from collections.abc import Collection, Iterator
from types import UnionType
from typing import Annotated, Union, get_args, get_origin, get_type_hints

from msgspec import NODEFAULT, Struct, ValidationError, convert
from msgspec.structs import fields

from ticketing.core import mall_checks, mall_reasons
from ticketing.core.lines import LINE
from ticketing.core.mall_checks import Fault
from ticketing.core.mall_entries import CLASS_CODE, CODE, COLOUR, PREFIX, MallFile

SHAPES = {CODE: "code", CLASS_CODE: "class_code", LINE: "line", PREFIX: "prefix", COLOUR: "colour"}
"""What a text must look like, by its pattern."""

CODES = (
    (r"got `null`", "missing"),
    (r"Expected `str` of length <= (\d+)", "too_long"),
    (r"Expected `int` >= (\d+)", "too_small"),
    (r"Expected `int` <= (\d+)", "too_large"),
    (r"Expected `int", "number"),
    (r"Expected `array` of length <= (\d+)", "too_many"),
    (r"Expected `array` of length", "empty"),
    (r"`date`|encoded date", "date"),
    (r"`time`|encoded time", "time"),
    (r"Invalid enum value '(.*)'", "choice"),
)
"""What msgspec says of a single field, as a code; tried from top to bottom."""


class Found(Struct, frozen=True):
    """A mall that can be taken as it is, or what is wrong with it."""

    mall: MallFile | None
    faults: list[Fault]


def find(value: object, spoken: Collection[str]) -> Found:
    """Look at a whole description, given as plain values; `spoken` are the languages of the voice."""
    shapes = list(_shape(MallFile, value, "$", value))
    if shapes:
        return Found(None, shapes)
    mall = convert(value, MallFile)
    faults = list(mall_checks.faults(mall, spoken))
    return Found(None if faults else mall, faults)


def _shape(kind: object, value: object, path: str, whole: object) -> Iterator[Fault]:
    """Find what is wrong with single fields: of what is faulty each part is looked at for itself."""
    try:
        convert(value, kind)
    except ValidationError as error:
        inner = list(_within(kind, value, path, whole))
        yield from inner or [_fault(str(error), value, path, whole)]


def _within(kind: object, value: object, path: str, whole: object) -> Iterator[Fault]:
    for form in _forms(kind):
        if isinstance(value, dict) and isinstance(form, type) and issubclass(form, Struct):
            yield from _group(form, value, path, whole)
        elif isinstance(value, list | tuple) and get_origin(form) is tuple:
            for at, item in enumerate(value):
                yield from _shape(get_args(form)[0], item, f"{path}[{at}]", whole)


def _group(form: type[Struct], value: dict[str, object], path: str, whole: object) -> Iterator[Fault]:
    kinds = get_type_hints(form, include_extras=True)
    for field in fields(form):
        place = f"{path}.{field.name}"
        if field.name in value:
            yield from _shape(kinds[field.name], value[field.name], place, whole)
        elif field.default is NODEFAULT and field.default_factory is NODEFAULT:
            yield Fault(place, f'"{field.name}" is missing here; give it', "missing")
    for name in value:
        if name not in kinds:
            yield Fault(f"{path}.{name}", f'"{name}" is not known here; leave it out', "unknown_field", str(name))


def _forms(kind: object) -> list[object]:
    """List what a field may be, without its limits."""
    while get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    if get_origin(kind) in (Union, UnionType):
        return [form for one in get_args(kind) for form in _forms(one)]
    return [kind]


def _fault(message: str, value: object, path: str, whole: object) -> Fault:
    deeper = mall_reasons.PLACE.search(message)
    message = mall_reasons.PLACE.sub("", message)
    place = path + (deeper[1][1:] if deeper else "")
    exact, reason = mall_reasons.sentence(f"{message} - at `{place}`", whole)
    if value == "":
        return Fault(exact, "there is no text here; write one", "missing")
    shaped = re.search(r"matching regex (.*)", message)
    if shaped:
        return Fault(exact, reason, next(code for pattern, code in SHAPES.items() if repr(pattern) == shaped[1]))
    tried = ((re.search(pattern, message), code) for pattern, code in CODES)
    match, code = next(((match, code) for match, code in tried if match), (None, "other"))
    return Fault(exact, reason, code, match[1] if match and match.re.groups and match[1] else "")
