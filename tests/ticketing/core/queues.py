"""People who wait, for the tests of their order."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st
from msgspec.structs import replace

from ticketing.core.ids import ServiceId, TicketId
from ticketing.core.policy import Policy
from ticketing.core.ranking import Waiting

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
RULES = Policy()


def one(
    id: int,
    minutes: float,
    *,
    priority: bool = False,
    sent: bool = False,
    favour: float = 1.0,
    appointment: bool = False,
) -> Waiting:
    """One who has waited so many minutes; with an agreed time they may be still to come."""
    return Waiting(
        ticket_id=TicketId(id),
        since=NOW - timedelta(minutes=minutes),
        is_priority=priority,
        is_for_this_counter=sent,
        has_appointment=appointment,
        favour=favour,
        service_id=ServiceId(round(favour * 2)),
    )


def agreed(id: int, minutes: float, *, priority: bool = False) -> Waiting:
    """One whose agreed time was so many minutes ago."""
    return one(id, minutes, priority=priority, appointment=True)


anybody = st.builds(
    one,
    st.integers(1, 10_000),
    st.integers(0, 300),
    priority=st.booleans(),
    sent=st.booleans(),
    favour=st.sampled_from([0.5, 1.0, 2.0]),
)

queues = st.lists(
    st.one_of(anybody, st.builds(agreed, st.integers(1, 10_000), st.integers(-60, 60), priority=st.booleans())),
    min_size=1,
    max_size=12,
    unique_by=lambda who: who.ticket_id,
)


def promised(queue: list[Waiting], dues: list[int | None], late: list[bool]) -> list[Waiting]:
    """Let some be late, and others be due so many minutes ago; whoever was sent here, or is late, never is."""
    return [
        who
        if who.is_for_this_counter
        else replace(who, is_late=is_late, due=None if is_late or due is None else NOW - timedelta(minutes=due))
        for who, due, is_late in zip(queue, dues, late, strict=False)
    ]


promised_queues = st.builds(
    promised,
    queues,
    st.lists(st.none() | st.integers(-20, 60), min_size=12, max_size=12),
    st.lists(st.sampled_from([False, False, True]), min_size=12, max_size=12),
)
"""People who wait, many of them with a promise."""

policies = st.builds(
    Policy,
    ordinary_weight=st.sampled_from([1.0, 2.0]),
    priority_weight=st.sampled_from([1.0, 5.0, 20.0]),
    head_start=st.sampled_from([0, 25]),
    appointment_weight=st.sampled_from([1.0, 5.0]),
)
