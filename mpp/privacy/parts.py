"""Puts together what is shown of privacy: the page of those who run the mall, the notice, what is kept of whom."""

from datetime import timedelta

from counters import store as desks
from mpp.law import store as law
from mpp.law.core import Instrument
from mpp.privacy import reads, retention, store
from mpp.privacy.core import registry
from mpp.privacy.core.registry import REGISTRY, Kept
from mpp.privacy.tables import Breach
from mpp.privacy.views import (
    BreachPart,
    ChainPart,
    DeedPart,
    KeptPart,
    NoticeView,
    PersonExport,
    PrivacyView,
    StaffPart,
    StepPart,
    TicketExport,
)
from mpp.tables import Membership, Person
from ticketing import tables
from ticketing.core.chain import START
from ticketing.core.ids import PersonId
from ticketing.db import Tx


async def privacy_view(tx: Tx) -> PrivacyView:
    """Show registry, register of breaches, log and staff."""
    hours = float((await law.in_force(tx, Instrument.PRIVACY)).number("breach.notice"))
    run = await reads.last_run(tx)
    return PrivacyView(
        at=tx.now,
        timezone=tx.mall.timezone,
        kept=await _kept(tx, REGISTRY),
        last_run=run[1] if run else None,
        breach_hours=hours,
        breaches=[breach_part(tx, row, hours) for row in await store.breaches(tx)],
        chain=await _chain(tx),
        staff=[_staff(person, membership) for person, membership in await store.staff(tx)],
    )


async def _kept(tx: Tx, kinds: tuple[Kept, ...]) -> list[KeptPart]:
    run, in_all = await reads.last_run(tx), await reads.erased_in_all(tx)
    last = {one.kind: one.count for one in run[2].erased} if run else {}
    parts = []
    for kept in kinds:
        rule = await retention.rule_of(tx, kept)
        parts.append(
            KeptPart(
                key=kept.key,
                whose=kept.whose,
                holds=kept.holds,
                asked=kept.asked,
                period=float(rule.value) if rule is not None and rule.value is not None else None,
                unit=rule.unit if rule else None,
                mark=rule.mark if rule else None,
                erased=last.get(kept.key),
                erased_in_all=in_all.get(kept.key),
            )
        )
    return parts


def breach_part(tx: Tx, row: Breach, hours: float) -> BreachPart:
    """Show a breach with its clock."""
    due = row.discovered_at + timedelta(hours=hours)
    return BreachPart(
        id=row.id,
        discovered_at=row.discovered_at,
        what=row.what,
        whose=row.whose,
        handling=row.handling,
        notified_at=row.notified_at,
        due_at=due,
        is_late=(row.notified_at or tx.now) > due,
    )


async def _chain(tx: Tx) -> ChainPart:
    found = await reads.last_verified(tx)
    return ChainPart(
        seq=tx.mall.last_seq,
        head=(tx.mall.head or START).hex(),
        verified_at=found[0] if found else None,
        verified_until=found[1].last if found else None,
        faults=found[1].faults if found else None,
    )


def _staff(person: Person, membership: Membership) -> StaffPart:
    return StaffPart(id=person.id, name=person.name, login=person.login, role=membership.role)


async def notice(tx: Tx) -> NoticeView:
    """Tell a visitor what is not asked for, and what is kept where it is written; from the registry, so it is true."""
    kept = registry.of_visitors()
    return NoticeView(
        without=[item for item in registry.TOLD if not registry.unasked(item)],
        asked=await _kept(tx, tuple(one for one in kept if one.asked)),
        noted=await _kept(tx, tuple(one for one in kept if not one.asked)),
    )


async def person_export(tx: Tx, id: PersonId) -> PersonExport:
    """Show all that is kept of one who works here.

    Raises: Unknown.
    """
    person, membership = await store.one_of_staff(tx, id)
    tenant = await tx.session.get(tables.Tenant, membership.tenant_id) if membership.tenant_id else None
    return PersonExport(
        person=_staff(person, membership),
        tenant=tenant.code if tenant else None,
        sessions=await store.sessions(tx, id),
        counters=await store.counters_run_by(tx, person.name),
        deeds=[
            DeedPart(kind=kind, count=n, first=first, last=last)
            for kind, n, first, last in await reads.deeds(tx, f"person:{id}")
        ],
    )


async def ticket_export(tx: Tx, ticket: tables.Ticket) -> TicketExport:
    """Show all that is kept of a ticket."""
    service = await tx.session.get_one(tables.Service, ticket.service_id)
    return TicketExport(
        number=ticket.number,
        service=service.name,
        service_en=service.name_en,
        priority=ticket.priority,
        outcome=ticket.outcome,
        issued_at=ticket.issued_at,
        has_note=bool(await desks.notes(tx, [ticket.id])),
        steps=[StepPart(kind=kind, at=at) for kind, at in await reads.steps(tx, ticket.id)],
    )
