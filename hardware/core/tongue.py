"""A language that calls are spoken in, as its grammar file tells it. Reading the file is left to others.

A number is spoken by the words given for it, or cut in two by the last rule that fits and spoken in parts.
"""

import re
from collections.abc import Mapping
from typing import Annotated, TypeAlias

from msgspec import Meta, Struct

FALLBACK = "id"
# Spoken where a language is asked for that has no grammar.
LARGEST = 999_999_999
# Fees are no larger.
LANGUAGE = r"^[a-z]{2,3}(-[a-z0-9]{2,8})?$(?!\n)"
# A code of a language (ISO 639), with a region or dialect where that is needed.

Words = Annotated[str, Meta(pattern=r"^\S(.*\S)?$(?!\n)", max_length=200)]


class Rule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"start": "from"}):
    """How numbers from `start` on are cut by `size`; `round` says those without a rest, `say` the others."""

    start: Annotated[int, Meta(ge=10, le=LARGEST)]
    size: Annotated[int, Meta(ge=2, le=LARGEST)]
    round: Words | None = None
    say: Words = "{round} {rest}"


class Numbers(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How numbers are spoken; `by_digit` reads every digit of a ticket's number alone ("nol satu dua")."""

    digits: Annotated[tuple[Words, ...], Meta(min_length=10, max_length=10)]
    words: dict[int, Words] = {}
    rules: tuple[Rule, ...] = ()
    by_digit: bool = False


class Sentences(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is said when a number is called, called again, and called for the last time."""

    ordinary: Words
    priority: Words
    call: Words
    recall: Words
    last: Words


class Tongue(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A grammar; `voice` is espeak's name of a language, `pace` words a minute."""

    name: Words
    voice: Words
    pace: Annotated[int, Meta(ge=80, le=300)] = 140
    sentences: Sentences
    letters: dict[str, Words]
    signs: dict[str, str] = {}
    numbers: Numbers


Tongues: TypeAlias = Mapping[str, Tongue]
# By the codes of their languages.


def cardinal(numbers: Numbers, number: int) -> str:
    """Speak a whole number from 0 to LARGEST; raise KeyError when the grammar cannot."""
    if number < 10:
        return numbers.digits[number]
    if (word := numbers.words.get(number)) is not None:
        return word
    rule = max((rule for rule in numbers.rules if rule.start <= number), key=lambda rule: rule.start, default=None)
    if rule is None:
        raise KeyError(number)
    head, rest = divmod(number, rule.size)
    if not rest and rule.round is None:
        raise KeyError(number)
    said = rule.say if rest else rule.round or ""
    for name, part in (("{head}", head), ("{rest}", rest), ("{round}", number - rest)):
        if name in said:
            said = said.replace(name, cardinal(numbers, part))
    return said


def filled(template: str, values: Mapping[str, str]) -> str:
    """Put values into a template; a part in [ ] is left out when a value in it is empty."""

    def part(found: re.Match[str]) -> str:
        return found[1] if all(values[name] for name in names(found[1])) else ""

    return re.sub(r"\{(\w+)\}", lambda found: values[found[1]], re.sub(r"\[([^\[\]]*)\]", part, template))


def names(template: str) -> list[str]:
    """List the names in braces."""
    return re.findall(r"\{(\w+)\}", template)
