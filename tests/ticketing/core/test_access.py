"""Who may do what, as tables."""

import pytest

from ticketing.core import access
from ticketing.core.access import (
    COUNTER_STAFF,
    DEVICES,
    EVERYONE,
    ISSUERS,
    LEADERS,
    PEOPLE,
    Device,
    Principal,
    Role,
)
from ticketing.core.ids import CounterId, DeviceId, MallId, TenantId, ZoneId
from ticketing.core.refused import NotAllowed, NotSignedIn

A, B = ZoneId(1), ZoneId(2)
ONE, TWO = CounterId(1), CounterId(2)


def someone(role: Role, device: Device | None = None, tenant: int | None = None) -> Principal:
    return Principal(
        mall_id=MallId(1),
        role=role,
        actor=f"test:{role}",
        name=role,
        token_id=1,
        device=device,
        tenant_id=TenantId(tenant) if tenant else None,
    )


BOARD_A = someone(Role.BOARD, Device(id=DeviceId(3), code="B01", zone_id=A))
SIGN_1 = someone(Role.SIGN, Device(id=DeviceId(4), code="S01", counter_id=ONE))
PRINTER = someone(Role.PRINTER, Device(id=DeviceId(5), code="P01"))
ADMIN = someone(Role.ADMINISTRATOR)


def test_every_role_is_either_a_device_or_a_person() -> None:
    assert set(Role) == PEOPLE | DEVICES == EVERYONE
    assert not PEOPLE & DEVICES


@pytest.mark.parametrize(
    ("group", "members"),
    [
        (LEADERS, "administrator manager"),
        (COUNTER_STAFF, "administrator manager supervisor officer"),
        (ISSUERS, "administrator manager officer greeter kiosk"),
        (PEOPLE, "administrator manager supervisor officer greeter"),
        (DEVICES, "kiosk board sign printer speaker"),
    ],
)
def test_groups_hold_just_these_roles(group: frozenset[Role], members: str) -> None:
    assert group == {Role(name) for name in members.split()}
    for role in Role:
        asker = (someone(role),)
        if role in group:
            assert access.allow(asker, group).role is role
        else:
            with pytest.raises(NotAllowed):
                access.allow(asker, group)


def test_nobody_is_asked_to_sign_in() -> None:
    with pytest.raises(NotSignedIn):
        access.allow((), EVERYONE)
    with pytest.raises(NotSignedIn):
        access.own_device((), Role.PRINTER, "P01")
    with pytest.raises(NotSignedIn):
        access.at_zone((), EVERYONE, A)
    with pytest.raises(NotSignedIn):
        access.at_counter((), EVERYONE, ONE)


def test_of_several_identities_the_first_that_may_acts() -> None:
    assert access.allow((BOARD_A, ADMIN), LEADERS) is ADMIN
    assert access.allow((BOARD_A, ADMIN), EVERYONE) is BOARD_A


@pytest.mark.parametrize(("tied", "asked", "may"), [(None, 1, True), (1, 1, True), (2, 1, False)])
def test_one_who_is_tied_to_a_tenant_acts_for_it_only(tied: int | None, asked: int, may: bool) -> None:
    who = someone(Role.SUPERVISOR, tenant=tied)
    if may:
        access.allow_tenant(who, TenantId(asked))
    else:
        with pytest.raises(NotAllowed, match="your own tenant only"):
            access.allow_tenant(who, TenantId(asked))


def test_a_device_does_its_own_job_only() -> None:
    assert access.own_device((PRINTER,), Role.PRINTER, "P01") is PRINTER
    with pytest.raises(NotAllowed, match="its own job only"):
        access.own_device((PRINTER,), Role.PRINTER, "P02")
    with pytest.raises(NotAllowed):
        access.own_device((PRINTER,), Role.SPEAKER, "P01")
    assert access.own_device((PRINTER, ADMIN), Role.PRINTER, "P02") is ADMIN


def test_a_program_with_a_devices_role_is_no_device() -> None:
    with pytest.raises(NotAllowed):
        access.own_device((someone(Role.PRINTER),), Role.PRINTER, "P01")
    with pytest.raises(NotAllowed, match="paired printer"):
        access.own_printer(someone(Role.PRINTER))


def test_a_paired_printer_reports_for_itself() -> None:
    assert access.own_printer(PRINTER) == PRINTER.device.id if PRINTER.device else False


def test_a_board_shows_its_own_zone_only() -> None:
    roles = PEOPLE | {Role.BOARD}
    assert access.at_zone((BOARD_A,), roles, A) is BOARD_A
    assert access.at_zone((BOARD_A, ADMIN), roles, B) is ADMIN
    with pytest.raises(NotAllowed, match="another zone"):
        access.at_zone((BOARD_A,), roles, B)


def test_a_sign_hangs_over_its_own_counter_only() -> None:
    roles = PEOPLE | {Role.SIGN}
    assert access.at_counter((SIGN_1,), roles, ONE) is SIGN_1
    assert access.at_counter((SIGN_1, ADMIN), roles, TWO) is ADMIN
    with pytest.raises(NotAllowed, match="another counter"):
        access.at_counter((SIGN_1,), roles, TWO)
