"""A printer in trouble: what the visitor at the kiosk, the people who run the hall, and the log are told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from hardware.agent.pairing import FILE, Pairing
from hardware.agent.printing import PrintAgent
from hardware.agent.server import Server, write_private
from hardware.core.device import NewDevice
from hardware.drivers import lines
from hardware.virtual_printer.machine import Trouble
from hardware.virtual_printer.server import VirtualPrinter
from tests.flows.house import House
from tests.flows.program import running
from ticketing.core.access import Role

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

COPY = "CETAK ULANG"


@pytest.fixture
async def paper(tmp_path: Path) -> AsyncIterator[VirtualPrinter]:
    """Stand a printer beside the kiosk."""
    async with VirtualPrinter(tmp_path / "slips", control_port=None) as printer:
        yield printer


@pytest.fixture
async def kiosk_token(house: House, tmp_path: Path) -> str:
    """Let the printer P01 and a kiosk that prints on it in."""
    (tmp_path / "state").mkdir()
    secret = await house.device(Role.PRINTER, "P01")
    known = msgspec.json.encode(NewDevice(pairing_code="ABC-DEF", token=secret))
    write_private(tmp_path / "state" / FILE, known)
    return await house.device(Role.KIOSK, "K01", printer="P01")


@asynccontextmanager
async def printing(house: House, paper: VirtualPrinter, state: Path) -> AsyncIterator[None]:
    """Run the printer's agent."""
    server = Server(house.address)
    printer = lines.printer(f"network://127.0.0.1:{paper.port}?profile=TM-T20II")
    agent = PrintAgent(server, Pairing(server, state, "printer"), printer, state, check_seconds=0.2)
    stop = asyncio.Event()
    work = asyncio.create_task(agent.run(stop))
    try:
        yield
    finally:
        stop.set()
        await work
        await server.close()


async def take(kiosk: httpx.AsyncClient, request: str = "tap-00001") -> dict[str, Any]:
    """Take a number at the kiosk."""
    answer = await kiosk.post("/api/tickets", json={"service": "KTP", "request": request})
    assert answer.status_code == 201
    return dict(answer.json())


async def slip_of(house: House, ticket: dict[str, Any], state: str) -> dict[str, Any]:
    """Wait, as the kiosk does, until the ticket's slip is in a state."""
    async with house.follow(f"/live/tickets/{ticket['code']}") as phone:
        view = await phone.until(lambda view: view["slip"]["state"] == state)
        return dict(view["slip"])


def has_condition(condition: str) -> Any:
    """Say whether the hall at a glance shows the printer so."""
    return lambda view: [line["condition"] for line in view["devices"] if line["code"] == "P01"] == [condition]


def has_trouble(code: str, number: str | None) -> Any:
    """Say whether the hall at a glance lists this trouble of P01."""
    return lambda view: (code, number, "P01") in {(t["text_code"], t["number"], t["device"]) for t in view["troubles"]}


@pytest.mark.parametrize("trouble", [Trouble.PAPER_OUT, Trouble.COVER_OPEN, Trouble.OFFLINE, Trouble.MUTE])
async def test_an_unfit_printer_is_told_at_once_and_prints_no_backlog_later(
    house: House, paper: VirtualPrinter, kiosk_token: str, tmp_path: Path, trouble: Trouble
) -> None:
    manager = await house.token(Role.MANAGER)
    paper.suffer(trouble)
    async with (
        printing(house, paper, tmp_path / "state"),
        house.client(kiosk_token) as kiosk,
        house.follow("/live/manage", manager) as hall,
    ):
        ticket = await take(kiosk)
        assert await slip_of(house, ticket, "failed") == {"state": "failed", "reason": str(trouble)}
        is_shown, is_listed = has_condition(trouble), has_trouble(f"slip.{trouble}", "B-001")
        await hall.until(lambda view: is_shown(view) and is_listed(view))
        assert (await kiosk.get("/api/kiosk")).json()["printer"] == {"code": "P01", "condition": str(trouble)}
        paper.suffer(Trouble.READY)
        await hall.until(has_condition("ready"))
        assert paper.jobs == []
        assert (await kiosk.get(f"/api/tickets/{ticket['code']}")).json()["state"] == "waiting"
    told = [kind for kind in await house.told() if kind.startswith("slip_")]
    assert told == ["slip_asked", "slip_claimed", "slip_failed"]


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        (Trouble.PAPER_OUT, "paper_out"),
        (Trouble.COVER_OPEN, "cover_open"),
        (Trouble.OFFLINE, "offline"),
        (Trouble.MUTE, "mute"),
        (Trouble.DROP, "offline"),
    ],
)
async def test_trouble_in_mid_job_leaves_the_slip_unknown_for_a_person_to_look(
    house: House, paper: VirtualPrinter, kiosk_token: str, tmp_path: Path, trouble: Trouble, reason: str
) -> None:
    manager = await house.token(Role.MANAGER)
    paper.suffer(trouble, after_lines=6)
    async with printing(house, paper, tmp_path / "state"), house.client(kiosk_token) as kiosk:
        ticket = await take(kiosk)
        assert await slip_of(house, ticket, "unknown") == {"state": "unknown", "reason": reason}
        async with house.follow("/live/manage", manager) as hall:
            await hall.until(has_trouble("slip.unknown", "B-001"))
    assert "slip_unknown" in await house.told()


async def test_a_reprint_after_trouble_is_marked_as_a_copy(
    house: House, paper: VirtualPrinter, kiosk_token: str, tmp_path: Path
) -> None:
    officer = await house.token(Role.OFFICER)
    paper.suffer(Trouble.PAPER_OUT)
    async with (
        printing(house, paper, tmp_path / "state"),
        house.client(kiosk_token) as kiosk,
        house.client(officer) as counter,
    ):
        ticket = await take(kiosk)
        await slip_of(house, ticket, "failed")
        paper.suffer(Trouble.READY)
        answer = await counter.post(f"/api/counters/L01/reprint/{ticket['id']}")
        assert (answer.status_code, answer.json()["slip"]["state"]) == (200, "waiting")
        job = await paper.job(1, seconds=20)
        await slip_of(house, ticket, "printed")
        second = await take(kiosk, "tap-00002")
        await slip_of(house, second, "printed")
    assert COPY in job.text
    assert ticket["number"] in job.text
    assert COPY not in (await paper.job(2)).text


async def test_a_slip_that_no_printer_took_in_time_is_not_printed_an_hour_later(
    house: House, paper: VirtualPrinter, kiosk_token: str, tmp_path: Path
) -> None:
    manager = await house.token(Role.MANAGER)
    async with house.client(kiosk_token) as kiosk, house.follow("/live/manage", manager) as hall:
        ticket = await take(kiosk)
        house.clock.forward(timedelta(seconds=61))
        assert await slip_of(house, ticket, "lapsed") == {"state": "lapsed", "reason": ""}
        await hall.until(has_trouble("slip.lapsed", "B-001"))
        house.clock.forward(timedelta(hours=1))
        async with printing(house, paper, tmp_path / "state"):
            await hall.until(has_condition("ready"))
            second = await take(kiosk, "tap-00002")
            await slip_of(house, second, "printed")
    assert len(paper.jobs) == 1
    assert second["number"] in paper.jobs[0].text


async def test_an_agent_killed_in_mid_job_leaves_the_slip_unknown_and_never_prints_it_again(
    house: House, paper: VirtualPrinter, kiosk_token: str, tmp_path: Path
) -> None:
    officer = await house.token(Role.OFFICER)
    agent = ("hardware", "print", "--server", house.address, "--state", str(tmp_path / "state"))
    to = ("--to", f"network://127.0.0.1:{paper.port}?profile=TM-T20II")
    async with house.client(kiosk_token) as kiosk:
        async with running(*agent, *to) as working:
            await working.says("the printer is ready")
            paper.suffer(Trouble.MUTE, after_lines=6)  # it prints on, and the agent waits for its answer in vain
            ticket = await take(kiosk)
            await paper.job(1, seconds=20)
            await working.kill()
        assert (await kiosk.get(f"/api/tickets/{ticket['code']}")).json()["slip"]["state"] == "claimed"
        paper.suffer(Trouble.READY)
        async with running(*agent, *to):
            assert await slip_of(house, ticket, "unknown") == {"state": "unknown", "reason": "no_answer"}
            async with house.client(officer) as counter:
                await counter.post(f"/api/counters/L01/reprint/{ticket['id']}")
            await slip_of(house, ticket, "printed")
    texts = [job.text for job in paper.jobs if ticket["number"] in job.text]
    assert [COPY in text for text in texts] == [False, True], "a second slip that is not marked as a copy"
