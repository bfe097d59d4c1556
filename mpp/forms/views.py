"""The shapes of what is shown of forms to those who describe them."""

from datetime import datetime

from msgspec import Struct

from ticketing.core.form import Form
from ticketing.views import ServicePart, TenantPart


class FormsVersionPart(Struct, frozen=True, kw_only=True):
    """A version of the forms: who wrote it when, and which forms it had."""

    id: int
    written_by: str
    written_at: datetime
    titles: list[str]


class FormsView(Struct, frozen=True, kw_only=True):
    """The forms of one service; `basis` names what was looked at, `history` are the versions, newest first."""

    timezone: str
    tenant: TenantPart
    service: ServicePart
    forms: list[Form]
    basis: str
    history: list[FormsVersionPart]


class FormsLine(ServicePart, frozen=True, kw_only=True):
    """A service and how many forms it has."""

    forms: int


class TenantForms(Struct, frozen=True, kw_only=True):
    """A tenant with its services."""

    tenant: TenantPart
    services: list[FormsLine]
