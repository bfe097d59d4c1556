"""Words made fit for paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.core import layout

texts = st.text(max_size=200)
columns = st.integers(min_value=1, max_value=48)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Sipil \u2013 \u201cKTP\u2011el\u201d \u2026", 'Sipil - "KTP-el" ...'),
        ("é ñ ü Ç", "e n u C"),
        ("€ 5 · ½", "EUR 5 - 1/2"),
        ("2\u00d72 ≤ 5", "2x2 <= 5"),
        ("漢字", "??"),
        ("a\tb\u00a0c", "a b c"),
        ("\x1b@\x07Siti\x7f\x9b", "@Siti"),
        ("satu\r\ndua", "satu\ndua"),
        ("Straße, smørrebrød", "Strasse, smorrebrod"),
    ],
)
def test_characters_that_a_printer_lacks_are_spelled(text: str, shown: str) -> None:
    assert layout.plain(text) == shown


@given(texts)
def test_plain_text_cannot_steer_a_printer(text: str) -> None:
    assert all(sign == "\n" or " " <= sign <= "~" for sign in layout.plain(text))


@given(texts)
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert layout.plain(layout.plain(text)) == layout.plain(text)


@given(texts.map(layout.plain), columns)
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    for broken in (layout.wrap(text, width), layout.balance(text, width)):
        assert all(len(line) <= width for line in broken)
        assert "".join("".join(broken).split()) == "".join(text.split())


@given(texts.map(layout.plain), columns)
def test_balancing_needs_no_more_lines(text: str, width: int) -> None:
    assert len(layout.balance(text, width)) <= len(layout.wrap(text, width))


def test_words_stay_whole_where_they_can() -> None:
    assert layout.wrap("Dinas Kependudukan dan Pencatatan Sipil", 20) == [
        "Dinas Kependudukan",
        "dan Pencatatan Sipil",
    ]
    assert layout.wrap("Kependudukan", 5) == ["Kepen", "duduk", "an"]
    assert layout.wrap("", 5) == [""]


def test_no_word_is_left_alone_on_the_last_line() -> None:
    text = "Pindai untuk melihat giliran Anda"
    assert layout.wrap(text, 32)[-1] == "Anda"
    assert layout.balance(text, 32) == ["Pindai untuk melihat", "giliran Anda"]


@pytest.mark.parametrize(
    ("text", "size", "width", "chosen"),
    [("B-012", 6, 48, 6), ("PB-003", 6, 48, 6), ("PB-003", 6, 32, 5), ("A" * 50, 6, 48, 1), ("", 8, 48, 8)],
)
def test_a_number_is_as_large_as_fits(text: str, size: int, width: int, chosen: int) -> None:
    assert layout.fit(text, size, width) == chosen
