"""From YAML text to plain values that know their lines. Scalars are read more strictly than YAML does.

Only `true`, `false`, `null`, `~` and decimal whole numbers are more than text: `no`, `08:00` and `30.000`
stay what was typed. Anchors, aliases and tags are refused, so a small file cannot unfold into a large one.
"""

import re
from collections.abc import Iterator
from io import StringIO

from msgspec import Struct
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    CollectionEndEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)
from ruamel.yaml.nodes import MappingNode, ScalarNode
from ruamel.yaml.reader import ReaderError
from ruamel.yaml.representer import SafeRepresenter

WORDS = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL", "~", "")),
}
"""The plain words of YAML 1.2 that are not text."""

WHOLE_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
"""Decimal and without a leading zero, so a postal code or a phone number stays a text."""

CLOCK_FIELDS = frozenset({"open", "close", "start", "end"})
"""Fields that hold a time of day."""

CLOCK_TIME = re.compile(r"[0-9]{2}:[0-9]{2}")
"""Hours and minutes, as on a door; msgspec asks for seconds, which are added."""

ONE_LINE = frozenset({"keywords"})
"""Lists of short words, which are easier to read side by side."""

OWN_LINES = frozenset({"ticker"})
"""Lists of whole sentences, which are written one below the other."""

BARE = re.compile(r"[^\W\d_][^:#,\[\]{}\"']*")
"""Texts that are written without quotes: they begin with a letter and hold nothing that YAML could mean."""

DEEPEST = 12
"""A mall file nests eight levels deep."""

SYNTAX = (
    ("mapping values are not allowed", "a colon stands where none may be; put a text with a colon in quotes"),
    (r"character '\\t'", "a tab stands here; indent with spaces"),
    ("cannot start any token", "a text may not begin with this character; put it in quotes"),
    ("block end", "this line is indented differently from its neighbours, or an entry lacks its dash"),
    (
        "sequence entries are not allowed",
        "a list may not begin on the line of its name; begin it on the next",
    ),
    ("could not find expected ':'", "a colon is missing here, or a quote or bracket above is not closed"),
    ("unexpected end of stream", "a quote is opened here and not closed"),
    ("escape character", "a backslash stands in double quotes; use single quotes"),
    ("but got", "a bracket is opened here and not closed, or a comma is missing"),
)
"""What ruamel says, and what to do; tried from top to bottom."""


class FaultyMallFile(Exception):
    """The file cannot be used: where, and what to do about it. `path` is like `tenants[0].prefix`."""

    def __init__(self, line: int, reason: str, path: str) -> None:
        self.line = line
        self.reason = reason
        self.path = path
        super().__init__(f"line {line}: {reason}")


class Document(Struct, frozen=True):
    """Plain values, and for each path (`$.tenants[0].prefix`) the line on which it stands."""

    value: object
    lines: dict[str, int]

    def fault(self, path: str, reason: str) -> FaultyMallFile:
        """Point at the line of a path."""
        return FaultyMallFile(self.lines.get(path, self.lines["$"]), reason, _readable(path))


class _Quoting(SafeRepresenter):
    """Left alone, ruamel 0.19 writes some texts bare that it cannot read back, such as `? a` in braces."""

    def represent_str(self, data: str) -> ScalarNode:
        style = None if BARE.fullmatch(data) else '"'
        return self.represent_scalar("tag:yaml.org,2002:str", data, style=style)

    def represent_mapping(self, tag: str, mapping: object, flow_style: bool | None = None) -> MappingNode:
        node = super().represent_mapping(tag, mapping, flow_style)
        if self.default_flow_style is None:
            node.flow_style = all(isinstance(value, ScalarNode) for _, value in node.value)
        for name, value in node.value:
            if name.value in ONE_LINE:
                value.flow_style = True
            if name.value in OWN_LINES:
                value.flow_style = False
        return node

    yaml_representers = SafeRepresenter.yaml_representers | {str: represent_str}


def parse(text: str) -> Document:
    """Read YAML text.

    Raises:
        FaultyMallFile: it is not YAML, or uses what a mall file does not need.
    """
    lines: dict[str, int] = {}
    try:
        value = _document(YAML(typ="safe", pure=True).parse(text.removeprefix("\ufeff")), lines)
    except MarkedYAMLError as error:
        raise _syntax_fault(error) from error
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise FaultyMallFile(line, "an invisible control character stands here; delete it", "") from error
    if value is None:
        raise FaultyMallFile(1, "the file is empty; begin with `mall:`", "")
    return Document(value, lines)


def dump(value: object, *, compact: bool) -> str:
    """Write plain values as YAML, in their own order; `compact` puts innermost groups on one line each."""
    yaml = YAML(typ="safe", pure=True)
    yaml.Representer = _Quoting
    yaml.default_flow_style = None if compact else False
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]  # ruamel infers None
    yaml.width = 1_000_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    text = StringIO()
    yaml.dump(value, text)
    return text.getvalue()


def _document(events: Iterator[Event], lines: dict[str, int]) -> object:
    value: object = None
    for event in events:
        if isinstance(event, DocumentStartEvent):
            if lines:
                raise _fault(event, "a second document begins here; delete it and the `---`", "$")
            value = _value(next(events), events, "$", lines)
    return value


def _value(event: Event, events: Iterator[Event], path: str, lines: dict[str, int]) -> object:
    lines.setdefault(path, _line(event))
    _refuse_cleverness(event, path)
    match event:
        case SequenceStartEvent():
            return [_value(item, events, f"{path}[{at}]", lines) for at, item in enumerate(_inside(events))]
        case MappingStartEvent():
            return _mapping(events, path, lines)
    assert isinstance(event, ScalarEvent), "aliases, the only other kind of value, were refused above"
    return _plain(event.value) if event.style is None else event.value


def _mapping(events: Iterator[Event], path: str, lines: dict[str, int]) -> dict[str, object]:
    values: dict[str, object] = {}
    for key in _inside(events):
        _refuse_cleverness(key, path)
        if not isinstance(key, ScalarEvent):
            raise _fault(key, "the name of a field must be a word", path)
        name = str(key.value)
        place = f"{path}.{name}"
        if name in values:
            raise _fault(key, f'"{name}" stands here twice, first on line {lines[place]}; keep one', place)
        lines[place] = _line(key)
        value = _value(next(events), events, place, lines)
        if name in CLOCK_FIELDS and isinstance(value, str) and CLOCK_TIME.fullmatch(value):
            value += ":00"
        values[name] = value
    return values


def _inside(events: Iterator[Event]) -> Iterator[Event]:
    for event in events:
        if isinstance(event, CollectionEndEvent):
            return
        yield event


def _plain(text: str) -> object:
    if WHOLE_NUMBER.fullmatch(text):
        return int(text)
    return WORDS.get(text, text)


def _refuse_cleverness(event: Event, path: str) -> None:
    if isinstance(event, NodeEvent) and event.anchor is not None:
        raise _fault(event, "`&` and `*` have a meaning in YAML; put the text in quotes", path)
    if isinstance(event, NodeEvent) and getattr(event, "ctag", None) is not None:
        raise _fault(event, "`!` has a meaning in YAML; put the text in quotes", path)
    if path.count(".") + path.count("[") > DEEPEST:
        raise _fault(event, "this is nested too deeply for a mall file; check the brackets", path)


def _line(event: Event) -> int:
    return int(event.start_mark.line) + 1


def _fault(event: Event, reason: str, path: str) -> FaultyMallFile:
    return FaultyMallFile(_line(event), reason, _readable(path))


def _readable(path: str) -> str:
    return path.removeprefix("$").removeprefix(".")


def _syntax_fault(error: MarkedYAMLError) -> FaultyMallFile:
    problem = str(error.problem)
    opened_above = "unexpected end" in problem or "but got" in problem
    mark = error.context_mark if opened_above else error.problem_mark
    hints = (hint for pattern, hint in SYNTAX if re.search(pattern, problem))
    hint = next(hints, f"this is not YAML ({problem}); check colons, quotes and indentation")
    return FaultyMallFile(mark.line + 1 if mark else 1, hint, "")
