"""A hundred kiosks and a hundred counters at once: no number twice, none missing, none called by two counters."""

import asyncio
from collections import Counter

import httpx
import pytest

from mpp import actions, setup
from mpp.actions import Place
from tests.flows.house import House, assert_contiguous
from ticketing.core.access import Role

TENANTS, COUNTERS_EACH, KIOSKS, TICKETS_EACH = 10, 10, 100, 2
PREFIXES = "ABCDEFGHJK"
PATIENCE = 120
"""Seconds: hundreds of requests come at once, perhaps on a busy machine."""


def _tenant(prefix: str) -> str:
    return f"""
  - code: T{prefix}
    name: Dinas {prefix}
    short_name: Dinas {prefix}
    prefix: {prefix}
    colour: "#1f6f54"
    services:
      - code: S{prefix}
        name: Layanan {prefix}
        name_en: Service {prefix}
        standard: {{requirements: [KTP-el], duration_text: 1 hari, counter_minutes: 8, fee_idr: 0, source: contoh,
          verified: false}}"""


def _counter(number: int) -> str:
    prefix = PREFIXES[number % TENANTS]
    return f'\n  - {{code: L{number:03d}, name: "{number + 1}", zone: Z{prefix}, tenant: T{prefix}, services: all}}'


@pytest.fixture
def mall_yaml() -> str:
    """Describe a mall of ten tenants with ten counters each."""
    zones = "".join(f"\n  - {{code: Z{prefix}, name: Zona {prefix}, languages: [id]}}" for prefix in PREFIXES)
    return f"""
mall: {{code: BESAR, name: Mal Besar, place: Soe, timezone: Asia/Makassar, languages: [id]}}
hours: {{mon: {{open: 08:00, close: 15:00}}}}
last_ticket_minutes: 30
zones:{zones}
tenants:{"".join(map(_tenant, PREFIXES))}
counters:{"".join(map(_counter, range(TENANTS * COUNTERS_EACH)))}
"""


@pytest.fixture
def has_voice() -> bool:
    """Three hundred sounds would take minutes."""
    return False


class Hall:
    """What happens in the hall: who took which number, who was called where."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.taken: list[str] = []
        self.called: list[tuple[str, str]] = []
        self.served: list[str] = []
        self.is_over = False
        self._news = {prefix: asyncio.Condition() for prefix in PREFIXES}

    async def kiosk(self, number: int, token: str) -> None:
        """Take three tickets at once, for three tenants."""
        async with self.house.client(token, seconds=PATIENCE) as line:
            await asyncio.gather(
                *(
                    self._take(line, f"tap-{number:04d}-{nth}", PREFIXES[(number + nth) % TENANTS])
                    for nth in range(TICKETS_EACH)
                )
            )

    async def _take(self, line: httpx.AsyncClient, request: str, prefix: str) -> None:
        answer = await line.post("/api/tickets", json={"service": f"S{prefix}", "request": request})
        assert answer.status_code == 201, answer.text
        self.taken.append(answer.json()["number"])
        async with self._news[prefix]:
            self._news[prefix].notify(2)  # two counters go for one visitor

    async def close_doors(self) -> None:
        """Tell the counters that nobody comes any more."""
        self.is_over = True
        for news in self._news.values():
            async with news:
                news.notify_all()

    async def counter(self, number: int, token: str) -> None:
        """Call, start and finish until all is over and nobody waits."""
        code, news = f"L{number:03d}", self._news[PREFIXES[number % TENANTS]]
        async with self.house.client(token, seconds=PATIENCE) as line:
            assert (await line.post(f"/api/counters/{code}/open")).status_code == 200
            while True:
                was_over = self.is_over
                if await self._serve_one(line, code):
                    continue
                if was_over:
                    return
                async with news:
                    if not self.is_over:
                        await news.wait()

    async def _serve_one(self, line: httpx.AsyncClient, code: str) -> bool:
        answer = await line.post(f"/api/counters/{code}/call-next")
        if answer.status_code == 409:
            assert answer.json()["code"] == "queue_empty"
            return False
        number = answer.json()["number"]
        self.called.append((number, code))
        for step in ("start", "finish"):
            answer = await line.post(f"/api/counters/{code}/{step}")
            assert (answer.status_code, answer.json()["number"]) == (200, number)
        self.served.append(number)
        return True


async def _tokens(house: House) -> tuple[list[str], list[str]]:
    """Let a hundred kiosks in, and make a token for each counter's program."""
    kiosks, counters = [], []
    now = house.clock.real()
    async with setup.change(house.config, None) as tx:
        for number in range(KIOSKS):
            device, secret = await actions.ask_in(tx, Role.KIOSK, now)
            await actions.approve(tx, device.id, f"K{number:03d}", f"Kiosk {number}", Place(), now)
            kiosks.append(secret)
            counters.append(await actions.make_token(tx, Role.OFFICER, f"L{number:03d}", None, now))
    return kiosks, counters


@pytest.mark.slow
@pytest.mark.long
async def test_a_hundred_kiosks_and_counters_at_once_lose_and_double_nothing(house: House) -> None:
    kiosks, counters = await _tokens(house)
    hall = Hall(house)
    async with asyncio.TaskGroup() as work:
        for number, token in enumerate(counters):
            work.create_task(hall.counter(number, token))
        async with asyncio.TaskGroup() as taking:
            for number, token in enumerate(kiosks):
                taking.create_task(hall.kiosk(number, token))
        await hall.close_doors()
    assert len(hall.taken) == KIOSKS * TICKETS_EACH
    assert Counter(hall.taken).most_common(1)[0][1] == 1, "a number was given out twice"
    assert Counter(number for number, _ in hall.called).most_common(1)[0][1] == 1, "two counters called one number"
    assert sorted(hall.served) == sorted(hall.taken)
    assert len({code for _, code in hall.called}) > TENANTS
    assert_contiguous(await house.numbers())
