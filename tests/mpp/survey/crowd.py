"""Visitors who were served: rows and log of many at once, as the hall would have written them one by one."""

from collections.abc import Sequence
from datetime import timedelta

from mpp.survey.core.questionnaire import ELEMENTS, Scores
from tests.ticketing.deeds import act
from ticketing import store, tables
from ticketing.core import ticket as tickets
from ticketing.core.ids import MallId, TicketId
from ticketing.core.ticket import Called, Finished, Issued, Started, Ticket
from ticketing.db import Db, Tx


async def serve(db: Db, mall: MallId, service: str, times: int, counter: str = "L01") -> list[tables.Ticket]:
    """Let visitors come and be served, all within this moment."""
    return await act(db, mall, lambda tx: _serve(tx, service, times, counter))


async def _serve(tx: Tx, service: str, times: int, counter: str) -> list[tables.Ticket]:
    offered, place = await store.service(tx, service), await store.counter(tx, counter)
    first = await store.next_serial(tx, service)
    (await store.series(tx, service)).last += times
    told: list[tuple[tables.Ticket, list[tickets.TicketEvent]]] = []
    for serial in range(first, first + times):
        issued = Issued(
            code=store.fresh_code(),
            number=f"{service}-{serial}",
            series=service,
            serial=serial,
            day=store.today(tx),
            tenant_id=offered.tenant_id,
            service_id=offered.id,
        )
        happened: list[tickets.TicketEvent] = [issued, Called(counter_id=place.id), Started(), Finished()]
        value = tickets.replay(TicketId(0), [(tx.now, event) for event in happened])
        fields = {field: getattr(value, field) for field in Ticket.__struct_fields__ if field != "id"}
        told.append((tables.Ticket(**fields), happened))
    rows = [row for row, _ in told]
    tx.session.add_all(rows)
    await tx.session.flush()
    for row, happened in told:
        for event in happened:
            tx.append(event, ticket_id=row.id, counter_id=place.id)
    return sorted(rows, key=lambda row: row.id)


def scores(marks: Sequence[int]) -> Scores:
    """Make a complete questionnaire."""
    return Scores(**dict(zip(ELEMENTS, marks, strict=True)))


DAY = timedelta(days=1)
