"""People who wait, for the tests of their order."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from ticketing.core.ids import TicketId
from ticketing.core.policy import Policy
from ticketing.core.ranking import Waiting

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
RULES = Policy()


def one(id: int, minutes: float, *, priority: bool = False, sent: bool = False, favour: float = 1.0) -> Waiting:
    """One who has waited so many minutes."""
    since = NOW - timedelta(minutes=minutes)
    return Waiting(ticket_id=TicketId(id), since=since, is_priority=priority, is_for_this_counter=sent, favour=favour)


queues = st.lists(
    st.builds(
        one,
        st.integers(1, 10_000),
        st.integers(0, 300),
        priority=st.booleans(),
        sent=st.booleans(),
        favour=st.sampled_from([0.5, 1.0, 2.0]),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda who: who.ticket_id,
)

policies = st.builds(
    Policy,
    ordinary_weight=st.sampled_from([1.0, 2.0]),
    priority_weight=st.sampled_from([1.0, 5.0, 20.0]),
    head_start=st.sampled_from([0, 25]),
)
