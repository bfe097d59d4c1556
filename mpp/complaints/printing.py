"""Puts the receipt of a complaint on its way to paper."""

from mpp.complaints.core import paper
from mpp.complaints.core.paper import Receipt
from mpp.complaints.tables import Complaint
from ticketing import slips
from ticketing.core.ids import DeviceId
from ticketing.db import Tx
from ticketing.hall import Hall


async def receipt(tx: Tx, hall: Hall, row: Complaint, printer_id: DeviceId | None) -> None:
    """Ask a printer for the receipt of a complaint; without a printer it is on the screen only."""
    if printer_id is None:
        return
    mall = tx.mall
    slip = paper.compose(
        Receipt(
            language=mall.languages[0],
            mall=mall.name,
            label=mall.label,
            number=row.number,
            code=row.code,
            received_at=row.received_at,
            timezone=mall.timezone,
            first=row.due_first,
            due=row.due,
            url=hall.complaint_url(row.code),
            officer=mall.complaints.officer,
            address=mall.complaints.address,
        )
    )
    row.slip_id = (await slips.add_text(tx, printer_id, row.number, slip)).id
