"""Gives out numbers while the line is lost, puts them on paper, and hands them in when it is back."""

import asyncio
import logging
import secrets
from datetime import timedelta

import msgspec

from hardware.agent.kiosk.files import Journal
from hardware.agent.kiosk.lender import Lender
from hardware.agent.kiosk.line import Line
from hardware.agent.pairing import Pairing
from hardware.agent.server import NoAnswer, Rejected, Server
from hardware.core import alone, journal, written
from hardware.core.alone import Hall, Refusal
from hardware.core.journal import Entry, HandedIn, Printing, Taken
from hardware.core.lease import HandIn, OfflineTicket, Receipt, RequestId, Short, fill
from hardware.core.outcome import Reason, Report, Verdict, judge
from hardware.core.slip import Slip
from hardware.drivers.printer import Printer

log = logging.getLogger(__name__)

BATCH = 20
# Tickets in one request: the server takes them over in well under a second.
AGAIN_SECONDS = 2.0
# The pause before tickets are handed in again that were not answered.
REFUSED_SECONDS = 30.0
# The same when the server refused them all: a person has to look.
SLIP_LIFE = timedelta(seconds=60)
# A slip that was not begun within a minute is not printed after a restart: the visitor has gone.
NO_LEASE = Refusal("no_line", "The line to the server is lost, and this kiosk holds no numbers.")
NO_DISK = Refusal("no_line", "The line to the server is lost, and this kiosk cannot write down what it gives out.")


class Order(msgspec.Struct, frozen=True):
    """What a visitor asks for; other fields are for the server only."""

    service: Short
    request: RequestId
    priority: bool | Short = False


class Desk:
    """One kiosk's desk."""

    def __init__(
        self,
        server: Server,
        pairing: Pairing,
        printing: Pairing,
        line: Line,
        lender: Lender,
        book: Journal,
        printer: Printer,
    ) -> None:
        self._server, self._pairing, self._printing = server, pairing, printing
        self._line, self._lender, self._journal, self._printer = line, lender, book, printer
        self._to_print: asyncio.Queue[tuple[str, Slip]] = asyncio.Queue()
        self._one_slip = asyncio.Lock()
        self.is_refused = False
        """Whether the server takes nothing from this kiosk: a person has to look."""
        self._settle_what_was_begun()

    @property
    def is_pending(self) -> bool:
        """Whether there are tickets that the server does not know of."""
        return bool(journal.pending(self._journal.book))

    def entry(self, request: str) -> Entry | None:
        """Find what was given out for a tap."""
        return self._journal.book.get(request)

    def entry_of(self, code: str) -> Entry | None:
        """Find what was given out under a ticket's code."""
        return next((entry for entry in self._journal.book.values() if entry.ticket.code == code), None)

    def hall(self) -> Hall | None:
        """Say what is known without the server, None when this kiosk holds no numbers."""
        held, now = self._lender.lease, self._line.clock.now()
        if held is None:
            return None
        taken: dict[str, int] = {}
        for entry in self._journal.book.values():
            if entry.is_pending:
                taken[entry.ticket.service] = taken.get(entry.ticket.service, 0) + 1
        used = journal.used(self._journal.book, held.day)
        return Hall(lease=held, used=used, taken=taken, now=now, since=self._line.since)

    def take(self, order: Order) -> Entry | Refusal:
        """Give out the next number that this kiosk holds; it is on disk when this returns."""
        hall, view = self.hall(), self._line.view
        if hall is None or view is None:
            return NO_LEASE
        found = alone.find(view, order.service)
        if found is None:
            return alone.UNKNOWN
        if no := alone.refusal(hall, *found):
            return no
        slips = alone.slips_of(hall.lease, order.service)
        chosen = alone.choose(hall, slips, is_priority=order.priority is not False) if slips else None
        if chosen is None:
            return alone.USED_UP
        series, serial, slip = chosen
        ticket = OfflineTicket(
            request=order.request,
            service=order.service,
            priority=order.priority,
            series=series,
            serial=serial,
            code=written.code(secrets.token_bytes(written.CODE_LENGTH)),
            issued_at=hall.now,
        )
        try:
            self._journal.write(Taken(ticket=ticket, day=hall.lease.day, tenant=found[0].code))
        except OSError as error:
            log.error("a number cannot be written down and is not given out why=%s", error)
            return NO_DISK
        self._to_print.put_nowait((order.request, slip))
        self._line.news.tell()
        entry = self._journal.book[order.request]
        log.info("gave out ticket=%s service=%s without the server", entry.number, order.service)
        return entry

    def show(self, entry: Entry) -> bytes:
        """Show a ticket as the server would."""
        blank = self._lender.lease.ticket if self._lender.lease else msgspec.Raw(b"{}")
        return alone.ticket_view(self._line.raw, blank, entry, now=self._line.clock.now(), url=self._url(entry))

    async def print_all(self) -> None:
        """Put on paper what was given out, one after the other, for ever."""
        while True:
            request, slip = await self._to_print.get()
            try:
                async with self._one_slip:
                    await self._print(self._journal.book[request], slip)
            except Exception:
                log.exception("printing stumbled and goes on request=%s", request)

    async def finish(self) -> None:
        """Wait until the slip in hand is printed; no other is begun after it."""
        await self._one_slip.acquire()

    async def _print(self, entry: Entry, slip: Slip) -> None:
        """Print a slip, as truthfully as an agent that prints for the server."""
        request, timezone = entry.ticket.request, self._lender.lease.timezone if self._lender.lease else "UTC"
        whole = fill(
            slip,
            number=entry.number,
            time=written.local(entry.ticket.issued_at, timezone),
            url=self._url(entry),
        )
        try:
            self._journal.write(Printing(request=request))
            report = judge(await asyncio.to_thread(self._printer.print, whole))
        except OSError as error:
            log.error("what is printed cannot be written down, so it is not printed why=%s", error)
            report = Report(Verdict.NOT_PRINTED, Reason.FAULTY)
        except Exception:
            log.exception("the slip could not be printed ticket=%s", entry.number)
            report = Report(Verdict.UNKNOWN, Reason.FAULTY)
        self._note(request, report)

    def _note(self, request: str, report: Report) -> None:
        log.info("%s ticket=%s why=%s", report.verdict, self._journal.book[request].number, report.reason or "")
        line = journal.ended(request, report)
        try:
            self._journal.write(line)
        except OSError as error:
            log.error("what became of a slip is known in memory only why=%s", error)
            journal.add(self._journal.book, line)
        self._line.news.tell()

    def _settle_what_was_begun(self) -> None:
        """Settle an earlier life: what was being printed is unknown, the rest is printed now or too old."""
        now = self._line.clock.now()
        for entry in journal.pending(self._journal.book):
            if entry.ticket.on_paper is not None:
                continue
            if entry.is_printing:
                self._note(entry.ticket.request, Report(Verdict.UNKNOWN, Reason.NO_ANSWER))
                continue
            slips = alone.slips_of(self._lender.lease, entry.ticket.service) if self._lender.lease else None
            if slips is None or now > entry.ticket.issued_at + SLIP_LIFE * self._line.clock.pace:
                self._note(entry.ticket.request, Report(Verdict.NOT_PRINTED, Reason.NO_ANSWER))
            else:
                is_favoured = entry.ticket.priority is not False
                slip = slips.priority_slip if is_favoured else slips.ordinary_slip
                self._to_print.put_nowait((entry.ticket.request, slip))

    async def hand_in_all(self) -> None:
        """Hand in what the server does not know of, in order, whenever the line lives, for ever."""
        while True:
            try:
                while self._line.is_live and (ready := self._ready()):
                    await self._hand_in(ready)
            except Exception:
                log.exception("handing in stumbled and goes on")
                await asyncio.sleep(AGAIN_SECONDS)
            await self._line.news.wait(AGAIN_SECONDS)

    def _ready(self) -> list[Entry]:
        """Return the oldest tickets whose slip's fate is known, up to the first that is still being printed."""
        ready: list[Entry] = []
        for entry in journal.pending(self._journal.book)[:BATCH]:
            if entry.ticket.on_paper is None:
                break
            ready.append(entry)
        return ready

    async def _hand_in(self, ready: list[Entry]) -> None:
        """Hand in some tickets; each is kept until the server has answered for it."""
        device = self._printing.device
        body = HandIn(tickets=tuple(entry.ticket for entry in ready), printer=device.code if device else None)
        try:
            answer = await self._server.post(f"/api/kiosks/{self._pairing.code}/offline-tickets", body)
        except NoAnswer as error:
            log.warning("tickets could not be handed in and are kept count=%d why=%s", len(ready), error)
            await asyncio.sleep(AGAIN_SECONDS)
            return
        except Rejected as error:
            log.error("the server takes no tickets from this kiosk, they are kept count=%d why=%s", len(ready), error)
            self.is_refused = True
            await asyncio.sleep(REFUSED_SECONDS)
            return
        self.is_refused = False
        for receipt in msgspec.json.decode(answer, type=list[Receipt]):
            if receipt.code is not None:
                log.error("refused for good ticket=%s code=%s why=%s", receipt.number, receipt.code, receipt.detail)
            self._journal.write(HandedIn(request=receipt.request, code=receipt.code))
        log.info("handed in count=%d left=%d", len(ready), len(journal.pending(self._journal.book)))
        self._lender.is_wanted = True
        self._line.news.tell()

    def _url(self, entry: Entry) -> str:
        return (self._lender.lease.ticket_url if self._lender.lease else "") + entry.ticket.code


def decode(body: bytes) -> Order | None:
    """Read what the page asks for, None when it cannot be understood."""
    try:
        return msgspec.json.decode(body, type=Order)
    except msgspec.DecodeError:
        return None
