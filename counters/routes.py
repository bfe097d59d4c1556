"""Doors of the counter console and of programs that run counters."""

from collections.abc import Awaitable, Callable, Mapping
from enum import StrEnum
from functools import partial

from litestar import Router, get, post, websocket
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from counters import actions, feeds, reads, shifts
from counters.actions import Destination
from counters.bodies import FinishBody, HoldBody, NoteBody, StepBody, TransferBody, seen
from counters.views import CounterLine, CounterView, ShiftView
from ticketing import actions as ticket_actions
from ticketing import reads as ticket_reads
from ticketing import requests, store, tables
from ticketing.answers import REFUSALS
from ticketing.core import access
from ticketing.core.access import COUNTER_STAFF, EVERYONE, Asker, Principal
from ticketing.core.ids import TicketId
from ticketing.db import Tx
from ticketing.hall import Hall
from ticketing.routes import RequestBody
from ticketing.sockets import Socket, serve
from ticketing.views import TicketView

Hall_ = NamedDependency[Hall]
Asker_ = NamedDependency[Asker]


class Step(StrEnum):
    """What can be done with the visitor at a counter without saying more."""

    RECALL = "recall"
    START = "start"
    MISS = "miss"


class Return(StrEnum):
    """What can be done with a ticket that is not at the counter."""

    RESUME = "resume"
    RESTORE = "restore"
    CANCEL = "cancel"
    REPRINT = "reprint"


STEPS: Mapping[Step, Callable[..., Awaitable[tables.Ticket]]] = {
    Step.RECALL: actions.recall,
    Step.START: actions.start,
    Step.MISS: actions.miss,
}

RETURNS: Mapping[Return, Callable[[Tx, tables.Ticket], Awaitable[None]]] = {
    Return.RESUME: actions.resume,
    Return.RESTORE: actions.restore,
    Return.CANCEL: actions.cancel,
    Return.REPRINT: ticket_actions.reprint,
}


@get("/api/counters", operation_id="list_counters", responses=REFUSALS)
async def list_counters(hall: Hall_, asker: Asker_) -> list[CounterLine]:
    """List the counters."""
    async with hall.db.read(access.allow(asker, EVERYONE).mall_id) as tx:
        return await reads.counter_lines(tx)


@get("/api/counters/{code:str}", operation_id="show_counter", responses=REFUSALS)
async def show_counter(code: FromPath[str], hall: Hall_, asker: Asker_) -> CounterView:
    """Show a counter to its officer."""
    who = access.allow(asker, COUNTER_STAFF)
    async with hall.db.read(who.mall_id) as tx:
        return await reads.counter_view(tx, hall, (await _own(tx, who, code)).id)


@post("/api/counters/{code:str}/open", status_code=200, operation_id="open_counter", responses=REFUSALS)
async def open_(
    code: FromPath[str], hall: Hall_, asker: Asker_, data: JSONBody[RequestBody | None] = None
) -> CounterLine:
    """Open a counter, end its break, or take it over."""
    who = access.allow(asker, COUNTER_STAFF)
    return await _set(hall, who, code, "open", data, partial(actions.open_, officer=who.name))


@post("/api/counters/{code:str}/pause", status_code=200, operation_id="pause_counter", responses=REFUSALS)
async def pause(
    code: FromPath[str], hall: Hall_, asker: Asker_, data: JSONBody[RequestBody | None] = None
) -> CounterLine:
    """Begin a break."""
    return await _set(hall, access.allow(asker, COUNTER_STAFF), code, "pause", data, actions.pause)


@post("/api/counters/{code:str}/close", status_code=200, operation_id="close_counter", responses=REFUSALS)
async def close(
    code: FromPath[str], hall: Hall_, asker: Asker_, data: JSONBody[RequestBody | None] = None
) -> CounterLine:
    """Close a counter."""
    return await _set(hall, access.allow(asker, COUNTER_STAFF), code, "close", data, actions.close)


@get("/api/counters/{code:str}/shift", operation_id="show_shift", responses=REFUSALS)
async def show_shift(code: FromPath[str], hall: Hall_, asker: Asker_) -> ShiftView:
    """Show whoever asks the own day at the counters of this tenant, beside the same weekday of last week."""
    who = access.allow(asker, COUNTER_STAFF)
    async with hall.db.read(who.mall_id) as tx:
        return await shifts.shift_view(tx, hall, await _own(tx, who, code), who.actor)


@post("/api/counters/{code:str}/call-next", status_code=200, operation_id="call_next", responses=REFUSALS)
async def call_next(
    code: FromPath[str], hall: Hall_, asker: Asker_, data: JSONBody[RequestBody | None] = None
) -> TicketView:
    """Call whom the policy chooses."""
    act = partial(actions.call_next, code=code, proposals=hall.proposals)
    return await _act(hall, asker, code, "call-next", data.request if data else None, act)


@post("/api/counters/{code:str}/{step:str}", status_code=200, operation_id="step", responses=REFUSALS)
async def step(
    code: FromPath[str],
    step: FromPath[Step],
    hall: Hall_,
    asker: Asker_,
    data: JSONBody[StepBody | None] = None,
) -> TicketView:
    """Call again, start, or note that the visitor is not here."""
    act = partial(STEPS[step], code=code, expected=seen(data))
    return await _act(hall, asker, code, step, data.request if data else None, act)


@post("/api/counters/{code:str}/finish", status_code=200, operation_id="finish", responses=REFUSALS)
async def finish(
    code: FromPath[str], hall: Hall_, asker: Asker_, data: JSONBody[FinishBody | None] = None
) -> TicketView:
    """End the service, with an outcome where the service has some."""
    act = partial(actions.finish, code=code, result=data.outcome if data else None, expected=seen(data))
    return await _act(hall, asker, code, "finish", data.request if data else None, act)


@post("/api/counters/{code:str}/call/{number:str}", status_code=200, operation_id="call_number", responses=REFUSALS)
async def call_number(
    code: FromPath[str],
    number: FromPath[str],
    hall: Hall_,
    asker: Asker_,
    data: JSONBody[RequestBody | None] = None,
) -> TicketView:
    """Call a given number."""
    act = partial(actions.call_number, code=code, number=number)
    return await _act(hall, asker, code, "call", data.request if data else None, act)


@post("/api/counters/{code:str}/hold", status_code=200, operation_id="hold", responses=REFUSALS)
async def hold(code: FromPath[str], hall: Hall_, asker: Asker_, data: JSONBody[HoldBody | None] = None) -> TicketView:
    """Put the visitor at the counter aside."""
    asked = data or HoldBody()
    act = partial(actions.hold, code=code, minutes=asked.minutes, expected=seen(asked))
    return await _act(hall, asker, code, "hold", asked.request, act)


@post("/api/counters/{code:str}/transfer", status_code=200, operation_id="transfer", responses=REFUSALS)
async def transfer(code: FromPath[str], data: JSONBody[TransferBody], hall: Hall_, asker: Asker_) -> TicketView:
    """Send the visitor at the counter to another service or counter, and back here if wished."""
    to = Destination(service=data.service, counter=data.counter, back=data.back)
    act = partial(actions.transfer, code=code, to=to, expected=seen(data))
    return await _act(hall, asker, code, "transfer", data.request, act)


@post("/api/counters/{code:str}/note/{ticket_id:int}", status_code=200, operation_id="write_note", responses=REFUSALS)
async def write_note(
    code: FromPath[str], ticket_id: FromPath[int], hall: Hall_, asker: Asker_, data: JSONBody[NoteBody]
) -> TicketView:
    """Write a line for whoever has the ticket next; it is erased when the day is over."""
    write = partial(actions.write_note, code=code, text=data.text)
    act = partial(actions.aside, code=code, ticket_id=TicketId(ticket_id), act=write)
    return await _act(hall, asker, code, "note", data.request, act)


@post(
    "/api/counters/{code:str}/{back:str}/{ticket_id:int}",
    status_code=200,
    operation_id="bring_back",
    responses=REFUSALS,
)
async def bring_back(
    code: FromPath[str],
    back: FromPath[Return],
    ticket_id: FromPath[int],
    hall: Hall_,
    asker: Asker_,
    data: JSONBody[RequestBody | None] = None,
) -> TicketView:
    """Bring a ticket back from hold or absence, cancel it, or print its slip again."""

    async def act(tx: Tx) -> tables.Ticket:
        return await actions.aside(tx, code, TicketId(ticket_id), RETURNS[back])

    return await _act(hall, asker, code, back, data.request if data else None, act)


@websocket("/live/counters/{code:str}")
async def live_counter(socket: Socket, code: FromPath[str], hall: Hall_, asker: Asker_) -> None:
    """Follow a counter's console."""
    await serve(socket, hall, asker, partial(feeds.counter, hall, asker, code))


async def _own(tx: Tx, who: Principal, code: str) -> tables.Counter:
    """Find a counter of the tenant to which the officer is tied, if tied."""
    row = await store.counter(tx, code)
    access.allow_tenant(who, row.tenant_id)
    return row


async def _set(
    hall: Hall,
    who: Principal,
    code: str,
    command: str,
    data: RequestBody | None,
    act: Callable[[Tx, tables.Counter], Awaitable[None]],
) -> CounterLine:
    """Set a counter's state once for a request id, and show the counter."""
    async with hall.db.write(who.mall_id, who.actor) as tx:
        row = await _own(tx, who, code)

        async def answer() -> CounterLine:
            await act(tx, row)
            return await reads.counter_line(tx, row)

        return await requests.once(tx, data.request if data else None, command, CounterLine, answer)


async def _act(
    hall: Hall,
    asker: Asker,
    code: str,
    command: str,
    request: str | None,
    act: Callable[[Tx], Awaitable[tables.Ticket]],
) -> TicketView:
    """Carry out a step of a counter once for a request id, and show the ticket."""
    who = access.allow(asker, COUNTER_STAFF)
    async with hall.db.write(who.mall_id, who.actor) as tx:
        await _own(tx, who, code)

        async def answer() -> TicketView:
            return await ticket_reads.ticket_view(tx, hall, await act(tx))

        return await requests.once(tx, request, command, TicketView, answer)


router = Router(
    "",
    route_handlers=[
        list_counters,
        show_counter,
        open_,
        pause,
        close,
        show_shift,
        call_next,
        step,
        finish,
        call_number,
        hold,
        transfer,
        write_note,
        bring_back,
        live_counter,
    ],
)
