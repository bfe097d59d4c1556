"""Who may write which standard, over HTTP, and that everybody may read what is published."""

import asyncio
from pathlib import Path

import pytest
from click.testing import CliRunner

from mpp.cli import main
from tests.flows.doors import STANDARD
from tests.flows.house import House
from tests.flows.test_report import text_of
from ticketing.core.access import Role

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

NEW = {**STANDARD, "product": "=KTP-el"}


async def test_a_tenant_writes_its_own_standards_and_the_mall_approves(house: House, tmp_path: Path) -> None:
    supervisor, manager = await house.token(Role.SUPERVISOR, "s", "DUKCAPIL"), await house.token(Role.MANAGER)
    async with house.client(supervisor) as tenant, house.client(manager) as leader, house.client() as anybody:
        told = (await tenant.get("/api/standards")).json()
        assert [one["tenant"]["code"] for one in told["tenants"]] == ["DUKCAPIL"]
        for method, path, body in (
            ("GET", "SKCK", None),
            ("POST", "SKCK/draft", {"standard": NEW}),
            ("POST", "SKCK/take-up", {"version": 1}),
            ("POST", "KTP/approve", {"revision": 1}),
        ):
            assert (await tenant.request(method, f"/api/standards/{path}", json=body)).status_code == 403, path

        assert (await tenant.post("/api/standards/KTP/draft", json={"standard": NEW})).json()["version"][
            "revision"
        ] == 1
        await tenant.post("/api/standards/KTP/send", json={"revision": 1})
        approved = await leader.post("/api/standards/KTP/approve", json={"revision": 1, "day": "2026-12-01"})
        assert approved.json()["version"]["state"] == "coming"
        assert (await tenant.post("/api/standards/KTP/return", json={})).status_code == 403, "it is approved already"
        await leader.post("/api/standards/KTP/return", json={"remark": "Sekarang saja"})
        await tenant.post("/api/standards/KTP/send", json={"revision": 1})
        assert (await leader.post("/api/standards/KTP/approve", json={"revision": 1})).json()["version"] is None

        published = (await anybody.get("/api/standards.json")).json()
        (one,) = [one for each in published["tenants"] for one in each["services"] if one["code"] == "KTP"]
        assert (one["standard"]["product"], one["completeness"]["delivery"]) == ("=KTP-el", 4)
        table = (await anybody.get("/api/standards.csv")).content.decode("utf-8-sig")
        assert "'=KTP-el" in table, "no spreadsheet takes a word for a formula"
        printed = await anybody.get("/api/standards.pdf")
        assert (printed.status_code, printed.headers["content-type"]) == (200, "application/pdf")
        assert "=KTP-el" in text_of(printed.content)
        assert (await anybody.get("/api/standards.pdf?language=xx")).status_code == 400
    command = ["report", "standards", "--data", str(house.config.data), "--out", str(tmp_path / "book.pdf")]
    done = await asyncio.to_thread(CliRunner().invoke, main, command)
    assert done.exit_code == 0, done.output
    assert "=KTP-el" in text_of((tmp_path / "book.pdf").read_bytes())
    assert [kind for kind in await house.told() if kind.startswith("standard_")] == [
        "standard_saved",
        "standard_sent",
        "standard_approved",
        "standard_returned",
        "standard_sent",
        "standard_approved",
        "standard_published",
    ]
