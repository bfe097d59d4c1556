"""The phrases that somebody has to record so that every call of a hall is spoken by recordings alone."""

from collections.abc import Iterable

from hardware.core import words
from hardware.core.call import Call, CallKind
from hardware.core.cutting import phrase
from hardware.core.tongue import Tongue, cardinal

HOLE = "\N{OBJECT REPLACEMENT CHARACTER}"
# Stands for what changes from call to call.
LARGEST_CALLED = 1_000
# Numbers of a day's series are smaller.


def vocabulary(
    tongue: Tongue, prefixes: Iterable[str], counters: Iterable[str], names: Iterable[str]
) -> tuple[str, ...]:
    """List the phrases: of the sentences, the letters, the numbers, the counters, and the names as they are spoken.

    Args:
        prefixes: what ticket numbers begin with.
        names: the spoken names of the tenants.
    """
    spoken = [
        *_sentences(tongue),
        *(tongue.letters[letter] for letter in sorted(set("".join(prefixes)))),
        *(word for number in range(LARGEST_CALLED) for word in cardinal(tongue.numbers, number).split()),
        *(word for counter in counters for word in words.plain(counter, tongue, breaths=False).split()),
        *names,
    ]
    return tuple(dict.fromkeys(filter(None, map(phrase, spoken))))


def _sentences(tongue: Tongue) -> list[str]:
    """Return what stands between the holes and the breaths of all kinds of call."""
    whole = [
        words.caption(Call(kind=kind, number=HOLE, counter=HOLE, tenant=HOLE, is_priority=is_priority), tongue)
        for kind in CallKind
        for is_priority in (False, True)
    ]
    return [part for sentence in whole for piece in sentence.split(HOLE) for part in piece.replace(".", ",").split(",")]
