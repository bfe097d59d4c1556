"""A journal that outlives a power cut at any byte, and clocks that carry on."""

import errno
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hardware.agent.kiosk.clock import HallClock, Mark, boot, steady
from hardware.agent.kiosk.files import JOURNAL, Journal, replace_safely
from hardware.core import journal
from hardware.core.journal import HandedIn, Line, Printing, Taken
from tests.hardware.lent import DAY, NINE, ticket
from tests.logs import told

LINES: list[Line] = [
    *(Taken(ticket=ticket(n), day=DAY, tenant="DUKCAPIL") for n in range(3)),
    Printing(request="tap-0"),
    HandedIn(request="tap-1"),
]


def written(folder: Path, lines: list[Line]) -> list[int]:
    """Write lines, and return the length of the file after each."""
    kept = Journal(folder)
    ends = [0]
    for line in lines:
        kept.write(line)
        ends.append((folder / JOURNAL).stat().st_size)
    return ends


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_after_a_power_cut_at_any_byte_every_line_that_was_on_disk_is_there(
    data: st.DataObject, tmp_path: Path
) -> None:
    (tmp_path / JOURNAL).unlink(missing_ok=True)
    ends = written(tmp_path, LINES)
    cut = data.draw(st.integers(0, ends[-1]))
    with (tmp_path / JOURNAL).open("r+b") as file:
        file.truncate(cut)
    found = Journal(tmp_path)
    whole = max(n for n, end in enumerate(ends) if end <= cut)
    expected: journal.Book = {}
    for line in LINES[:whole]:
        journal.add(expected, line)
    assert (found.book, found.is_damaged) == (expected, False)
    found.write(Taken(ticket=ticket(9), day=DAY, tenant="DUKCAPIL"))
    assert list(Journal(tmp_path).book) == [*expected, "tap-9"], "what comes after a torn line is whole"


def test_a_line_that_cannot_be_read_is_known_as_damage(tmp_path: Path) -> None:
    written(tmp_path, LINES)
    content = (tmp_path / JOURNAL).read_bytes().splitlines(keepends=True)
    (tmp_path / JOURNAL).write_bytes(b"".join([content[0], b"\x00\x00\n", *content[2:]]))
    assert Journal(tmp_path).is_damaged


def test_a_full_disk_takes_no_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Journal(tmp_path)
    kept.write(LINES[0])

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        kept.write(LINES[1])
    monkeypatch.undo()
    assert list(kept.book) == list(Journal(tmp_path).book) == ["tap-0"]


def test_a_shortened_journal_is_the_book_of_the_next_start(tmp_path: Path) -> None:
    written(tmp_path, LINES)
    kept = Journal(tmp_path)
    kept.shorten(LINES[:1])
    assert kept.book == Journal(tmp_path).book
    assert list(kept.book) == ["tap-0"]


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "lease.json"
    replace_safely(file, b"old")
    assert file.stat().st_mode & 0o777 == 0o600

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        replace_safely(file, b"new")
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def mark(**changes: object) -> Mark:
    """Read the clocks."""
    made = Mark(at=NINE, pace=60.0, steady=steady(), wall=datetime.now(UTC), boot=boot())
    return msgspec.structs.replace(made, **changes)


def test_the_halls_time_goes_on_over_a_restart_of_the_agent() -> None:
    before = mark(steady=steady() - 10)
    now = HallClock(before).now()
    assert timedelta(minutes=10) <= now - NINE < timedelta(minutes=11)


def test_after_a_restart_of_the_machine_its_own_clock_tells_how_long_it_was_off(
    caplog: pytest.LogCaptureFixture,
) -> None:
    before = mark(boot="another", wall=datetime.now(UTC) - timedelta(seconds=10))
    now = HallClock(before).now()
    assert timedelta(minutes=10) <= now - NINE < timedelta(minutes=11)
    assert "its own clock is used" in told(caplog, "hardware.agent.kiosk.clock")


def test_a_machine_whose_clock_fell_back_to_an_earlier_year_does_not_turn_the_halls_time_back() -> None:
    before = mark(boot="another", wall=datetime.now(UTC) + timedelta(days=9000))
    assert HallClock(before).now() >= NINE
    late = NINE + timedelta(hours=1)
    assert HallClock(before, not_before=late).now() == late


def test_the_server_sets_the_clock_back_and_nobody_else() -> None:
    clock = HallClock(mark())
    clock.set(NINE - timedelta(hours=1), 1.0)
    first = clock.now()
    assert NINE - timedelta(hours=1) <= first <= clock.now()
    assert clock.pace == 1.0


def test_a_kiosk_that_never_heard_a_server_has_this_machines_time() -> None:
    assert abs(HallClock().now() - datetime.now(UTC)) < timedelta(seconds=5)
