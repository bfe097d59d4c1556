"""People who wait, for the tests of their order."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from ticketing.core.ids import TicketId
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

policies = st.builds(
    Policy,
    ordinary_weight=st.sampled_from([1.0, 2.0]),
    priority_weight=st.sampled_from([1.0, 5.0, 20.0]),
    head_start=st.sampled_from([0, 25]),
    appointment_weight=st.sampled_from([1.0, 5.0]),
)
