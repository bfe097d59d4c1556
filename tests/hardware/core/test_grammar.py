"""Grammar files: what is at fault in one is told with its line and key."""

from importlib.resources import files

import pytest

from hardware.core import grammar
from hardware.core.grammar import FaultyTongue
from hardware.core.tongue import cardinal, filled

SOUND = files("hardware.core").joinpath("tongues", "id.toml").read_text(encoding="utf-8")

FAULTS = [
    ("pace = 140", "pace = 20", "pace", "Expected `int` >= 80"),
    ("pace = 140", "peace = 140", "", "unknown field `peace`"),
    ('voice = "id"', "voice = id", "", "line 4"),
    ('voice = "id"', "", "", "missing required field `voice`"),
    ('A = "a"', "", "letters", "A missing; give every letter"),
    ('A = "a"', 'A = "be"', "letters", "the letters A and B would sound the same"),
    ('A = "a"', 'A = ""', "letters[...]", "matching regex"),
    ('A = "a"', 'A = "a"\nAB = "abe"', "letters.AB", "only the capital letters"),
    ('last = "Panggilan terakhir, {queue} {number}', 'last = "Panggilan', "sentences.last", "{number} is missing"),
    ("loket {counter}[, {tenant}]", "loket[ {counter}]", "sentences.call", "{counter} is missing, or stands in [ ]"),
    ('call = "{queue}', 'call = "{row}', "sentences.call", "known are {queue}, {number}, {counter}, {tenant}"),
    ('call = "{queue}', 'call = "{queue} [', "sentences.call", "cannot be filled in"),
    ('ordinary = "nomor', 'ordinary = "{x} nomor', "sentences.ordinary", "known are plain words only"),
    ('"nol", "satu"', '"satu"', "numbers.digits", "10"),
    ('"nol", "satu"', '"nol", "nol"', "numbers", "the numbers 0 and 1 would sound the same"),
    ('10 = "sepuluh"', "", "numbers", "10 cannot be said; add it to [numbers.words]"),
    ('round = "{head} puluh"', "", "numbers", "20 cannot be said"),
    ('round = "{head} puluh"', 'round = "{rest} puluh"', "numbers.rules[1].round", "known are {head}"),
    ('say = "{rest} belas"', 'say = "belas"', "numbers.rules[0].say", "{rest} is missing"),
    ("from = 12", "from = 12\nsize = 100", "", "Cannot overwrite|[Cc]annot|twice"),
    ("from = 20\nsize = 10", "from = 20\nsize = 50", "numbers.rules[1].from", "begins at 50 or later"),
]


@pytest.mark.parametrize(("before", "after", "key", "reason"), FAULTS)
def test_a_faulty_grammar_is_refused_with_the_key_and_an_advice(before: str, after: str, key: str, reason: str) -> None:
    assert before in SOUND
    with pytest.raises(FaultyTongue) as fault:
        grammar.read(SOUND.replace(before, after, 1), "xx.toml")
    assert fault.value.key == key
    assert str(fault.value).startswith("xx.toml")
    assert any(part in str(fault.value) for part in reason.split("|"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("pace = 140", "pace = 20"),
        ("{number}, silakan menuju loket {counter}[, {tenant}].", "silakan."),
        ('round = "{head} puluh"', 'round = "{rest} puluh"'),
        ('round = "{head} ratus"', 'round = "{} ratus"'),
        ('K = "ka"', 'K = " "'),
    ],
)
def test_the_line_of_the_fault_is_told(before: str, after: str) -> None:
    text = SOUND.replace(before, after, 1)
    with pytest.raises(FaultyTongue) as fault:
        grammar.read(text, "xx.toml")
    at = next(
        nth for nth, (old, new) in enumerate(zip(SOUND.splitlines(), text.splitlines(), strict=True), 1) if old != new
    )
    table = text.splitlines().index("[letters]") + 1
    assert fault.value.line == (table if before[0] == "K" else at)


def test_a_part_in_brackets_is_left_out_when_its_word_is_empty() -> None:
    assert filled("a[, {b}]{c}.", {"b": "", "c": ""}) == "a."
    assert filled("a[, {b}]{c}.", {"b": "x", "c": "y"}) == "a, xy."


TWENTIES = """
[[numbers.rules]]
from = 60
size = 20
say = "{round} {rest}"
round = "{head} kali dua puluh"
"""


def test_a_language_that_counts_in_twenties_fits_too() -> None:
    tongue = grammar.read(SOUND + TWENTIES, "xx.toml")
    assert cardinal(tongue.numbers, 75) == "tiga kali dua puluh lima belas"
