"""What can be done for privacy: keep the register of breaches, and let a person's name be forgotten."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from mpp.core.refused import LastAdministrator, OwnAccess
from mpp.privacy import store
from mpp.privacy.tables import Breach
from mpp.tables import Membership
from ticketing.core.access import Role
from ticketing.core.ids import PersonId
from ticketing.core.privacy_events import BreachChanged, BreachRecorded, PersonErased
from ticketing.core.refused import BadRequest
from ticketing.db import Tx

Written = Annotated[str, Meta(min_length=1, max_length=2000)]


class BreachBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A breach of data, in words; no names of those concerned are needed."""

    discovered_at: datetime
    what: Written
    whose: Written
    handling: Annotated[str, Meta(max_length=2000)] = ""


class HandlingBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is done about a breach; `notified_at`: when those concerned and the authority were told."""

    handling: Annotated[str, Meta(max_length=2000)]
    notified_at: datetime | None = None


async def record_breach(tx: Tx, body: BreachBody) -> Breach:
    """Enter a breach in the register; from its discovery on the clock runs.

    Raises: BadRequest.
    """
    _must_be_past(tx, body.discovered_at)
    row = Breach(
        discovered_at=body.discovered_at,
        what=body.what,
        whose=body.whose,
        handling=body.handling,
        notified_at=None,
        recorded_by=tx.actor,
        recorded_at=tx.now,
    )
    tx.session.add(row)
    await tx.session.flush()
    tx.append(BreachRecorded(breach_id=row.id))
    return row


async def handle_breach(tx: Tx, id: int, body: HandlingBody) -> Breach:
    """Write down what is done about a breach. That somebody was told is not taken back.

    Raises: Unknown, BadRequest.
    """
    row = await store.breach(tx, id)
    if body.notified_at is not None:
        _must_be_past(tx, body.notified_at)
        if body.notified_at < row.discovered_at:
            raise BadRequest("Nobody can be told of a breach before it was discovered.")
        row.notified_at = body.notified_at
    row.handling = body.handling
    tx.append(BreachChanged(breach_id=row.id, notified=row.notified_at is not None))
    return row


def _must_be_past(tx: Tx, at: datetime) -> None:
    if at.tzinfo is None:
        raise BadRequest("Write the time with its zone, as in 2026-11-23T09:00:00+08:00.")
    if at > tx.now:
        raise BadRequest("This time is still to come.")


async def erase_person(tx: Tx, id: PersonId) -> None:
    """End what a person is in this mall; name and login are erased unless another mall still needs them.

    Raises: Unknown, OwnAccess, LastAdministrator.
    """
    person, membership = await store.one_of_staff(tx, id)
    await must_not_lock_out(tx, membership)
    await store.end_membership(tx, membership)
    if not await store.works_elsewhere(tx, id):
        await store.forget_name(tx, person, f"person-{id}")
    tx.append(PersonErased(person_id=id))
    tx.touch("counters")


async def must_not_lock_out(tx: Tx, membership: Membership) -> None:
    """Refuse to take rights away from oneself, or from the last one who can let people in.

    Raises: OwnAccess, LastAdministrator.
    """
    if tx.actor == f"person:{membership.person_id}":
        raise OwnAccess
    leads = membership.role is Role.ADMINISTRATOR and membership.ended_at is None
    if leads and await store.administrators(tx) == 1:
        raise LastAdministrator
