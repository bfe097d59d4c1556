"""What Prometheus is told, who may ask, and that nothing of a person is in it."""

import re

import pytest
from msgspec.structs import replace
from prometheus_client.parser import text_string_to_metric_families

from mpp.config import Config
from tests.flows.house import House, open_house
from tests.stopped_clock import StoppedClock
from ticketing.core.access import Role

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

LABELS = {"method", "route", "status", "kind", "view", "mall", "tenant", "state", "condition", "le"}


def values(text: str) -> dict[tuple[str, tuple[str, ...]], float]:
    """Read all samples, by name and by the values of their labels, these in the order of their names."""
    families = text_string_to_metric_families(text)
    samples = (one for family in families for one in family.samples)
    return {(one.name, tuple(value for _, value in sorted(one.labels.items()))): one.value for one in samples}


async def test_counts_and_halls_are_told_and_nobody_is_named(config: Config, clock: StoppedClock) -> None:
    async with (
        open_house(replace(config, metrics="local"), clock) as house,
        house.client(await house.token(Role.MANAGER, "Maria Seran")) as line,
        house.client() as prometheus,
    ):
        await line.post("/api/counters/L01/open", json={})
        taken = [
            (await line.post("/api/tickets", json={"service": "KTP", "request": f"tap-0000{nth}"})).json()
            for nth in range(3)
        ]
        await line.post("/api/counters/L01/call-next", json={})
        async with house.follow("/live/manage", await house.token(Role.MANAGER)) as hall:
            await hall.next()
            text = (await prometheus.get("/metrics")).text
        told = values(text)
        assert told["mpp_events_total", ("issued",)] == 3
        assert told["mpp_tickets_today", ("KECIL", "waiting", "DUKCAPIL")] == 2
        assert told["mpp_tickets_today", ("KECIL", "waiting", "POLRES")] == 0
        assert told["mpp_counters", ("KECIL", "open", "DUKCAPIL")] == 1
        assert told["mpp_followers", ("manage",)] == 1
        assert told["mpp_http_request_seconds_count", ("POST", "/api/tickets", "201")] == 3
        assert told["mpp_http_request_seconds_count", ("POST", "/api/counters/{code}/call-next", "200")] == 1
        assert told["mpp_write_wait_seconds_count", ()] >= 5
        assert set(re.findall(r"[{,]([a-z_]+)=", text)) <= LABELS
        for secret in ("Maria", "Seran", taken[0]["number"], taken[0]["code"]):
            assert secret not in text, secret
        assert (await prometheus.get("/metrics", headers={"x-forwarded-for": "10.0.0.7"})).status_code == 401


async def test_without_the_setting_nothing_is_told_and_with_a_token_only_to_administrators(
    house: House, config: Config, clock: StoppedClock
) -> None:
    async with house.client(await house.token(Role.ADMINISTRATOR)) as line:
        assert (await line.get("/metrics")).status_code == 404
    async with open_house(replace(config, metrics="token"), clock) as asking:
        for role, status in ((Role.ADMINISTRATOR, 200), (Role.MANAGER, 403)):
            async with asking.client(await asking.token(role)) as line:
                assert (await line.get("/metrics")).status_code == status
        async with asking.client() as nobody:
            assert (await nobody.get("/metrics")).status_code == 401
