"""What the server asks its forecaster, and what that answers. Plain values, sent from process to process as JSON."""

from datetime import datetime

from msgspec import Struct

from ticketing.core.ids import MallId, ServiceId, TenantId, TicketId
from ticketing.core.outlook import Chance
from ticketing.core.proposal import Proposal


class Question(Struct, frozen=True, kw_only=True):
    """How long do those wait who wait for a tenant now, and who would take a number? `now` is the hall's time.

    Where the tenant's counters look ahead: whom would each call that is at work, if it were free now?
    """

    mall_id: MallId
    tenant_id: TenantId
    now: datetime


class Offered(Struct, frozen=True):
    """The chance of one who takes a number for a service now, ordinary or favoured."""

    service_id: ServiceId
    is_priority: bool
    chance: Chance


class Waits(Struct, frozen=True):
    """The chance of one who waits."""

    ticket_id: TicketId
    chance: Chance


class Answer(Struct, frozen=True, kw_only=True):
    """All that was asked; nothing on a day on which the tenant does not open."""

    waiting: list[Waits] = []
    offers: list[Offered] = []
    proposals: list[Proposal] = []
