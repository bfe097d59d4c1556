"""People who wait, for the tests of their order."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from ticketing.core.ids import TicketId
from ticketing.core.policy import Policy
from ticketing.core.ranking import Waiting

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
RULES = Policy()


def one(id: int, minutes: float, *, priority: bool = False, sent: bool = False) -> Waiting:
    """One who has waited so many minutes."""
    since = NOW - timedelta(minutes=minutes)
    return Waiting(ticket_id=TicketId(id), since=since, is_priority=priority, is_for_this_counter=sent)


queues = st.lists(
    st.builds(
        one,
        st.integers(1, 10_000),
        st.integers(0, 300),
        priority=st.booleans(),
        sent=st.booleans(),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda who: who.ticket_id,
)
