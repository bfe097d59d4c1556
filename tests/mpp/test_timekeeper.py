"""What happens by itself in any second, and that nothing is locked when nothing is due; on both databases."""

from datetime import timedelta
from functools import partial

from sqlalchemy import func, select

from counters import actions as counters
from mpp import store, timekeeper
from mpp.privacy import retention
from mpp.tables import Token, TokenKind
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import act, again, hall_of, look, pair, take, wita
from ticketing import slips
from ticketing import store as ground
from ticketing.core.access import Role
from ticketing.core.counter import CounterState
from ticketing.core.ids import MallId
from ticketing.core.slip_job import SlipState
from ticketing.core.ticket import State
from ticketing.db import Db, Tx
from ticketing.live import RIGHT, Live
from ticketing.request_tables import Request


async def seq(tx: Tx) -> int:
    return tx.mall.last_seq


async def test_a_second_in_which_nothing_is_due_changes_nothing(db: Db, mall: MallId) -> None:
    await take(db, mall, "KTP")
    await timekeeper.tick(hall_of(db), mall)  # the day's draw for the survey
    before = await look(db, mall, seq)
    await timekeeper.tick(hall_of(db), mall)
    assert await look(db, mall, seq) == before


async def test_at_the_end_of_the_day_all_is_put_away(db: Db, mall: MallId, clock: StoppedClock) -> None:
    printer = await pair(db, mall, Role.PRINTER, "P01")
    async with db.write(mall, "test") as tx:
        await counters.open_(tx, await ground.counter(tx, "L01"), "Maria")
    called, waiting = await take(db, mall, "KTP", printer=printer), await take(db, mall, "KTP")
    await act(db, mall, partial(counters.call_next, code="L01"))
    clock.at = wita(24, 0, 1)
    await timekeeper.tick(hall_of(db), mall)
    assert {(await again(db, mall, ticket)).state for ticket in (called, waiting)} == {State.EXPIRED}
    assert (await look(db, mall, partial(ground.counter, code="L01"))).state is CounterState.CLOSED
    slip = await look(db, mall, lambda tx: slips.last(tx, called.id))
    assert slip is not None
    assert slip.state is SlipState.LAPSED
    after = await look(db, mall, seq)
    await timekeeper.tick(hall_of(db), mall)
    assert await look(db, mall, seq) == after


async def test_old_requests_and_tokens_are_forgotten(db: Db, mall: MallId, clock: StoppedClock) -> None:
    async with db.write(mall, "test") as tx:
        tx.session.add(Request(actor="a", key="k", command="c", answer="1", at=tx.now))
        for life in (timedelta(hours=1), None):
            await store.add_token(tx, TokenKind.PROGRAM, "x", created_at=tx.now, life=life, role=Role.OFFICER)
    clock.forward(timedelta(days=2, seconds=1))
    await act(db, mall, lambda tx: retention.run(tx, tx.now))
    async with db.read(mall) as tx:
        assert (await tx.session.scalars(select(Request.key))).all() == []
        assert (await tx.session.scalars(select(Token.expires_at))).all() == [None]


async def test_sockets_end_with_their_right_whoever_took_it_back(db: Db, mall: MallId, clock: StoppedClock) -> None:
    async def token(tx: Tx, life: timedelta | None) -> int:
        await store.add_token(tx, TokenKind.PROGRAM, "x", created_at=tx.now, life=life, role=Role.OFFICER)
        return await tx.session.scalar(select(func.max(Token.id))) or 0

    day, ever, lost = [await act(db, mall, partial(token, life=life)) for life in (timedelta(hours=1), None, None)]
    sockets = {id: db.live.watch(mall, {f"{RIGHT}{id}"}) for id in (day, ever, lost)}
    other = db.live.watch(mall, {"calls", "*"})
    await timekeeper.end_rights(hall_of(db), mall)
    assert not any(socket.is_set() for socket in sockets.values())
    command_line = Db(db.url.render_as_string(hide_password=False), clock, Live())
    await act(command_line, mall, partial(store.drop_token, token_id=lost))
    await command_line.close()
    clock.forward(timedelta(hours=1))
    await timekeeper.end_rights(hall_of(db), mall)
    assert {id for id, socket in sockets.items() if socket.is_set()} == {day, lost}
    assert not other.is_set()
