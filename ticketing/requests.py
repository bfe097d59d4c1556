"""Commands that are sent again: what was done once is not done twice, and the same answer is given."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import msgspec
from sqlalchemy import select

from ticketing.core.refused import AnswerOutdated, RequestReused
from ticketing.db import Tx
from ticketing.request_tables import Request

V = TypeVar("V")


async def once(tx: Tx, request: str | None, command: str, of: type[V], act: Callable[[], Awaitable[V]]) -> V:
    """Carry out `act` once for this request id; asked again, return the first answer.

    Raises: RequestReused when the id belongs to another command; AnswerOutdated when the first answer is from before
    an upgrade, and today's answers tell more than it does.
    """
    if request is None:
        return await act()
    before = await asked(tx, request)
    if before is not None:
        if before.command != command:
            raise RequestReused
        try:
            return msgspec.json.decode(before.answer, type=of)
        except msgspec.ValidationError as old:
            raise AnswerOutdated from old
    answer = await act()
    encoded = msgspec.json.encode(answer).decode()
    tx.session.add(Request(actor=tx.actor, key=request, command=command, answer=encoded, at=tx.now))
    return answer


async def asked(tx: Tx, request: str) -> Request | None:
    """Return what the same one asked before under this request id."""
    mine = select(Request).where(Request.actor == tx.actor, Request.key == request)
    return await tx.session.scalar(mine)
