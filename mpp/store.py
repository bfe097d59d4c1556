"""Load and save of people, memberships, tokens and devices."""

import secrets
from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from mpp.core.tokens import hashed
from mpp.description.core.refused import NoMall
from mpp.tables import Membership, Person, Token, TokenKind
from ticketing import tables
from ticketing.core.access import Device, Principal, Role
from ticketing.core.device import DeviceState
from ticketing.core.ids import DeviceId, MallId, PersonId, TenantId
from ticketing.core.refused import ChooseMall, Unknown, UnknownDevice
from ticketing.db import Db, Tx
from ticketing.live import RIGHT


async def principals(db: Db, found: Collection[str], now: datetime) -> list[Principal]:
    """Return the identities behind these secrets, devices first; unknown and expired ones are left out."""
    async with db.session(db.reader, None) as session:
        rows = await session.scalars(select(Token).where(Token.hash.in_([hashed(secret) for secret in found])))
        known = [await _principal(session, row, now) for row in rows]
    return sorted((who for who in known if who is not None), key=lambda who: who.device is None)


async def _principal(session: AsyncSession, token: Token, now: datetime) -> Principal | None:
    if token.expires_at is not None and token.expires_at <= now:
        return None
    match token.kind:
        case TokenKind.DEVICE:
            return await _device(session, token)
        case TokenKind.SESSION:
            return await _person(session, token)
        case TokenKind.PROGRAM if token.role is not None:
            return Principal(
                mall_id=token.mall_id,
                role=token.role,
                actor=f"program:{token.name}",
                name=token.name,
                token_id=token.id,
                tenant_id=token.tenant_id,
            )
    return None


async def _device(session: AsyncSession, token: Token) -> Principal | None:
    row = await session.get(tables.Device, token.device_id)
    if row is None or row.state is not DeviceState.APPROVED or row.code is None:
        return None
    place = Device(id=row.id, code=row.code, zone_id=row.zone_id, counter_id=row.counter_id, printer_id=row.printer_id)
    return Principal(
        mall_id=row.mall_id,
        role=row.kind,
        actor=f"device:{row.id}",
        name=row.name or row.code,
        token_id=token.id,
        device=place,
    )


async def _person(session: AsyncSession, token: Token) -> Principal | None:
    found = await session.execute(
        select(Person, Membership)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Person.id == token.person_id,
            Membership.mall_id == token.mall_id,
            Membership.ended_at.is_(None),
            Person.is_active.is_(True),
        )
    )
    pair = found.first()
    if pair is None:
        return None
    person, membership = pair
    return Principal(
        mall_id=token.mall_id,
        role=membership.role,
        actor=f"person:{person.id}",
        name=person.name,
        token_id=token.id,
        tenant_id=membership.tenant_id,
    )


async def person(db: Db, login: str) -> tuple[Person | None, list[tuple[MallId, str]]]:
    """Return the person of that login, and the malls (id, code) in which the person has a role."""
    async with db.session(db.reader, None) as session:
        row = await session.scalar(select(Person).where(Person.login == login.lower(), Person.is_active.is_(True)))
        if row is None:
            return None, []
        malls = await session.execute(
            select(tables.Mall.id, tables.Mall.code)
            .join(Membership, Membership.mall_id == tables.Mall.id)
            .where(Membership.person_id == row.id, Membership.ended_at.is_(None))
            .order_by(tables.Mall.id)
        )
        return row, [(id, code) for id, code in malls]


async def person_in(tx: Tx, login: str) -> Person | None:
    """Return the person of that login, whether active or not, to be changed."""
    return await tx.session.scalar(select(Person).where(Person.login == login.lower()))


async def membership(tx: Tx, person_id: PersonId) -> Membership | None:
    """Return what a person is in this mall."""
    return await tx.session.scalar(select(Membership).where(Membership.person_id == person_id))


async def the_mall(db: Db, code: str | None) -> MallId:
    """Return the mall of that code; None means the only one there is.

    Raises: ChooseMall, Unknown.
    """
    async with db.session(db.reader, None) as session:
        malls = (await session.execute(select(tables.Mall.id, tables.Mall.code))).all()
    if code is not None:
        for id, known in malls:
            if known == code:
                return id
        raise Unknown(f"There is no mall {code!r} in this installation.")
    if not malls:
        raise NoMall
    if len(malls) > 1:
        raise ChooseMall
    return malls[0][0]


async def census(db: Db) -> tuple[int, int]:
    """Count malls and approved printers."""
    device = tables.Device
    printers = select(func.count(device.id)).where(device.kind == Role.PRINTER, device.state == DeviceState.APPROVED)
    async with db.session(db.reader, None) as session:
        malls = await session.scalar(select(func.count(tables.Mall.id)))
        return malls or 0, await session.scalar(printers) or 0


async def add_token(
    tx: Tx,
    kind: TokenKind,
    name: str,
    *,
    created_at: datetime,
    life: timedelta | None = None,
    role: Role | None = None,
    tenant_id: TenantId | None = None,
    person: Person | None = None,
    device_id: DeviceId | None = None,
) -> str:
    """Make a secret, keep its hash, and return the secret: it can never be read again."""
    secret = secrets.token_urlsafe(32)
    tx.session.add(
        Token(
            hash=hashed(secret),
            kind=kind,
            name=name,
            role=role,
            tenant_id=tenant_id,
            person_id=person.id if person else None,
            device_id=device_id,
            created_at=created_at,
            expires_at=created_at + life if life else None,
        )
    )
    return secret


async def drop_token(tx: Tx, token_id: int) -> None:
    """Take one token back."""
    await tx.session.execute(delete(Token).where(Token.id == token_id))
    tx.touch(f"{RIGHT}{token_id}")


async def drop_sessions(tx: Tx, person_id: PersonId) -> None:
    """Take back all of a person's sessions in this mall."""
    mine = (Token.person_id == person_id) & (Token.kind == TokenKind.SESSION)
    for token_id in await tx.session.scalars(select(Token.id).where(mine)):
        tx.touch(f"{RIGHT}{token_id}")
    await tx.session.execute(delete(Token).where(mine))


async def drop_device_tokens(tx: Tx, device_id: DeviceId) -> None:
    """Take back all tokens of a device."""
    for token_id in await tx.session.scalars(select(Token.id).where(Token.device_id == device_id)):
        tx.touch(f"{RIGHT}{token_id}")
    await tx.session.execute(delete(Token).where(Token.device_id == device_id))


async def good_tokens(tx: Tx, ids: Collection[int], now: datetime) -> set[int]:
    """Return those of some tokens that are there, and whose time is not over."""
    is_good = Token.expires_at.is_(None) | (Token.expires_at > now)
    return set(await tx.session.scalars(select(Token.id).where(Token.id.in_(ids), is_good)))


async def device(tx: Tx, device_id: DeviceId) -> tables.Device:
    """Load a device.

    Raises: UnknownDevice.
    """
    row = await tx.session.get(tables.Device, device_id)
    if row is None:
        raise UnknownDevice
    return row


async def device_showing(tx: Tx, pairing_code: str) -> tables.Device:
    """Find the device that shows a pairing code and waits to be let in.

    Raises: Unknown.
    """
    device = tables.Device
    asked = select(device).where(device.pairing_code == pairing_code.upper(), device.state == DeviceState.WAITING)
    row = await tx.session.scalar(asked.order_by(device.id.desc()).limit(1))
    if row is None:
        raise Unknown(f"No device shows the pairing code {pairing_code}.")
    return row


async def is_code_taken(tx: Tx, code: str) -> bool:
    """Say whether a device of this mall has that code."""
    return await tx.session.scalar(select(tables.Device.id).where(tables.Device.code == code)) is not None


async def device_of(db: Db, secret: str) -> tables.Device | None:
    """Return the device behind a secret in whatever state it is: it may ask how it stands."""
    async with db.session(db.reader, None) as session:
        return await session.scalar(
            select(tables.Device).join(Token, Token.device_id == tables.Device.id).where(Token.hash == hashed(secret))
        )


async def tenant(tx: Tx, code: str) -> tables.Tenant:
    """Find a tenant.

    Raises: Unknown.
    """
    row = await tx.session.scalar(select(tables.Tenant).where(tables.Tenant.code == code))
    if row is None:
        raise Unknown(f"There is no tenant {code!r} in this mall.")
    return row


async def first_zone(tx: Tx) -> str:
    """Return the code of the zone that is listed first.

    Raises: Unknown.
    """
    listed = select(tables.Zone.code).where(tables.Zone.is_active.is_(True)).order_by(tables.Zone.position)
    code = await tx.session.scalar(listed.limit(1))
    if code is None:
        raise Unknown("This mall has no zones.")
    return code


async def is_described(tx: Tx) -> bool:
    """Say whether the mall offers anything yet."""
    return await tx.session.scalar(select(tables.Service.id).limit(1)) is not None


async def last_day(tx: Tx) -> date | None:
    """Return the last day on which a number was given out."""
    return await tx.session.scalar(select(func.max(tables.Ticket.day)))


async def names(tx: Tx, actors: Collection[str]) -> dict[str, str]:
    """Return the names of those among `actors` who are people."""
    ids = {int(actor.removeprefix("person:")) for actor in actors if actor.startswith("person:")}
    rows = await tx.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {f"person:{id}": name for id, name in rows}
