"""What every door needs to know of the installation it belongs to; put together once, in `mpp.app`."""

from msgspec import Struct, field

from ticketing.clock import Clock
from ticketing.core.ids import CounterId, TenantId
from ticketing.core.proposal import Proposal
from ticketing.db import Db
from ticketing.limits import Limits
from ticketing.live import Live
from ticketing.outlooks import Outlooks

Proposals = dict[TenantId, dict[CounterId, Proposal]]


class Hall(Struct, frozen=True, kw_only=True):
    """The database, the feeds, the clock; where phones find the server; the pages' build; what is foretold.

    `proposals` tells, for tenants that look ahead, whom each counter would call; true for half a minute.
    """

    db: Db
    live: Live
    clock: Clock
    limits: Limits
    public_url: str
    build: str
    outlooks: Outlooks = field(default_factory=Outlooks)
    proposals: Proposals = field(default_factory=dict)

    def ticket_url(self, code: str) -> str:
        """Return the address of a ticket's phone page."""
        return f"{self.public_url}/t/{code}"

    def complaint_url(self, code: str) -> str:
        """Return the address of the page that follows up a complaint."""
        return f"{self.public_url}/c/{code}"
