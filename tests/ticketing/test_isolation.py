"""Two malls in one database: what is of one is not there for the other; on both databases."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import date

import pytest
from msgspec import Struct
from sqlalchemy import ForeignKeyConstraint, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError, NoResultFound
from sqlalchemy.orm import aliased

from display.actions import Utterance, announce
from mpp import actions as people
from mpp import schema
from mpp.tables import Membership, Token
from tests.ticketing.deeds import act, look, pair, second_mall, take
from ticketing import actions, store, tables
from ticketing.core.access import Role
from ticketing.core.ids import DeviceId, MallId
from ticketing.core.mall_entries import MallFile
from ticketing.core.refused import UnknownSlip, UnknownTicket
from ticketing.db import Db, Tx
from ticketing.tables import MallRow

OWN = [mapper.class_ for mapper in tables.Base.registry.mappers if issubclass(mapper.class_, MallRow)]


class Pair(Struct):
    """Two malls that are alike, and a ticket and a printer of each."""

    here: MallId
    there: MallId
    mine: tables.Ticket
    theirs: tables.Ticket
    printer: DeviceId
    their_printer: DeviceId


async def fill(db: Db, mall: MallId) -> tuple[tables.Ticket, DeviceId]:
    """Put at least one row into every table of a mall."""
    printer = await pair(db, mall, Role.PRINTER, "P01")
    await pair(db, mall, Role.KIOSK, "K01", printer="P01")
    await pair(db, mall, Role.SIGN, "S01", counter="L01")
    speaker = await pair(db, mall, Role.SPEAKER, "V01", zone="A")
    ticket = await take(db, mall, "KTP", printer=printer)
    async with db.write(mall, "test") as tx:
        tenant = (await tx.session.scalars(select(tables.Tenant))).first()
        assert tenant is not None
        await people.add_person(tx, f"maria{mall}", "Maria", "hash", Role.SUPERVISOR, tenant.id)
        await people.make_token(tx, Role.SUPERVISOR, "test", tenant.id, tx.now)
        counter = await store.counter(tx, "L01")
        row = await store.ticket(tx, ticket.id)
        await store.record(tx, row, actions.Cancelled())
        tx.session.add(tables.Request(actor="test", key="k", command="issue", answer="1", at=tx.now))
        del counter, speaker
    return ticket, printer
