"""Complaints over the network: who sees what, what is asked twice, what leaks nowhere, what is handed on."""

from csv import DictReader
from io import BytesIO, StringIO
from typing import Any

import openpyxl  # type: ignore[import-untyped]  # it ships no types
import pytest

from mpp.complaints import routes
from tests.flows.house import House
from ticketing.core.access import Role
from ticketing.holders import UNKNOWN_CODES_A_MINUTE

pytestmark = [
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
    pytest.mark.parametrize("has_voice", [False]),
]

MARIA = {"identity": "confidential", "name": "Maria Tefa", "contact": "0812-3456"}
WORDS = "Petugas meminta uang tambahan"


async def complain(house: House, token: str | None = None, request: str = "tap-1", **said: Any) -> dict[str, Any]:
    body = {"text": WORDS, "identity": "anonymous", "request": request, **said}
    async with house.client(token) as line:
        answer = await line.post("/api/complaints", json=body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def step(house: House, token: str, number: int, **deed: str) -> dict[str, Any]:
    async with house.client(token) as line:
        answer = await line.post(f"/api/manage/complaints/{number}", json=deed)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_from_a_phone_to_an_answer_and_nothing_leaks(house: House) -> None:
    mall, own, other = [
        await house.token(role, role, tenant)
        for role, tenant in ((Role.MANAGER, None), (Role.SUPERVISOR, "DUKCAPIL"), (Role.SUPERVISOR, "POLRES"))
    ]
    kept = await complain(house, service="KTP", **MARIA)
    assert await complain(house, service="KTP", **MARIA) == kept, "the same tap is the same complaint"
    others = await complain(house, request="tap-2", tenant="POLRES", identity="open", name="Yohanes Nabu")
    async with house.client(own) as tenant, house.client(other) as rival, house.client() as holder:
        assert (await tenant.get("/api/manage/complaints")).json()["complaints"] == [], "not read by the mall yet"
        assert (await tenant.get("/api/manage/complaints/1")).status_code == 404
        await step(house, mall, 1, type="verify", kind="dispute")
        await step(house, mall, 1, type="forward", tenant="DUKCAPIL", text="Mohon diperiksa")
        await step(house, mall, 2, type="verify", kind="simple")
        await step(house, mall, 2, type="forward", tenant="POLRES")
        case = (await tenant.get("/api/manage/complaints/1")).json()
        assert (case["contact"], case["steps"][0]["text"]) == (None, WORDS), "confidential: the mall only knows who"
        assert (await rival.get("/api/manage/complaints/2")).json()["contact"]["name"] == "Yohanes Nabu"
        for door, answer in {
            "seen": await rival.get("/api/manage/complaints/1"),
            "answered": await rival.post("/api/manage/complaints/1", json={"type": "answer", "text": "Bukan"}),
        }.items():
            assert (answer.status_code, answer.json()["code"]) == (404, "unknown_complaint"), door
        for where in ("", ".csv"):
            told = (await rival.get(f"/api/manage/complaints{where}")).text
            assert (kept["number"] in told, others["number"] in told) == (False, True), where
        book = openpyxl.load_workbook(BytesIO((await rival.get("/api/manage/complaints.xlsx")).content))
        assert [row[0].value for row in book["complaints"].iter_rows(min_row=2)] == [others["number"]]
        assert (await rival.get("/api/manage/complaints/due")).json()["open"] == 1, "of two"
        for deed in ({"type": "close"}, {"type": "reject", "text": "x"}, {"type": "forward", "tenant": "POLRES"}):
            assert (await tenant.post("/api/manage/complaints/1", json=deed)).status_code == 403, deed
        assert (await tenant.get("/api/manage/complaints/lapor.json")).status_code == 403
        async with (
            house.follow(f"/live/complaints/{kept['code']}") as phone,
            house.follow("/live/manage/complaints", other) as desk,
        ):
            assert [one["id"] for one in (await desk.next())["complaints"]] == [2]
            await step(house, own, 1, type="start")
            await step(house, own, 1, type="answer", text="Uangnya kami kembalikan.")
            seen = await phone.until(lambda view: view["state"] == "answered")
        assert seen["said"] == "Uangnya kami kembalikan."
        public = (await holder.get(f"/api/complaints/{kept['code']}")).text
        page = await holder.get(f"/c/{kept['code']}")
        assert "no-store" in page.headers["cache-control"]
        for told in (public, page.text, str(seen)):
            for secret in ("Maria", "0812", WORDS, "Mohon diperiksa", "Yohanes", others["number"], others["code"]):
                assert secret not in told
        closed = await holder.post(f"/api/complaints/{kept['code']}/close", json={"request": "tap-3"})
        assert closed.json()["state"] == "closed"
        again = {"text": "Belum saya terima", "request": "tap-4"}
        for _ in range(2):
            reopened = await holder.post(f"/api/complaints/{kept['code']}/reopen", json=again)
            assert (reopened.status_code, reopened.json()["state"]) == (200, "reopened")
    assert (await step(house, mall, 1, type="verify", kind="simple"))["contact"]["contact"] == "0812-3456"


async def test_a_kiosk_prints_the_receipt_and_only_staff_take_for_others(house: House) -> None:
    await house.device(Role.PRINTER, "P01")
    kiosk, greeter = await house.device(Role.KIOSK, "K01", printer="P01"), await house.token(Role.GREETER)
    assert (await complain(house, kiosk, at="kiosk", paper=True))["slip"]["state"] == "waiting"
    assert (await complain(house, greeter, at="desk", request="tap-2"))["slip"] is None
    async with house.client() as line:
        for at in ("kiosk", "desk"):
            body = {"text": "x", "identity": "anonymous", "at": at, "request": "tap-3"}
            assert (await line.post("/api/complaints", json=body)).status_code == 401, at
        foreign = {"origin": "https://elsewhere.example"}
        body = {"text": "x", "identity": "anonymous", "request": "tap-4"}
        assert (await line.post("/api/complaints", json=body, headers=foreign)).status_code == 403


async def test_who_answers_for_complaints_is_named_and_the_check_sees_it(house: House) -> None:
    desk = {"officer": "Kepala Bidang Pengaduan", "address": "Lantai 1", "phone": "(0388) 000-000"}
    async with house.client(await house.token(Role.MANAGER)) as line:

        async def seen() -> str:
            checks = (await line.get("/api/readiness")).json()["checks"]
            return next(str(one["evidence"][0]["measure"]) for one in checks if one["id"] == "R13")

        assert await seen() == "no_complaint_officer"
        for _ in range(2):
            assert (await line.put("/api/manage/complaints/desk", json=desk)).json()["desk"] == desk
        assert await seen() == "complaint_officer"
        assert (await line.put("/api/manage/complaints/desk", json={"officer": "a\nb"})).status_code == 400
    log = await house.log()
    assert [event.kind for event in log].count("complaint_desk_named") == 1, "the same twice is one change"
    assert not any("Kepala" in event.body for event in log)


async def test_guessing_codes_and_flooding_are_stopped(house: House) -> None:
    async with house.client() as line:
        for nth in range(routes.COMPLAINTS_A_MINUTE):
            body = {"text": "x", "identity": "anonymous", "tenant": "NO", "request": f"tap-{nth}"}
            assert (await line.post("/api/complaints", json=body)).status_code == 404
        assert (await line.post("/api/complaints", json=body)).status_code == 429
        for nth in range(UNKNOWN_CODES_A_MINUTE):
            assert (await line.get(f"/api/complaints/guess{nth}")).status_code == 404
        assert (await line.get("/api/complaints/guess")).status_code == 429
        assert (await line.get("/c/guess")).status_code == 429
        assert (await line.get("/api/tickets/guess")).status_code == 429, "codes of tickets count too"


async def test_the_register_and_the_hand_over_file_name_nobody(house: House) -> None:
    manager = await house.token(Role.MANAGER)
    await complain(house, service="KTP", **MARIA)
    await complain(house, request="tap-2", text="=1+1 jam buka?")
    await step(house, manager, 1, type="verify", kind="inspection")
    await step(house, manager, 1, type="hand_over", text="LAPOR! 8123")
    await step(house, manager, 2, type="verify", kind="information")
    await step(house, manager, 2, type="answer", text="08.00 sampai 15.00")
    async with house.client(manager) as line:
        register = (await line.get("/api/manage/complaints.csv?from=2026-01-01&to=2026-12-31")).content.decode(
            "utf-8-sig"
        )
        book = openpyxl.load_workbook(BytesIO((await line.get("/api/manage/complaints.xlsx")).content))
        lapor = (await line.get("/api/manage/complaints/lapor.json")).json()
        lapor_csv = (await line.get("/api/manage/complaints/lapor.csv?complaint=2")).content.decode("utf-8-sig")
    first, second = DictReader(StringIO(register))
    assert (first["state"], first["answered_in_time"], first["service"]) == ("handed_over", "", "Perekaman KTP-el")
    assert (second["working_days_until_answer"], second["answered_in_time"]) == ("0", "yes")
    assert [cell.value for cell in book["complaints"][1]] == [*first]
    (report,) = lapor["reports"]
    assert (report["class"], report["identity"], report["report"]) == ("pengaduan", "rahasia", WORDS)
    (asked,) = DictReader(StringIO(lapor_csv))
    assert (asked["class"], asked["report"]) == ("permintaan informasi", "'=1+1 jam buka?")
    for told in (register, str(lapor), lapor_csv):
        assert "Maria" not in told
        assert "0812" not in told
