"""Calls in words: tables of what is said, and properties of the number grammar."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.core import words
from hardware.core.call import Call, CallKind
from hardware.core.tongues import english, indonesian

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
    assert words.sentence(call, "id") == in_indonesian
    assert words.sentence(call, "en") == in_english


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
    assert words.sentence(call, "id") == f"Nomor antrean, {spoken}, silakan menuju loket satu."


def test_a_number_can_be_read_digit_by_digit() -> None:
    call = Call(kind=CallKind.CALL, number="B-012", counter="10")
    said = words.sentence(call, "id", by_digit=True)
    assert said == "Nomor antrean, be, nol satu dua, silakan menuju loket satu nol."


def test_a_word_is_spoken_as_the_table_of_pronunciations_says() -> None:
    call = Call(kind=CallKind.CALL, number="B-1", counter="1", tenant="Samsat (PKB), BPN / bri")
    said = words.sentence(call, "id", pronunciations={"bpn": "badan pertanahan", "BRI": "be er i"})
    assert said.endswith("loket satu, Samsat pe ka be badan pertanahan be er i.")


def test_a_name_without_a_single_word_is_left_out() -> None:
    call = Call(kind=CallKind.CALL, number="B-1", counter="1", tenant="---")
    assert words.sentence(call, "id") == "Nomor antrean, be, satu, silakan menuju loket satu."


def test_a_caption_shows_the_number_as_it_is_printed() -> None:
    call = Call(kind=CallKind.RECALL, number="PB-003", counter="12", tenant="Samsat", is_priority=True)
    shown = "Panggilan ulang, antrean prioritas, nomor PB-003, silakan menuju loket 12, Samsat."
    assert words.caption(call, "id") == shown


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
    assert indonesian.cardinal(number) == in_indonesian
    assert english.cardinal(number) == in_english


def test_no_two_numbers_sound_the_same() -> None:
    for tongue in words.TONGUES.values():
        assert len({tongue.cardinal(number) for number in range(10_000)}) == 10_000


@pytest.mark.parametrize("tongue", words.TONGUES.values())
def test_every_letter_and_digit_has_its_own_name(tongue: words.Tongue) -> None:
    assert len(set(tongue.LETTERS.values())) == 26
    assert len(set(tongue.DIGITS)) == 10


numbers = st.from_regex(r"[A-Z]{1,2}-[0-9]{1,4}", fullmatch=True)
tenants = st.none() | st.text(max_size=60)


@given(numbers, numbers, st.sampled_from(CallKind), tenants, st.booleans(), st.sampled_from(["id", "en"]))
def test_a_sentence_holds_only_words(
    number: str, counter: str, kind: CallKind, tenant: str | None, priority: bool, locale: str
) -> None:
    call = Call(kind=kind, number=number, counter=counter, tenant=tenant, is_priority=priority)
    said = words.sentence(call, locale)
    before_the_tenant = said.split("loket" if locale == "id" else "counter")[0]
    assert re.fullmatch(r"[A-Za-z ,-]+", before_the_tenant)
    assert "antrian" not in said.replace(tenant or "-", "")
    assert not any(ord(sign) < 32 for sign in said)


@given(st.lists(numbers, min_size=2, max_size=2, unique=True), st.sampled_from(["id", "en"]), st.booleans())
def test_different_numbers_are_said_differently(pair: list[str], locale: str, by_digit: bool) -> None:
    first, second = (
        words.sentence(Call(kind=CallKind.CALL, number=number, counter="1"), locale, by_digit=by_digit)
        for number in pair
    )
    assert first != second
