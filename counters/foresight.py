"""What the forecaster's process does: follows the logs of malls with eyes of its own, learns, answers.

It reads the database itself, so that neither the server's event loop nor a command ever waits for a forecast; all it
knows comes from there, and a process that died is no loss. Questions come as JSON, a line each, and so do answers.
"""

import asyncio
import logging
import os
import signal
import sys
from datetime import date, timedelta
from typing import BinaryIO
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from counters import machine_code
from counters.core.forecast.question import Answer, Question
from ticketing.clock import Clock
from ticketing.core import policy
from ticketing.core.ids import MallId
from ticketing.core.policy import Policy
from ticketing.db import Db, Tx
from ticketing.live import Live

machine_code.keep()  # before the compiler is imported, as the next two do

from counters import log_reads  # noqa: E402
from counters.core.forecast.followed import Followed  # noqa: E402
from counters.core.forecast.proposing import Asked  # noqa: E402
from counters.core.forecast.quantiles import RECENT, corrections  # noqa: E402

log = logging.getLogger(__name__)

LOOK_BACK = timedelta(days=60)
"""What is learned from: of a service that is asked for twice a day a hundred are seen, and last year's pace is not."""

NICER = 5
"""By how much the forecaster gives way to the server where both want the same processor."""


class Known(Struct):
    """A mall as it is known up to an event, and on which day."""

    followed: Followed
    day: date
    seq: int


class Foresight:
    """Answers questions about the malls of a database."""

    def __init__(self, db: Db) -> None:
        self.db = db
        self._known: dict[MallId, Known] = {}

    async def answer(self, question: Question) -> Answer:
        """Catch up with the log, and run the tenant forward."""
        rules, target = await self._catch_up(question)
        known = self._known[question.mall_id]
        asked = Asked(rules=rules, target_minutes=target, seq=known.seq)
        return known.followed.answer(question.tenant_id, question.now, asked)

    async def _catch_up(self, question: Question) -> tuple[Policy, int]:
        """Take in what has happened since the last question, all of it anew on another day or after an import.

        Return by which rules the tenant is called, and the mall's target in minutes.
        """
        async with self.db.read(question.mall_id) as tx:
            rules, last, today = _rules(tx, question), tx.mall.last_seq, _day(tx, question)
            target = tx.mall.reporting.target_wait_minutes
            known = self._known.get(question.mall_id)
            if known is not None and known.day == today:
                news = await log_reads.part(tx, known.seq, last)
                if news.is_all and not news.is_other:
                    known.followed.take(news.lines)
                    known.seq = news.seq
                    return rules, target
        await self._study(question, today)
        return rules, target

    async def _study(self, question: Question, today: date) -> None:
        """Learn from the days before, and follow today's log from its beginning, part by part."""
        async with self.db.read(question.mall_id) as tx:
            followed = Followed(await log_reads.layout(tx))
            seq, midnight = await log_reads.last_before(tx, today - LOOK_BACK), await log_reads.last_before(tx, today)
            last = tx.mall.last_seq
            tenants = followed.places.layout.tenants
            rules = [
                _rules(tx, Question(mall_id=question.mall_id, tenant_id=tenant.id, now=question.now))
                for tenant in tenants
            ]
            faults = await log_reads.faults(tx, today - timedelta(days=RECENT))
        followed.corrections = corrections([faults.get(tenant.id, []) for tenant in tenants])
        await self._read(question.mall_id, followed, seq, midnight)
        followed.begin(today, rules)
        await self._read(question.mall_id, followed, midnight, last)
        self._known[question.mall_id] = Known(followed, today, last)

    async def _read(self, mall_id: MallId, followed: Followed, after: int, until: int) -> None:
        while after < until:
            async with self.db.read(mall_id) as tx:
                part = await log_reads.part(tx, after, until)
            followed.take(part.lines)
            after = part.seq if part.lines or not part.is_all else until


def _rules(tx: Tx, question: Question) -> Policy:
    """Return the policy that holds at the time of the question."""
    return policy.in_force(tx.mall.policy, tx.mall.policy_changes, question.tenant_id, question.now)


def _day(tx: Tx, question: Question) -> date:
    return question.now.astimezone(ZoneInfo(tx.mall.timezone)).date()


def serve(url: str, questions: BinaryIO, answers: BinaryIO) -> None:
    """Answer until no more questions come."""
    with asyncio.Runner() as runner:
        db = Db(url, Clock(), Live())
        foresight = Foresight(db)
        for line in questions:
            answer: Answer | None = None
            try:
                answer = runner.run(foresight.answer(msgspec.json.decode(line, type=Question)))
            except Exception:  # other tenants must be foretold, and the database may be away for a moment
                log.exception("a tenant could not be foretold")
            answers.write(msgspec.json.encode(answer) + b"\n")
            answers.flush()
        runner.run(db.close())


def main() -> None:
    """Read the address of the database, then questions, from the standard input."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the server, which then ends this process
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    os.nice(NICER)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever else is printed is no answer
    serve(sys.stdin.buffer.readline().decode().strip(), sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
