"""Calls in words: tables of what is said, and properties of the number grammar."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from display import tongues
from hardware.core import words
from hardware.core.call import Call, CallKind
from hardware.core.tongue import Tongue, cardinal

TONGUES = tongues.load()
ID, EN = TONGUES["id"], TONGUES["en"]
BY_DIGIT = replace(ID, numbers=replace(ID.numbers, by_digit=True))

SAID = [
    (
        Call(kind=CallKind.CALL, number="B-012", counter="5", tenant="Dinas Kependudukan & Capil"),
        "Nomor antrean, be, nol dua belas, silakan menuju loket lima, Dinas Kependudukan dan Capil.",
        "Queue number, bee, zero twelve, please go to counter five, Dinas Kependudukan and Capil.",
    ),
    (
        Call(kind=CallKind.CALL, number="A-100", counter="12"),
        "Nomor antrean, a, seratus, silakan menuju loket dua belas.",
        "Queue number, ay, one hundred, please go to counter twelve.",
    ),
    (
        Call(kind=CallKind.RECALL, number="PB-003", counter="21", is_priority=True),
        "Panggilan ulang, antrean prioritas, nomor, pe be, nol nol tiga, silakan menuju loket dua puluh satu.",
        "Calling again, priority queue, number, pee bee, zero zero three, please go to counter twenty one.",
    ),
    (
        Call(kind=CallKind.LAST, number="4K-10", counter="Z1-05", tenant="BPJS Kesehatan"),
        "Panggilan terakhir, nomor antrean, empat ka, sepuluh, "
        "silakan menuju loket zet satu nol lima, be pe je es Kesehatan.",
        "Last call, queue number, four kay, ten, please go to counter zed one zero five, bee pee jay ess Kesehatan.",
    ),
]


@pytest.mark.parametrize(("call", "in_indonesian", "in_english"), SAID)
def test_a_call_is_said_in_both_languages(call: Call, in_indonesian: str, in_english: str) -> None:
    assert words.sentence(call, ID) == in_indonesian
    assert words.sentence(call, EN) == in_english


@pytest.mark.parametrize(
    ("number", "spoken"),
    [
        ("4K-01", "empat ka, nol satu"),
        ("A-000", "a, nol nol nol"),
        ("a12", "a, dua belas"),
        ("D 007", "de, nol nol tujuh"),
        ("\uff22-0\uff11", "be, nol satu"),
        ("A-1000000", "a, satu nol nol nol nol nol nol"),
        ("IKD-45", "i ka de, empat puluh lima"),
    ],
)
def test_letters_have_names_and_leading_zeros_are_said(number: str, spoken: str) -> None:
    call = Call(kind=CallKind.CALL, number=number, counter="1")
    assert words.sentence(call, ID) == f"Nomor antrean, {spoken}, silakan menuju loket satu."


def test_a_number_can_be_read_digit_by_digit() -> None:
    call = Call(kind=CallKind.CALL, number="B-012", counter="10")
    said = words.sentence(call, BY_DIGIT)
    assert said == "Nomor antrean, be, nol satu dua, silakan menuju loket satu nol."


def test_a_word_is_spoken_as_the_table_of_pronunciations_says() -> None:
    call = Call(kind=CallKind.CALL, number="B-1", counter="1", tenant="Samsat (PKB), BPN / bri")
    said = words.sentence(call, ID, {"bpn": "badan pertanahan", "BRI": "be er i"})
    assert said.endswith("loket satu, Samsat pe ka be badan pertanahan be er i.")


def test_a_name_without_a_single_word_is_left_out() -> None:
    call = Call(kind=CallKind.CALL, number="B-1", counter="1", tenant="---")
    assert words.sentence(call, ID) == "Nomor antrean, be, satu, silakan menuju loket satu."


def test_a_caption_shows_the_number_as_it_is_printed() -> None:
    call = Call(kind=CallKind.RECALL, number="PB-003", counter="12", tenant="Samsat", is_priority=True)
    shown = "Panggilan ulang, antrean prioritas, nomor PB-003, silakan menuju loket 12, Samsat."
    assert words.caption(call, ID) == shown


@pytest.mark.parametrize(
    ("number", "in_indonesian", "in_english"),
    [
        (0, "nol", "zero"),
        (10, "sepuluh", "ten"),
        (11, "sebelas", "eleven"),
        (19, "sembilan belas", "nineteen"),
        (20, "dua puluh", "twenty"),
        (45, "empat puluh lima", "forty five"),
        (100, "seratus", "one hundred"),
        (101, "seratus satu", "one hundred one"),
        (200, "dua ratus", "two hundred"),
        (1000, "seribu", "one thousand"),
        (1111, "seribu seratus sebelas", "one thousand one hundred eleven"),
        (21_012, "dua puluh satu ribu dua belas", "twenty one thousand twelve"),
    ],
)
def test_numbers_are_spoken_as_people_speak_them(number: int, in_indonesian: str, in_english: str) -> None:
    assert cardinal(ID.numbers, number) == in_indonesian
    assert cardinal(EN.numbers, number) == in_english


def test_no_two_numbers_sound_the_same() -> None:
    for tongue in TONGUES.values():
        assert len({cardinal(tongue.numbers, number) for number in range(10_000)}) == 10_000


@pytest.mark.parametrize("tongue", TONGUES.values())
def test_every_letter_and_digit_has_its_own_name(tongue: Tongue) -> None:
    assert len(set(tongue.letters.values())) == 26
    assert len(set(tongue.numbers.digits)) == 10


def in_indonesian(number: int) -> str:
    """Speak a number below a million, written apart from any grammar file."""
    for size, word in ((1000, "ribu"), (100, "ratus"), (10, "puluh")):
        head, rest = divmod(number, size)
        if head and not (size == 10 and 10 < number < 20):
            lead = f"se{word}" if head == 1 else f"{in_indonesian(head)} {word}"
            return f"{lead} {in_indonesian(rest)}" if rest else lead
    if number > 9:
        return "sebelas" if number == 11 else f"{in_indonesian(number - 10)} belas"
    return ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"][number]


def in_english(number: int) -> str:
    for size, word in ((1000, "thousand"), (100, "hundred")):
        head, rest = divmod(number, size)
        if head:
            return f"{in_english(head)} {word}" + (f" {in_english(rest)}" if rest else "")
    if number < 20:
        return UP_TO_NINETEEN.split()[number]
    tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"][number // 10 - 2]
    return f"{tens} {in_english(number % 10)}" if number % 10 else tens


UP_TO_NINETEEN = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen"""


def test_the_grammar_files_say_all_numbers_below_a_million_as_the_languages_do() -> None:
    for number in [*range(10_000), *range(10_000, 1_000_000, 313), 100_000, 999_999]:
        assert cardinal(ID.numbers, number) == in_indonesian(number)
        assert cardinal(EN.numbers, number) == in_english(number)


TEXTS = [
    ("Nomor antrean B-012, loket 5", "Nomor antrean be nol dua belas, loket lima"),
    ("Biaya: Rp30.000.", "Biaya: tiga puluh ribu rupiah."),
    ("Rp 1.350.000,- per tahun", "satu juta tiga ratus lima puluh ribu rupiah per tahun"),
    ("Buka pukul 08.00\u201314.30!", "Buka pukul delapan sampai empat belas tiga puluh!"),
    ("pukul 13.05", "pukul tiga belas nol lima"),
    ("Bawa KTP-el (asli) & KK.", "Bawa ka te pe el asli dan ka ka."),
    ("daya 1.300 VA", "daya seribu tiga ratus VA"),
    ("telepon 0812345678", "telepon nol delapan satu dua tiga empat lima enam tujuh delapan"),
    ("17.08.2026", "tujuh belas. nol delapan. dua ribu dua puluh enam"),
    ("1.000.000.000", "satu nol nol nol nol nol nol nol nol nol"),
    ("(\u2026) ---", ""),
]


@pytest.mark.parametrize(("text", "spoken"), TEXTS)
def test_any_text_is_said_in_words(text: str, spoken: str) -> None:
    assert words.plain(text, ID) == spoken


def test_a_word_or_a_row_of_words_is_said_as_told_and_the_longest_wins() -> None:
    told = {"BPJS": "be pe je es", "bpjs kesehatan": "be pe je es ka es", "AK/I": "a ka satu", "C++": "ce plus plus"}
    said = words.plain("BPJS Kesehatan, Bpjs TK; kartu AK/I, C++, abpjs", ID, told)
    assert said == "be pe je es ka es, be pe je es te ka; kartu a ka satu, ce plus plus, abpjs"


def test_pronunciations_are_chosen_by_language_then_by_the_language_of_the_voice() -> None:
    told: words.Pronunciations = {"A": "x", "B": {"id": "y", "en": "z"}, "C": {"jv": "w", "id": "v"}}
    assert words.for_language(told, "en", "en") == {"A": "x", "B": "z"}
    assert words.for_language(told, "jv", "id") == {"A": "x", "B": "y", "C": "w"}


numbers = st.from_regex(r"[A-Z]{1,2}-[0-9]{1,4}", fullmatch=True)
tenants = st.none() | st.text(max_size=60)


@given(numbers, numbers, st.sampled_from(CallKind), tenants, st.booleans(), st.sampled_from(["id", "en"]))
def test_a_sentence_holds_only_words(
    number: str, counter: str, kind: CallKind, tenant: str | None, priority: bool, locale: str
) -> None:
    call = Call(kind=kind, number=number, counter=counter, tenant=tenant, is_priority=priority)
    said = words.sentence(call, TONGUES[locale])
    before_the_tenant = said.split("loket" if locale == "id" else "counter")[0]
    assert re.fullmatch(r"[A-Za-z ,-]+", before_the_tenant)
    assert "antrian" not in said.replace(tenant or "-", "")
    assert not any(ord(sign) < 32 for sign in said)


@given(st.lists(numbers, min_size=2, max_size=2, unique=True), st.sampled_from([ID, EN, BY_DIGIT]))
def test_different_numbers_are_said_differently(pair: list[str], tongue: Tongue) -> None:
    first, second = (words.sentence(Call(kind=CallKind.CALL, number=number, counter="1"), tongue) for number in pair)
    assert first != second


@given(st.text(max_size=60))
def test_whatever_the_text_no_digit_is_left_to_the_voice(text: str) -> None:
    assert not re.search("[0-9]", words.plain(text, ID, {"BPJS": "be pe je es"}))
