"""A visitor from the kiosk's tap to the counter: real agents in processes of their own, paper and sound at the end."""

import io
import re
import wave
from pathlib import Path
from typing import Any

import httpx
import pytest
import zxingcpp
from msgspec.structs import replace
from PIL import Image

from display import tongues
from display.core import wording
from hardware.core.call import Call, CallKind
from hardware.core.sound import Say
from hardware.virtual_printer.server import VirtualPrinter
from hardware.virtual_printer.slips import Job
from mpp.config import Config
from tests.flows.house import ADDRESS, House
from tests.flows.program import Program, running
from ticketing.core.access import Role

FASTEST = 300
"""Words a minute: speech takes its real time here."""

PAIRING_CODE = r"pairing code is (\w{3}-\w{3})"


@pytest.fixture
def config(config: Config, tmp_path: Path) -> Config:
    """Let the hall speak as fast as a grammar of the mall's own may."""
    folder = tmp_path / "tongues"
    folder.mkdir()
    grammar = tongues.SHIPPED.joinpath("id.toml").read_text(encoding="utf-8")
    (folder / "id.toml").write_text(re.sub(r"(?m)^pace = \d+", f"pace = {FASTEST}", grammar), encoding="utf-8")
    return replace(config, tongues=folder)


async def approve(people: httpx.AsyncClient, pairing_code: str, **wish: str) -> None:
    """Let in the device that shows this code, as an administrator does on the page of devices."""
    waiting = (await people.get("/api/devices")).json()
    (device,) = [line for line in waiting if line["pairing_code"] == pairing_code]
    assert device["state"] == "waiting"
    answer = await people.post(f"/api/devices/{device['id']}/approve", json={"name": wish["code"], **wish})
    assert (answer.status_code, answer.json()["state"]) == (200, "approved")


async def pair(agent: Program, people: httpx.AsyncClient, **wish: str) -> None:
    """Let an agent in by the code that stands in its log."""
    await approve(people, (await agent.says(PAIRING_CODE)).group(1), **wish)
    await agent.says(f"approved as {wish['code']}")


async def paired_kiosk(kiosk: httpx.AsyncClient, people: httpx.AsyncClient) -> None:
    """Let a kiosk in that prints on P01; it waits until then, and its cookie lets it work afterwards."""
    asked = await kiosk.post("/api/devices", json={"kind": "kiosk"})
    assert asked.status_code == 201
    assert "HttpOnly" in asked.headers["set-cookie"]
    assert (await kiosk.get("/api/devices/me?kind=kiosk")).json()["state"] == "waiting"
    assert (await kiosk.get("/api/kiosk")).status_code == 401
    await approve(people, asked.json()["pairing_code"], code="K01", printer="P01")
    own = (await kiosk.get("/api/devices/me?kind=kiosk")).json()
    assert (own["state"], own["code"], own["printer"], own["token"]) == ("approved", "K01", "P01", None)


def assert_paper_tells(job: Job, ticket: dict[str, Any]) -> None:
    """Read the slip as a visitor does: the number, the service, and a QR that leads to the phone page."""
    picture = Image.open(io.BytesIO(job.png)).convert("L")
    (qr,) = zxingcpp.read_barcodes(picture)
    assert qr.text == ticket["url"] == f"{ADDRESS}/t/{ticket['code']}"
    lines = [line.strip() for line in job.text.splitlines()]
    assert ticket["number"] in lines
    assert ticket["service"]["name"] in lines


def assert_sound_says(path: Path, seconds: float, call: Call) -> None:
    """Hold the length of a sound against what was announced and against the words; silence would not do."""
    with wave.open(str(path)) as sound:
        length = sound.getnframes() / sound.getframerate()
        frames = sound.readframes(sound.getnframes())
    assert abs(length - seconds) < 0.05
    whole = wording.in_full([wording.said(call, "id", tongues.load(), {})])
    letters = sum(len(part.text) for part in whole if isinstance(part, Say))
    assert 0.04 * letters < length < 0.15 * letters, f"{letters} letters in {length} s"
    samples = memoryview(frames).cast("h")
    assert max(samples) > 5_000


@pytest.mark.parametrize("database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.long)], indirect=True)
async def test_a_visitor_is_given_paper_called_aloud_and_served(house: House, tmp_path: Path) -> None:
    token = await house.token(Role.ADMINISTRATOR)
    server = ("--server", house.address)
    async with (
        VirtualPrinter(tmp_path / "slips", control_port=None) as paper,
        running(
            "hardware", "print", *server, "--to", f"network://127.0.0.1:{paper.port}", "--state", str(tmp_path / "p")
        ) as printing,
        running(
            "hardware", "speak", *server, "--to", f"file:{tmp_path / 'heard'}", "--state", str(tmp_path / "s")
        ) as speaking,
        house.client(token) as people,
        house.client(origin=house.address) as kiosk,
    ):
        await pair(printing, people, code="P01")
        await pair(speaking, people, code="S01", zone="B")
        await paired_kiosk(kiosk, people)
        taken = await kiosk.post("/api/tickets", json={"service": "SKCK", "request": "tap-00001"})
        ticket = taken.json()
        assert (taken.status_code, ticket["number"], ticket["slip"]["state"]) == (201, "C-001", "waiting")
        async with house.follow(f"/live/tickets/{ticket['code']}") as phone, house.follow("/live/boards/B", token) as b:
            await phone.until(lambda view: view["slip"]["state"] == "printed")
            assert_paper_tells(await paper.job(1), ticket)
            assert (await people.post("/api/counters/L03/open")).json()["state"] == "open"
            assert (await people.post("/api/counters/L03/call-next")).json()["number"] == "C-001"
            seen = await b.until(lambda view: view["calls"])
            assert (seen["calls"][0]["number"], seen["calls"][0]["counter"]["name"]) == ("C-001", "3")
            assert (await phone.until(lambda view: view["state"] == "called"))["counter"]["code"] == "L03"
            voice = (await b.until(lambda view: view["voice"]))["voice"]
            assert "C-001" in voice["text"]
            await b.until(lambda view: view["voice"] and view["voice"]["state"] == "speaking")
            await b.until(lambda view: view["voice"] is None)
            for step, state in (("start", "serving"), ("finish", "done")):
                assert (await people.post(f"/api/counters/L03/{step}")).json()["state"] == state
            await phone.until(lambda view: view["state"] == "done")
    (heard,) = (tmp_path / "heard").glob("*.wav")
    call = Call(kind=CallKind.CALL, number="C-001", counter="3", tenant="Polres")
    assert_sound_says(heard, voice["seconds"], call)
    told = await house.told()
    assert [kind for kind in told if kind in LIFE] == LIFE
    assert len(paper.jobs) == 1


LIFE = ["issued", "slip_asked", "slip_claimed", "slip_printed", "called", "announcement_spoken", "started", "finished"]
