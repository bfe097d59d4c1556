"""What can be done with those who sign in: let in, change, give a new password, send away, bring back."""

from mpp import actions, passwords, store
from mpp.actions import SHORTEST_PASSWORD
from mpp.core.refused import LoginTaken, ShortPassword, WorksElsewhere
from mpp.privacy import store as staff
from mpp.privacy.actions import must_not_lock_out
from ticketing.core.access import Role
from ticketing.core.events import AccessEnded, AccessRestored, PasswordSet, PersonAdded
from ticketing.core.ids import PersonId, TenantId
from ticketing.db import Tx


async def hashed(password: str) -> str:
    """Return the hash of a password that is long enough.

    Raises: ShortPassword.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise ShortPassword
    return await passwords.make(password)


async def let_in(tx: Tx, login: str, name: str, password_hash: str, role: Role, tenant_id: TenantId | None) -> None:
    """Let somebody new sign in; who is known already is changed or brought back instead, and never by mistake.

    Raises: LoginTaken, BadRequest, TenantMissing, LeadsAll.
    """
    if await store.person_in(tx, login) is not None:
        raise LoginTaken
    await actions.add_person(tx, login, name, password_hash, role, tenant_id)


async def change(tx: Tx, id: PersonId, name: str, role: Role, tenant_id: TenantId | None) -> None:
    """Give a person another name, role or tenant; with other rights one must sign in anew.

    Raises: Unknown, BadRequest, TenantMissing, LeadsAll, OwnAccess, LastAdministrator, WorksElsewhere.
    """
    actions.must_fit(role, tenant_id)
    person, membership = await staff.one_of_staff(tx, id)
    if name != person.name:
        await _must_be_ours(tx, id)
        await staff.rename_at_counters(tx, person.name, name)
        person.name = name
        tx.touch("counters")
    if (role, tenant_id) == (membership.role, membership.tenant_id):
        return
    if role is not membership.role:
        await must_not_lock_out(tx, membership)
    membership.role, membership.tenant_id = role, tenant_id
    await store.drop_sessions(tx, id)
    tx.append(PersonAdded(person_id=id, role=role))


async def set_password(tx: Tx, id: PersonId, password_hash: str) -> None:
    """Give a person a new password; all sessions end.

    Raises: Unknown, WorksElsewhere.
    """
    person, _ = await staff.one_of_staff(tx, id)
    await _must_be_ours(tx, id)
    person.password_hash = password_hash
    await store.drop_sessions(tx, id)
    tx.append(PasswordSet(person_id=id))


async def end_access(tx: Tx, id: PersonId) -> None:
    """Let a person sign in no more: all sessions end and their sockets close at once.

    Raises: Unknown, OwnAccess, LastAdministrator.
    """
    _, membership = await staff.one_of_staff(tx, id)
    await must_not_lock_out(tx, membership)
    if membership.ended_at is None:
        membership.ended_at = tx.now
        await store.drop_sessions(tx, id)
        tx.append(AccessEnded(person_id=id))


async def restore_access(tx: Tx, id: PersonId) -> None:
    """Let a person sign in again, as what the person was.

    Raises: Unknown.
    """
    _, membership = await staff.one_of_staff(tx, id)
    if membership.ended_at is not None:
        membership.ended_at = None
        tx.append(AccessRestored(person_id=id))


async def _must_be_ours(tx: Tx, id: PersonId) -> None:
    """Refuse what reaches into another mall: who gives the password there could sign in there."""
    if await staff.works_elsewhere(tx, id):
        raise WorksElsewhere
