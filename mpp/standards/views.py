"""The shapes of what is shown of standards."""

from datetime import date, datetime

from msgspec import Struct

from mpp.law.core import Mark
from mpp.standards.core import Completeness, VersionState
from ticketing.core.form import Form
from ticketing.core.standard import Standard
from ticketing.views import ServicePart, TenantPart


class ComponentPart(Struct, frozen=True, kw_only=True):
    """A component of a standard as the edition in force names it, and how sure that is."""

    key: str
    name: str
    name_en: str
    source: str
    mark: Mark


class StandardLine(ServicePart, frozen=True, kw_only=True):
    """A service with what is published of its standard, and the state of what is not."""

    verified: bool
    completeness: Completeness
    version: VersionState | None
    is_review_due: bool


class TenantStandards(Struct, frozen=True, kw_only=True):
    """A tenant with its services; so many have all components, so many all that must be published."""

    tenant: TenantPart
    services: list[StandardLine]
    complete: int
    delivery_complete: int


class StandardsView(Struct, frozen=True, kw_only=True):
    """The standards of all tenants, or of one."""

    today: date
    edition: str
    components: list[ComponentPart]
    tenants: list[TenantStandards]


class VersionPart(Struct, frozen=True, kw_only=True):
    """One version; `written_by` and `decided_by` are names of people, where people did it."""

    id: int
    state: VersionState
    standard: Standard
    revision: int
    effective_on: date | None
    remark: str | None
    written_by: str
    written_at: datetime
    decided_by: str | None
    decided_at: datetime | None
    began_at: datetime | None
    ended_at: datetime | None


class ServiceStandardView(Struct, frozen=True, kw_only=True):
    """The standard of one service: what is published, what is not yet, and what was."""

    today: date
    timezone: str
    tenant: TenantPart
    service: ServicePart
    components: list[ComponentPart]
    published: Standard
    completeness: Completeness
    version: VersionPart | None
    version_completeness: Completeness | None
    history: list[VersionPart]


class PublicStandard(ServicePart, frozen=True, kw_only=True):
    """A service with all that is published of its standard, and the forms that visitors fill in by themselves."""

    standard: Standard
    completeness: Completeness
    forms: list[Form]


class PublicTenant(Struct, frozen=True, kw_only=True):
    """A tenant with the standards of its services."""

    code: str
    name: str
    name_en: str | None
    short_name: str
    responsible: str | None
    services: list[PublicStandard]


class PublicStandards(Struct, frozen=True, kw_only=True):
    """All standards of a mall on a day, for programs of anybody; `label` says if they are examples.

    `address` is where the mall's pages are found.
    """

    mall: str
    name: str
    address: str
    label: str | None
    day: date
    pledge: str | None
    edition: str
    components: list[ComponentPart]
    tenants: list[PublicTenant]
