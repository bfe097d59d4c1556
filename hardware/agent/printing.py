"""The printer's agent: claims slips, prints them one after the other, and reports what became of each."""

import asyncio
import logging
from collections.abc import Callable, Set
from pathlib import Path

import msgspec

from hardware.agent.newest import Newest
from hardware.agent.outbox import Outbox
from hardware.agent.pairing import Pairing
from hardware.agent.server import Clock, NoAnswer, Rejected, Server
from hardware.core.outcome import Reason, Report, Verdict, judge
from hardware.core.paper import Memory, PrinterView, SlipJob, Step, next_step
from hardware.core.status import Condition
from hardware.drivers.printer import Printer

log = logging.getLogger(__name__)

CHECK_SECONDS = 5.0
# How often an idle printer is asked how it is: paper that ran out is seen before the next visitor comes.
AGAIN_SECONDS = 1.0
# The pause after a claim whose answer was lost, and before one that must not be made yet.
GIVEN_BACK = Report(Verdict.NOT_PRINTED, Reason.NO_ANSWER)
LOST = Report(Verdict.UNKNOWN, Reason.NO_ANSWER)


class _Condition(msgspec.Struct, frozen=True):
    condition: Condition


class PrintAgent:
    """One printer's agent."""

    def __init__(
        self,
        server: Server,
        pairing: Pairing,
        printer: Printer,
        state: Path,
        *,
        check_seconds: float = CHECK_SECONDS,
        may_claim: Callable[[], bool] = lambda: True,
    ) -> None:
        self._server, self._pairing, self._printer = server, pairing, printer
        self._outbox = Outbox(server, state)
        self._clock = Clock()
        self._view: Newest[PrinterView] = Newest()
        self._check_seconds = check_seconds
        self._may_claim = may_claim
        self.condition: Condition | None = None
        self._asked: set[int] = set()
        self._refused: set[int] = set()
        self._reported = set(self._outbox.slips)
        self._told: Condition | None = None
        self._look_at = 0.0
        self._is_closing = False
        self.beats = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Work until told to stop; then finish the slip in hand and deliver its report."""
        async with asyncio.TaskGroup() as group:
            helpers = [group.create_task(self._follow()), group.create_task(self._outbox.run())]
            work = group.create_task(self._work())
            await stop.wait()
            self._is_closing = True
            self._view.wake()
            await work
            try:
                async with asyncio.timeout(3):
                    await self._outbox.empty()
            except TimeoutError:
                log.warning("stopping with reports not delivered; they are kept for the next start")
            for helper in helpers:
                helper.cancel()
        self._printer.close()

    def look_again(self) -> None:
        """See whether there is something to do: a slip may be claimed that was not to be claimed before."""
        self._view.wake()

    async def _follow(self) -> None:
        async for message in self._server.follow(self._path):
            if message is None:
                self._told = None
                self._view.set(None)
                continue
            try:
                view = msgspec.json.decode(message, type=PrinterView)
            except msgspec.DecodeError as error:
                log.error("a view cannot be read: update this agent why=%r", str(error))
                continue
            self._clock.set(view.at)
            self._forget({job.id for job in view.slips})
            self._view.set(view)

    async def _path(self) -> str:
        return f"/live/printers/{await self._pairing.approved()}"

    async def _work(self) -> None:
        """Do what there is to do; with nothing to do, look after the printer."""
        while not self._is_closing:
            self.beats += 1
            try:
                pause = await self._one_step()
            except Exception:
                log.exception("the agent stumbled and goes on")
                pause = AGAIN_SECONDS
            if pause:
                await self._view.wait(pause)

    async def _one_step(self) -> float:
        """Do one thing and say how long to wait for the next."""
        view = self._view.value
        memory = Memory(asked=self._asked, refused=self._refused, reported=self._reported, owed=self._outbox.slips)
        step = next_step(view, memory, self._clock.now()) if view else None
        if step is None:
            return await self._idle()
        match step:
            case Step.PRINT, job:
                return await self._claim(job) if self._may_claim() else AGAIN_SECONDS
            case Step.GIVE_BACK, job:
                self._report(job, GIVEN_BACK)
            case Step.LOST, job:
                self._report(job, LOST)
        return 0

    async def _claim(self, job: SlipJob) -> float:
        """Ask for a slip, and print it if we get it."""
        try:
            answer = await self._server.post(f"/api/slips/{job.id}/claim")
        except Rejected as error:
            if job.id in self._asked:  # taken by our own earlier claim, whose answer was lost
                self._report(job, GIVEN_BACK)
            else:
                log.info("not ours slip=%d ticket=%s why=%s", job.id, job.ticket, error)
                self._refused.add(job.id)
            return 0
        except NoAnswer as error:
            self._server.lost(str(error))
            self._asked.add(job.id)
            return AGAIN_SECONDS
        self._asked.discard(job.id)
        await self._print(msgspec.json.decode(answer, type=SlipJob))
        return 0

    async def _print(self, job: SlipJob) -> None:
        """Print a slip that is ours, and report."""
        try:
            attempt = await asyncio.to_thread(self._printer.print, job.slip)
        except Exception:
            log.exception("the slip could not be printed slip=%d ticket=%s", job.id, job.ticket)
            self._report(job, Report(Verdict.UNKNOWN, Reason.FAULTY))
            return
        self._report(job, judge(attempt))
        await self._tell(attempt.after or attempt.before)

    def _report(self, job: SlipJob, report: Report) -> None:
        why = f" why={report.reason}" if report.reason else ""
        log.info("%s slip=%d ticket=%s%s", report.verdict, job.id, job.ticket, why)
        self._asked.discard(job.id)
        self._reported.add(job.id)
        self._outbox.put(job.id, report)

    async def _idle(self) -> float:
        """Ask the printer how it is, when that is due or the server does not know."""
        now = asyncio.get_running_loop().time
        if self._told is None or now() >= self._look_at:
            await self._tell(await asyncio.to_thread(self._printer.check))
            self._look_at = now() + self._check_seconds
        return max(0.01, self._look_at - now())

    def _forget(self, shown: Set[int]) -> None:
        """Drop from memory what the server does not show any more."""
        for ids in (self._asked, self._refused, self._reported):
            ids &= shown

    async def _tell(self, condition: Condition) -> None:
        """Tell the server how the printer is, if that is news."""
        self.condition = condition
        device = self._pairing.device
        if condition == self._told or device is None or device.code is None:
            return
        log.info("the printer is %s", condition)
        try:
            await self._server.post(f"/api/printers/{device.code}/condition", _Condition(condition))
        except NoAnswer as error:
            self._server.lost(str(error))
            return
        except Rejected as error:
            log.warning("the server did not take the printer's condition why=%s", error)
        self._told = condition
