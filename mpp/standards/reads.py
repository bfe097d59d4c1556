"""The views of standards: questions to the rows, nothing is changed here."""

from collections.abc import Mapping

from mpp import store as people
from mpp.law import store as law
from mpp.law.core import Edition, Instrument
from mpp.standards import core, store
from mpp.standards.tables import StandardVersion
from mpp.standards.views import (
    ComponentPart,
    PublicStandard,
    PublicStandards,
    PublicTenant,
    ServiceStandardView,
    StandardLine,
    StandardsView,
    TenantStandards,
    VersionPart,
)
from ticketing import reads, tables
from ticketing import store as ground
from ticketing.core.ids import TenantId
from ticketing.db import Tx


async def standards_view(tx: Tx, only: TenantId | None) -> StandardsView:
    """Show how complete the standards of each tenant are; `only` leaves the other tenants out."""
    edition = await law.in_force(tx, Instrument.STANDARDS)
    versions, today = await store.open_versions(tx), ground.today(tx)
    lines: dict[TenantId, list[StandardLine]] = {}
    for row in await store.services(tx):
        lines.setdefault(row.tenant_id, []).append(
            StandardLine(
                code=row.code,
                name=row.name,
                name_en=row.name_en,
                verified=row.standard.verified,
                completeness=core.completeness(row.standard, edition),
                version=versions.get(row.id),
                is_review_due=core.is_review_due(row.standard, today),
            )
        )
    tenants = [row for row in await ground.active_tenants(tx) if only in (None, row.id)]
    return StandardsView(
        today=today,
        edition=edition.name,
        components=_components(edition),
        tenants=[_tenant(row, lines.get(row.id, [])) for row in tenants],
    )


def _tenant(row: tables.Tenant, lines: list[StandardLine]) -> TenantStandards:
    return TenantStandards(
        tenant=reads.tenant_part(row),
        services=lines,
        complete=sum(line.completeness.is_complete for line in lines),
        delivery_complete=sum(line.completeness.is_delivery_complete for line in lines),
    )


def _components(edition: Edition) -> list[ComponentPart]:
    rules = [*edition.of(core.DELIVERY), *edition.of(core.MAKING)]
    return [
        ComponentPart(key=rule.key, name=rule.name, name_en=rule.name_en, source=rule.source, mark=rule.mark)
        for rule in rules
    ]


async def service_view(tx: Tx, service: tables.Service) -> ServiceStandardView:
    """Show the standard of one service with its versions."""
    edition = await law.in_force(tx, Instrument.STANDARDS)
    version, history = await store.open_version(tx, service.id), await store.published(tx, service.id)
    rows = [*([version] if version else []), *history]
    names = await people.names(tx, {who for row in rows for who in (row.written_by, row.decided_by) if who})
    return ServiceStandardView(
        today=ground.today(tx),
        timezone=tx.mall.timezone,
        tenant=reads.tenant_part(await ground.tenant(tx, service.tenant_id)),
        service=reads.service_part(service),
        components=_components(edition),
        published=service.standard,
        completeness=core.completeness(service.standard, edition),
        version=_version(version, names) if version else None,
        version_completeness=core.completeness(version.standard, edition) if version else None,
        history=[_version(row, names) for row in history],
    )


def _version(row: StandardVersion, names: Mapping[str, str]) -> VersionPart:
    return VersionPart(
        id=row.id,
        state=row.state,
        standard=row.standard,
        revision=row.revision,
        effective_on=row.effective_on,
        remark=row.remark,
        written_by=names.get(row.written_by, row.written_by),
        written_at=row.written_at,
        decided_by=names.get(row.decided_by, row.decided_by) if row.decided_by else None,
        decided_at=row.decided_at,
        began_at=row.began_at,
        ended_at=row.ended_at,
    )


async def public_standards(tx: Tx, address: str) -> PublicStandards:
    """Show all that is published, with all components."""
    edition = await law.in_force(tx, Instrument.STANDARDS)
    services: dict[TenantId, list[PublicStandard]] = {}
    for row in await store.services(tx):
        services.setdefault(row.tenant_id, []).append(
            PublicStandard(
                code=row.code,
                name=row.name,
                name_en=row.name_en,
                standard=row.standard,
                completeness=core.completeness(row.standard, edition),
                forms=list(row.forms),
            )
        )
    return PublicStandards(
        mall=tx.mall.code,
        name=tx.mall.name,
        address=address,
        label=tx.mall.label,
        day=ground.today(tx),
        pledge=tx.mall.pledge,
        edition=edition.name,
        components=_components(edition),
        tenants=[
            PublicTenant(
                code=row.code,
                name=row.name,
                name_en=row.name_en,
                short_name=row.short_name,
                responsible=row.responsible,
                services=services.get(row.id, []),
            )
            for row in await ground.active_tenants(tx)
        ],
    )
