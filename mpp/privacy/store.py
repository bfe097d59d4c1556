"""Load and save for privacy: erase what was kept long enough, the register of breaches, a person who leaves."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Delete, Update, delete, func, select, text, update

from mpp import store as people
from mpp.privacy.tables import Breach
from mpp.tables import Membership, Person, Token
from ticketing import tables
from ticketing.core.access import Role
from ticketing.core.device import DeviceState
from ticketing.core.ids import PersonId
from ticketing.core.refused import Unknown
from ticketing.core.slip_job import OPEN
from ticketing.db import Tx
from ticketing.request_tables import Request


async def _count(tx: Tx, change: Delete | Update) -> int:
    result: Any = await tx.session.execute(change)
    return int(result.rowcount)


async def erase_requests(tx: Tx, before: datetime) -> int:
    """Forget commands, and their answers, that nobody repeats any more."""
    return await _count(tx, delete(Request).where(Request.at < before))


async def erase_sessions(tx: Tx, now: datetime) -> int:
    """Forget sessions and tokens whose time is over."""
    return await _count(tx, delete(Token).where(Token.expires_at <= now))


async def erase_papers(tx: Tx, before: datetime) -> int:
    """Forget what stands on slips that are not on paper, and will not be."""
    mine = tables.Slip
    over = mine.paper.is_not(None), mine.asked_at < before, mine.state.not_in(OPEN)
    return await _count(tx, update(mine).where(*over).values(paper=None).execution_options(synchronize_session=False))


async def erase_pairings(tx: Tx, before: datetime) -> int:
    """Forget devices that asked to be let in, and that nobody let in."""
    mine = tables.Device
    over = (mine.state == DeviceState.WAITING) & (mine.asked_at < before)
    ids = list(await tx.session.scalars(select(mine.id).where(over)))
    await tx.session.execute(delete(Token).where(Token.device_id.in_(ids)))
    return await _count(tx, delete(mine).where(mine.id.in_(ids)))


async def breaches(tx: Tx) -> Sequence[Breach]:
    """Return the register, the newest first."""
    return (await tx.session.scalars(select(Breach).order_by(Breach.discovered_at.desc(), Breach.id.desc()))).all()


async def breach(tx: Tx, id: int) -> Breach:
    """Load a breach.

    Raises: Unknown.
    """
    row = await tx.session.scalar(select(Breach).where(Breach.id == id))
    if row is None:
        raise Unknown(f"There is no breach {id} in the register.")
    return row


async def staff(tx: Tx) -> list[tuple[Person, Membership]]:
    """Return those who work in this mall."""
    found = await tx.session.execute(
        select(Person, Membership).join(Membership, Membership.person_id == Person.id).order_by(Person.name)
    )
    return [(person, membership) for person, membership in found]


async def one_of_staff(tx: Tx, id: PersonId) -> tuple[Person, Membership]:
    """Load one who works in this mall.

    Raises: Unknown.
    """
    for person, membership in await staff(tx):
        if person.id == id:
            return person, membership
    raise Unknown(f"Nobody of number {id} works in this mall.")


async def administrators(tx: Tx) -> int:
    """Count who can let people in."""
    mine = Membership
    wanted = select(func.count(mine.id)).where(mine.role == Role.ADMINISTRATOR, mine.ended_at.is_(None))
    return await tx.session.scalar(wanted) or 0


async def end_membership(tx: Tx, membership: Membership) -> None:
    """Take a person's sessions and role in this mall away, for ever."""
    await people.drop_sessions(tx, membership.person_id)
    await tx.session.delete(membership)
    await tx.session.flush()


async def forget_name(tx: Tx, person: Person, replaced: str) -> None:
    """Put a number in the place of a person's name and login, here and at the counters; nobody signs in by it."""
    await rename_at_counters(tx, person.name, replaced)
    person.name, person.login, person.password_hash, person.is_active = replaced, replaced, "", False


async def rename_at_counters(tx: Tx, before: str, after: str) -> None:
    """Put another name in the place of one at the counters, which have a copy of it."""
    mine = tables.Counter
    await tx.session.execute(update(mine).where(mine.officer == before).values(officer=after))


async def works_elsewhere(tx: Tx, id: PersonId) -> bool:
    """Say whether a person has a role in another mall of this installation."""
    others = text("SELECT 1 FROM membership WHERE person_id = :id AND mall_id <> :mall LIMIT 1")
    return (await tx.session.execute(others, {"id": id, "mall": tx.mall_id})).first() is not None


async def sessions(tx: Tx, id: PersonId) -> list[datetime]:
    """Return when a person signed in, as far as it is kept."""
    return list(await tx.session.scalars(select(Token.created_at).where(Token.person_id == id)))


async def counters_run_by(tx: Tx, name: str) -> list[str]:
    """Return the codes of the counters at which a name stands now."""
    return list(await tx.session.scalars(select(tables.Counter.code).where(tables.Counter.officer == name)))
