"""Standards, complaints, the survey and privacy, read for the checks."""

from datetime import date, timedelta

from mpp import days, report_voices
from mpp.complaints import reads as complaints
from mpp.complaints import store as complaint_store
from mpp.complaints.core.complaint import OPEN, owed
from mpp.floorplan import store as floorplans
from mpp.law import store as law
from mpp.law.core import Instrument
from mpp.privacy import reads as privacy
from mpp.readiness.core import desks
from mpp.readiness.core.desks import Handled, Kept
from mpp.readiness.core.shapes import Finding
from mpp.standards import core as standards
from mpp.standards import store as standard_store
from mpp.survey import reads as survey
from mpp.survey.core import groups, index
from mpp.survey.core.index import Weights
from mpp.survey.reads import Asked
from ticketing import store
from ticketing.db import Tx

QUARTER = timedelta(days=92)
"""Complaints of so many days are looked at: the longest deadline is 60 working days."""


async def findings(tx: Tx, today: date) -> dict[str, Finding]:
    """Judge what other desks of the mall answer for."""
    return {
        **await _standards(tx),
        "R14": desks.complaints(await _complaints(tx, today), today),
        **await _survey(tx),
        "R12": desks.PLEDGE,
        "R13": desks.complaint_desk(tx.mall.complaints),
        **await _reported(tx, today),
        "R26": desks.privacy(await _privacy(tx), today),
    }


async def _reported(tx: Tx, today: date) -> dict[str, Finding]:
    """Judge whether last month was reported; a mall without visitors in it has nothing to report."""
    last = today.replace(day=1) - timedelta(days=1)
    if not await days.kept(tx, last.replace(day=1), last):
        return {}
    rules = await law.in_force(tx, Instrument.HALL, today)
    is_made = await report_voices.is_reported(tx, f"{last:%Y-%m}")
    return {"R28": desks.reported(is_made, today.day, int(rules.number("report.day")))}


async def _standards(tx: Tx) -> dict[str, Finding]:
    edition = await law.in_force(tx, Instrument.STANDARDS)
    active = {row.id for row in await store.active_tenants(tx)}
    whole: dict[int, list[standards.Completeness]] = {}
    offered = await standard_store.services(tx)
    for row in offered:
        if row.tenant_id in active:
            whole.setdefault(row.tenant_id, []).append(standards.completeness(row.standard, edition))
    complete = {id: (sum(one.is_complete for one in mine), len(mine)) for id, mine in whole.items()}
    delivered = {id: (sum(one.is_delivery_complete for one in mine), len(mine)) for id, mine in whole.items()}
    services = [row for row in offered if row.tenant_id in active]
    told = desks.published(
        desks.standards("delivered", delivered),
        len(services),
        sum(bool(row.forms) for row in services),
        has_plan=await floorplans.shown(tx) is not None,
    )
    return {"R09": desks.standards("complete", complete), "R10": told}


async def _complaints(tx: Tx, today: date) -> list[Handled]:
    found = []
    for row in await complaints.received(tx, None, today - QUARTER, today):
        value = complaint_store.value(row)
        ended = row.answered_at or row.ended_at
        done = None if row.state in OPEN or ended is None else store.day_of(tx, ended)
        found.append(Handled(row.handler_id, owed(value), done))
    return found


async def _survey(tx: Tx) -> dict[str, Finding]:
    asked = Asked(period=survey.period(tx, None, None), tenant_id=None, own=None, weights=Weights.EXACT)
    edition = await law.in_force(tx, Instrument.SURVEY)
    found = await survey.bundles(tx, asked)
    counts = await survey.counts(tx, asked, found, edition)
    tally = groups.counted(found)
    enough = tally.n >= tx.mall.reporting.smallest_group
    known = index.index(tally, edition) if enough else None
    plans = [plan.element for plan in await survey.plans(tx, None) if plan.published]
    return {
        "R15": desks.respondents(counts.answered, counts.minimum, counts.finished),
        "R16": desks.followed_up(known.index if known else None, known.lowest if known else (), plans),
    }


async def _privacy(tx: Tx) -> Kept:
    run, verified = await privacy.last_run(tx), await privacy.last_verified(tx)
    return Kept(
        erased=store.day_of(tx, run[1]) if run else None,
        is_sealed=tx.mall.head is not None and await privacy.is_sealed(tx),
        faults=verified[1].faults if verified else None,
    )
