"""A printer as the agent uses it: ask how it is, print a slip and say how that went.

All calls block; agents run them in threads, where they wait for one another. The clock is only used to give up in time.
"""

import logging
import threading
import time

import msgspec

from hardware.core import status
from hardware.core.outcome import Attempt, Proof
from hardware.core.slip import Slip
from hardware.core.status import CAN_PRINT, Condition, Question
from hardware.drivers.base import Driver, LineLost
from hardware.drivers.destination import Destination
from hardware.drivers.render import render

log = logging.getLogger(__name__)


class Patience(msgspec.Struct, frozen=True, kw_only=True):
    """How long a printer is waited for, in seconds.

    Args:
        answer: real-time status comes back within some ten milliseconds; a slow network needs a little more.
        look: how often we look for trouble while the job is being printed.
        proof: a long slip takes some five seconds to print, more on a slow serial line.
        settle: the rest of an earlier slip may still be coming out.
        quiet: answers that belong together come within some ten milliseconds.
        job: a slip as a picture at 9600 baud takes fifteen; a printer busy for longer does not print for us.
    """

    answer: float = 1.5
    look: float = 0.5
    proof: float = 12.0
    settle: float = 4.0
    quiet: float = 0.4
    job: float = 60.0


PATIENCE = Patience()
# What real printers need.
CUT = b"\x1dVB\x00"
# GS V 66 0: feed to the knife and cut.
ASK_PROOF = b"\x1dr\x01"
# GS r 1 is answered from the buffer, so its answer comes when all before it has been worked off.


class Printer:
    """One printer at the end of one line."""

    def __init__(self, driver: Driver, destination: Destination, patience: Patience = PATIENCE) -> None:
        self._driver, self._profile, self._patience = driver, destination.profile, patience
        self._has_status = destination.has_status
        self._has_proof = destination.has_status and destination.profile.has_proof
        self._owes = self._has_proof  # an answer to an earlier question, perhaps of a process that died
        self._torn = True  # perhaps half a slip hangs out of it
        self._turn = threading.Lock()

    def check(self) -> Condition:
        """Ask the printer how it is; one that cannot be reached is offline."""
        with self._turn:
            return self._check()

    def _check(self) -> Condition:
        try:
            self._driver.open()
            how = self._ask()
            if how in CAN_PRINT:
                self._settle()
        except LineLost:
            self._driver.close()
            return Condition.OFFLINE
        finally:
            self._rest()
        return how

    def print(self, slip: Slip) -> Attempt:
        """Print a slip if the printer is fit for it, and say how far it came."""
        job = render(slip, self._profile)
        with self._turn:
            return self._print(job)

    def _print(self, job: bytes) -> Attempt:
        try:
            self._driver.open()
            before = self._ask()
            if before not in CAN_PRINT or not self._settle():
                return Attempt(before=before, total=len(job))
            return self._run(CUT + job if self._torn else job, before)
        except LineLost:
            self._driver.close()
            return Attempt(before=Condition.OFFLINE)
        finally:
            self._rest()

    def close(self) -> None:
        """Let go of the printer."""
        self._driver.close()

    def _run(self, job: bytes, before: Condition) -> Attempt:
        """Send the job and the question behind it, and wait for the answer."""
        whole = job + ASK_PROOF if self._has_proof else job
        counted = 0
        proof, after = Proof.NONE if self._has_proof else Proof.NOT_ASKED, None
        self._owes = self._has_proof
        self._torn = True
        try:
            while counted < len(whole) and (taken := self._send(whole[counted:])):
                counted += taken
            if self._has_proof and counted == len(whole):
                proof = self._wait_for_proof(self._patience.proof)
            after = self._ask()
        except LineLost:
            self._driver.close()
            after = Condition.OFFLINE
        self._owes = proof is Proof.NONE
        self._torn = self._owes or counted < len(whole)
        return Attempt(before=before, sent=min(counted, len(job)), total=len(job), proof=proof, after=after)

    def _send(self, data: bytes) -> int:
        """Send what the printer takes, waiting while it is busy; 0 when it takes no more."""
        until = time.monotonic() + self._patience.job
        while not (taken := self._driver.send(data)):
            if time.monotonic() > until or self._ask() not in CAN_PRINT:
                return 0
        return taken

    def _settle(self) -> bool:
        """Collect answers that the printer still owes, so that none is taken for that of the next job.

        The printer answers in order: once it has answered this question, all older answers have come.
        """
        if not self._owes:
            return True
        self._driver.send(ASK_PROOF)
        if self._wait_for_proof(self._patience.settle) is Proof.NONE:
            log.warning("The printer did not answer GS r. If this model cannot, add proof=no to the destination.")
            return False
        while self._driver.read(self._patience.quiet):
            pass
        self._owes = False
        return True

    def _wait_for_proof(self, seconds: float) -> Proof:
        """Wait until the buffer is worked off; trouble ends the wait, because then no answer will come."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for byte in self._driver.read(self._patience.look):
                if status.is_sensor(byte):
                    return _proof(byte)
            answers, proof = self._answers()
            if proof:
                return proof
            if status.condition(answers) not in CAN_PRINT:
                return Proof.NONE
        return Proof.NONE

    def _ask(self) -> Condition:
        """Ask how the printer is; a line without answers is taken to be fine."""
        return status.condition(self._answers()[0]) if self._has_status else Condition.READY

    def _answers(self) -> tuple[dict[Question, int | None], Proof | None]:
        """Ask DLE EOT 1 to 4; the answer to GS r may come in between and is kept."""
        answers: dict[Question, int | None] = {}
        proof: Proof | None = None
        for question in status.QUESTIONS:
            self._driver.send(bytes([0x10, 0x04, question]))
            answers[question], late = self._answer()
            proof = late or proof
            if question == status.PRINTER and answers[question] is None:
                break  # a mute printer is not asked three times more
        return answers, proof

    def _answer(self) -> tuple[int | None, Proof | None]:
        until = time.monotonic() + self._patience.answer
        proof: Proof | None = None
        while (left := until - time.monotonic()) > 0:
            for byte in self._driver.read(left):
                if status.is_status(byte):
                    return byte, proof
                if status.is_sensor(byte):
                    proof = _proof(byte)
        return None, proof

    def _rest(self) -> None:
        if not self._driver.stays_open:
            self._driver.close()


def _proof(byte: int) -> Proof:
    return Proof.PAPER_THERE if status.has_paper(byte) else Proof.PAPER_END
