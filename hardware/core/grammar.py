"""Reads grammar files: TOML in, a language out, or the file, line and key that are at fault, and what to do."""

import re
from collections.abc import Iterable, Iterator

import msgspec

from hardware.core.tongue import LARGEST, Numbers, Tongue, cardinal

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TRIED = (
    *range(1_200),
    1_999,
    2_000,
    *range(9_999, 10_012),
    20_000,
    21_021,
    100_000,
    345_678,
    10**6,
    21 * 10**6,
    LARGEST,
)
# Numbers on which a grammar is tried out: all that halls call, and the places where rules meet.
PLACE = re.compile(r" - at `\$\.?(.*)`$")
# Where in the file, at the end of a message of msgspec.
SPOKEN_WHEN_CALLED = ("queue", "number", "counter", "tenant")
# What the three sentences may name.


class FaultyTongue(Exception):
    """A grammar that cannot be used: where (file, line, key), and what to do."""

    def __init__(self, file: str, line: int | None, key: str, reason: str) -> None:
        self.line, self.key, self.reason = line, key, reason
        places = (file, f"line {line}" if line else "", key)
        super().__init__(f"{', '.join(place for place in places if place)}: {reason}")


def read(text: str, file: str) -> Tongue:
    """Read a grammar from the text of its file; `file` is its name, for the message.

    Raises: FaultyTongue.
    """
    try:
        tongue = msgspec.toml.decode(text, type=Tongue)
    except msgspec.ValidationError as error:
        place = PLACE.search(str(error))
        key = place[1] if place else ""
        raise FaultyTongue(file, _line(text, key), key, PLACE.sub("", str(error))) from error
    except msgspec.DecodeError as error:  # tells the line itself
        raise FaultyTongue(file, None, "", str(error)) from error
    for key, reason in _faults(tongue):
        raise FaultyTongue(file, _line(text, key), key, reason)
    return tongue


def _faults(tongue: Tongue) -> Iterator[tuple[str, str]]:
    """Find what does not fit together: the key, and what to do."""
    if missing := [letter for letter in LETTERS if letter not in tongue.letters]:
        yield "letters", f"{', '.join(missing)} missing; give every letter from A to Z its name"
    for letter in tongue.letters:
        if letter not in LETTERS or len(letter) != 1:
            yield f"letters.{letter}", "only the capital letters A to Z have names here"
    yield from _alike("letters", "letters", tongue.letters.items())
    for key in ("ordinary", "priority"):
        yield from _misfilled(f"sentences.{key}", getattr(tongue.sentences, key), (), ())
    for key in ("call", "recall", "last"):
        sentence = getattr(tongue.sentences, key)
        yield from _misfilled(f"sentences.{key}", sentence, SPOKEN_WHEN_CALLED, ("number", "counter"))
    for at, rule in enumerate(tongue.numbers.rules):
        yield from _misfilled(f"numbers.rules[{at}].say", rule.say, ("head", "rest", "round"), ("rest",))
        yield from _misfilled(f"numbers.rules[{at}].round", rule.round or "{head}", ("head",), ())
        if rule.start < rule.size:
            yield f"numbers.rules[{at}].from", f"a rule of size {rule.size} begins at {rule.size} or later"
    yield from _unsayable(tongue.numbers)


def _unsayable(numbers: Numbers) -> Iterator[tuple[str, str]]:
    said: list[tuple[str, str]] = []
    for number in TRIED:
        try:
            said.append((str(number), cardinal(numbers, number)))
        except KeyError as lacking:
            yield "numbers", f"{lacking} cannot be said; add it to [numbers.words], or a rule that cuts it"
            return
    yield from _alike("numbers", "numbers", said)


def _alike(key: str, what: str, rows: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    heard: dict[str, str] = {}
    for name, spoken in rows:
        other = heard.setdefault(spoken.casefold(), name)
        if other != name:
            yield key, f'the {what} {other} and {name} would sound the same: "{spoken}"'


def _misfilled(key: str, template: str, names: Iterable[str], needed: Iterable[str]) -> Iterator[tuple[str, str]]:
    known = [f"{{{name}}}" for name in names]
    bare = template
    for name in known:
        bare = bare.replace(name, "")
    bare = re.sub(r"\[[^\[\]{}]*\]", "", bare)
    if re.search(r"[\[\]{}]", bare):
        yield key, f'"{template}" cannot be filled in; known are {", ".join(known) or "plain words only"}'
    outside = re.sub(r"\[[^\[\]]*\]", "", template)
    for name in needed:
        if f"{{{name}}}" not in outside:
            yield key, f"{{{name}}} is missing, or stands in [ ]; it has to be said"


def _line(text: str, key: str) -> int | None:
    """Find the line of a key such as `numbers.rules[1].say`, or of the table it stands in."""
    lines = _lines(text)
    while key and key not in lines:
        key = re.sub(r"(^|\.|\[)[^.\[]*$", "", key)
    return lines.get(key)


def _lines(text: str) -> dict[str, int]:
    """Note the line of every table and key, which the reader of TOML does not tell."""
    lines: dict[str, int] = {}
    table = ""
    for at, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*(\[\[?)\s*([\w.]+)\s*\]", line):
            same = sum(1 for other in lines if re.fullmatch(rf"{re.escape(header[2])}\[\d+\]", other))
            table = f"{header[2]}[{same}]" if header[1] == "[[" else header[2]
            lines[table] = at
        elif key := re.match(r"\s*\"?([^\"=\s]+)\"?\s*=", line):
            lines.setdefault(f"{table}.{key[1]}".lstrip("."), at)
    return lines
