"""The shapes of what is shown of those who sign in."""

from datetime import datetime

from msgspec import Struct

from ticketing.core.access import Role
from ticketing.core.ids import PersonId


class PersonLine(Struct, frozen=True, kw_only=True):
    """One who signs in, or did until `ended_at`; `tenant` is a code, `is_self` the one who looks.

    `elsewhere`: has a role in another mall too, so that name and password are not given here.
    """

    id: PersonId
    login: str
    name: str
    role: Role
    tenant: str | None
    ended_at: datetime | None
    is_self: bool
    elsewhere: bool


class PersonTenant(Struct, frozen=True, kw_only=True):
    """A tenant to which people can be tied."""

    code: str
    name: str


class PeopleView(Struct, frozen=True, kw_only=True):
    """All who sign in, those whose access has ended last."""

    timezone: str
    people: list[PersonLine]
    tenants: list[PersonTenant]
    shortest_password: int
