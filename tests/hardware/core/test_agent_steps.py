"""What an agent does next about the slips and the announcements that the server shows."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from hardware.core.paper import Memory, PrinterView, SlipJob, SlipState, Step, next_step
from hardware.core.slip import Qr, Rule, Slip, Space, Text
from hardware.core.voice import Announcement, AnnouncementState, Duty, duty

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
LATER, EARLIER = NOW + timedelta(minutes=1), NOW - timedelta(seconds=1)
WAITING, CLAIMED = SlipState.WAITING, SlipState.CLAIMED


def job(number: int, state: SlipState = WAITING, expires_at: datetime = LATER) -> SlipJob:
    return SlipJob(id=number, ticket=f"B-{number:03}", state=state, copy=False, expires_at=expires_at, slip=Slip(()))


def view(*jobs: SlipJob) -> PrinterView:
    return PrinterView(at=NOW, printer="P01", name="Lobi", slips=jobs)


SLIPS = [
    ("a waiting slip is printed", view(job(1)), Memory(), (Step.PRINT, 1)),
    ("the first slip comes first", view(job(1), job(2)), Memory(), (Step.PRINT, 1)),
    ("a slip past its time is not printed", view(job(1, expires_at=EARLIER)), Memory(), None),
    ("a slip at its time is not printed", view(job(1, expires_at=NOW)), Memory(), None),
    (
        "the next is printed after a lapsed one",
        view(job(1, expires_at=NOW), job(2)),
        Memory(),
        (Step.PRINT, 2),
    ),
    ("a slip of a dead agent is lost", view(job(1, CLAIMED)), Memory(), (Step.LOST, 1)),
    ("a lapsed slip of a dead agent is lost", view(job(1, CLAIMED, EARLIER)), Memory(), (Step.LOST, 1)),
    ("a reported slip in an old view", view(job(1, CLAIMED)), Memory(reported={1}), None),
    ("a report still owed", view(job(1, CLAIMED)), Memory(owed={1}), None),
    ("a waiting slip with a report still owed", view(job(1)), Memory(owed={1}), None),
    ("a refused slip", view(job(1)), Memory(refused={1}), None),
    ("another agent's slip", view(job(1, CLAIMED)), Memory(refused={1}), None),
    ("an answer to a claim was lost", view(job(1, CLAIMED)), Memory(asked={1}), (Step.GIVE_BACK, 1)),
    ("a claim did not arrive", view(job(1)), Memory(asked={1}), (Step.PRINT, 1)),
    ("a slip that the server offers again", view(job(1)), Memory(reported={1}), (Step.PRINT, 1)),
    ("nothing to do", view(), Memory(), None),
]


@pytest.mark.parametrize(("shown", "memory", "step"), [row[1:] for row in SLIPS], ids=[str(row[0]) for row in SLIPS])
def test_what_is_done_about_slips(shown: PrinterView, memory: Memory, step: tuple[Step, int] | None) -> None:
    chosen = next_step(shown, memory, NOW)
    assert (chosen and (chosen[0], chosen[1].id)) == step


def said(
    state: str = "waiting",
    *,
    by_me: bool = False,
    sound: str | None = "/api/sounds/x.wav",
    late: bool = False,
) -> Announcement:
    return Announcement(
        id=7,
        number="B-012",
        counter="5",
        text="...",
        sound=sound,
        seconds=3.0,
        state=AnnouncementState(state),
        by_me=by_me,
        expires_at=EARLIER if late else LATER,
    )


NOBODY: frozenset[int] = frozenset()
SEVEN = frozenset({7})


@pytest.mark.parametrize(
    ("shown", "asked", "refused", "played", "what"),
    [
        (None, NOBODY, NOBODY, NOBODY, None),
        (said(), NOBODY, NOBODY, NOBODY, Duty.START),
        (said(sound=None), NOBODY, NOBODY, NOBODY, None),
        (said(late=True), NOBODY, NOBODY, NOBODY, None),
        (said(), NOBODY, SEVEN, NOBODY, None),
        (said(), NOBODY, NOBODY, SEVEN, None),
        (said("speaking"), NOBODY, NOBODY, NOBODY, None),
        (said("speaking", by_me=True), NOBODY, NOBODY, NOBODY, Duty.END),
        (said("speaking", by_me=True), SEVEN, NOBODY, NOBODY, Duty.PLAY),
        (said("speaking", by_me=True, late=True), SEVEN, NOBODY, NOBODY, Duty.END),
        (said("speaking", by_me=True), NOBODY, NOBODY, SEVEN, None),
    ],
)
def test_what_is_done_about_an_announcement(
    shown: Announcement | None,
    asked: frozenset[int],
    refused: frozenset[int],
    played: frozenset[int],
    what: Duty | None,
) -> None:
    assert duty(shown, NOW, asked=asked, refused=refused, played=played) is what


def test_a_slip_travels_as_json_and_comes_back_the_same() -> None:
    slip = Slip((Text(text="B-012", size=6, bold=True), Rule(), Qr(data="x", caption="y"), Space(lines=2)))
    assert msgspec.json.decode(msgspec.json.encode(slip), type=Slip) == slip


def test_a_view_of_a_newer_server_can_be_read() -> None:
    shown = msgspec.json.decode(msgspec.json.encode(view(job(1))), type=dict[str, object])
    newer = msgspec.json.encode(shown | {"invented_later": 1})
    assert msgspec.json.decode(newer, type=PrinterView) == view(job(1))


@pytest.mark.parametrize("size", [0, 9])
def test_a_size_that_no_printer_has_is_refused(size: int) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(f'{{"blocks":[{{"type":"text","text":"x","size":{size}}}]}}', type=Slip)
