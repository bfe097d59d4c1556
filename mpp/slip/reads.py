"""The views of the layout of tickets: questions to the rows, nothing is changed here."""

from mpp import store as people
from mpp.slip import core, store
from mpp.slip.core import Case
from mpp.slip.views import LayoutVersionPart, PrinterPart, SlipLayoutView
from ticketing import layouts
from ticketing import store as ground
from ticketing.core.paper import Paper
from ticketing.core.slip_layout import SlipLayout
from ticketing.db import Tx
from ticketing.hall import Hall


async def layout_view(tx: Tx) -> SlipLayoutView:
    """Show how tickets are printed, and who decided it when."""
    rows = await layouts.versions(tx)
    names = await people.names(tx, {row.by for row in rows})
    return SlipLayoutView(
        timezone=tx.mall.timezone,
        languages=tx.mall.languages,
        layout=await layouts.layout(tx),
        usual=SlipLayout(),
        versions=[
            LayoutVersionPart(id=row.id, layout=row.layout, began_at=row.began_at, by=names.get(row.by)) for row in rows
        ],
        printers=[
            PrinterPart(code=row.code or "", name=row.name or "", condition=row.condition)
            for row in await store.printers(tx)
        ],
    )


async def example(tx: Tx, hall: Hall, layout: SlipLayout, case: Case, service: str | None) -> Paper:
    """Return the facts of an example of a service, by a layout that need not be that of the mall.

    Raises: UnknownService, Unknown.
    """
    row = await store.service(tx, service)
    tenant = await ground.tenant(tx, row.tenant_id)
    facts = layouts.facts(tx.mall, tenant, row, layout)
    return core.example(facts, case, row.prefix or tenant.prefix, hall.ticket_url(core.CODE), tx.now)
