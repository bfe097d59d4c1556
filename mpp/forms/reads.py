"""The views of forms: questions to the rows, nothing is changed here."""

from mpp import store as people
from mpp.forms import core, store
from mpp.forms.views import FormsLine, FormsVersionPart, FormsView, TenantForms
from mpp.standards import store as standards
from ticketing import reads, tables
from ticketing import store as ground
from ticketing.core.ids import TenantId
from ticketing.db import Tx


async def lines(tx: Tx, only: TenantId | None) -> list[TenantForms]:
    """List the services of each tenant with their number of forms; `only` leaves the other tenants out."""
    services = await standards.services(tx)
    return [
        TenantForms(
            tenant=reads.tenant_part(row),
            services=[
                FormsLine(code=one.code, name=one.name, name_en=one.name_en, forms=len(one.forms))
                for one in services
                if one.tenant_id == row.id
            ],
        )
        for row in await ground.active_tenants(tx)
        if only in (None, row.id)
    ]


async def forms_view(tx: Tx, service: tables.Service) -> FormsView:
    """Show the forms of one service with their versions."""
    rows = await store.versions(tx, service.id)
    names = await people.names(tx, {row.written_by for row in rows})
    return FormsView(
        timezone=tx.mall.timezone,
        tenant=reads.tenant_part(await ground.tenant(tx, service.tenant_id)),
        service=reads.service_part(service),
        forms=list(service.forms),
        basis=core.basis(service.forms),
        history=[
            FormsVersionPart(
                id=row.id,
                written_by=names.get(row.written_by, row.written_by),
                written_at=row.written_at,
                titles=[form.title for form in row.forms],
            )
            for row in rows
        ],
    )
