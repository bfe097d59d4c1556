"""A sentence is cut into what was recorded and what was not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.core.cutting import cut, phrase, recorded

CALL = "Nomor antrean, be, nol dua belas, silakan menuju loket dua puluh satu, Samsat."
CUTS = [
    ((), ["?Nomor antrean, be, nol dua belas, silakan menuju loket dua puluh satu, Samsat."]),
    (
        ("nomor antrean", "be", "nol", "dua", "belas", "silakan menuju loket", "puluh", "satu", "samsat"),
        ["nomor antrean", "be", "nol", "dua", "belas", "silakan menuju loket", "dua", "puluh", "satu", "samsat"],
    ),
    (
        ("dua", "dua belas", "belas", "dua puluh satu", "nomor", "loket"),
        ["nomor", "?antrean, be, nol", "dua belas", "?silakan menuju", "loket", "dua puluh satu", "?Samsat."],
    ),
    (("antrean be", "belas silakan"), ["?" + CALL]),
    ((CALL.casefold(),), ["?" + CALL]),
]


@pytest.mark.parametrize(("known", "pieces"), CUTS)
def test_the_longest_recording_is_taken_and_the_rest_stays_together(known: tuple[str, ...], pieces: list[str]) -> None:
    assert [("" if piece.is_recorded else "?") + piece.text for piece in cut(CALL, known)] == pieces


def test_a_breath_is_taken_where_the_sentence_has_its_signs() -> None:
    pauses = [piece.pause for piece in cut("Nomor, be dua. Ya", {"nomor", "be", "dua", "ya"})]
    assert pauses[0] > pauses[1] < pauses[2]
    assert pauses[2] > pauses[0]


def test_recordings_are_found_by_their_names() -> None:
    names = ["Nomor_Antrean.WAV", "dua.wav", "dua.mp3", "be\u0301.wav", "catatan.txt"]
    assert recorded(names) == {"nomor antrean": "Nomor_Antrean.WAV", "dua": "dua.wav", "b\u00e9": "be\u0301.wav"}


words = st.text("abc ,.", max_size=40)


@given(words, st.sets(st.text("abc ", min_size=1, max_size=6).map(phrase).filter(bool)))
def test_no_word_is_lost_and_none_is_said_twice(text: str, known: set[str]) -> None:
    pieces = cut(text, known)
    assert phrase(" ".join(piece.text for piece in pieces)) == phrase(text)
    assert all(piece.text in known for piece in pieces if piece.is_recorded)
