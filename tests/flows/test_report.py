"""The report of a month: its figures are those of the history, in both languages, by HTTP and by the command."""

import asyncio
import re
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # it ships no types
import pytest
from click.testing import CliRunner

from mpp.cli import main
from tests.flows.house import House
from tests.flows.test_history import ask, serve
from tests.stopped_clock import StoppedClock
from ticketing.core.access import Role

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def text_of(pdf: bytes) -> str:
    """Read a PDF as one line."""
    pages = pypdfium2.PdfDocument(pdf)
    return re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_range() for page in pages))


async def test_the_figures_on_paper_are_those_of_the_history(house: House, clock: StoppedClock, tmp_path: Path) -> None:
    async with house.client(await house.token(Role.MANAGER)) as line:
        await serve(line, clock, "KTP", "L01", 6)
        await serve(line, clock, "SKCK", "L03", 5)
        answer = await line.get("/api/reports/2026-11.pdf")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
        assert b"pdfuaid" in answer.content, "not marked as readable by everybody"
        told = await ask(line, "?from=2026-11-01&to=2026-11-30")
        english = text_of((await line.get("/api/reports/2026-11.pdf?language=en&tenant=POLRES")).content)
        for path in ("2026-13.pdf", "november.pdf", "2026-12.pdf", "2026-11.pdf?language=fr"):
            assert (await line.get(f"/api/reports/{path}")).status_code == 400, path
    paper = text_of(answer.content)
    assert f"Nomor diambil {told['total']['arrivals']} 0" in paper
    assert "Pengaduan masuk 0 0" in paper
    short = {one["code"]: one["short_name"] for one in told["tenants"]}
    for group in told["groups"]:
        of = group["figures"]
        minutes = [f"{spread / 60:.1f}".replace(".", ",") for spread in (of["wait"]["median"], of["wait"]["p90"])]
        row = f"{short[group['key']]} {of['n']} {' '.join(minutes)} {of['in_target']:.0%}"
        assert row in paper, (row, paper)
    assert "Service report November 2026" in english
    assert "Turns" in english
    assert "KTP" not in english
    command = ["report", "month", "2026-11", "--data", str(house.config.data), "--out", str(tmp_path / "month.pdf")]
    done = await asyncio.to_thread(CliRunner().invoke, main, command)
    assert done.exit_code == 0, done.output
    assert "Laporan pelayanan November 2026" in text_of((tmp_path / "month.pdf").read_bytes())


async def test_a_supervisor_takes_the_own_tenant_along(house: House, clock: StoppedClock) -> None:
    async with house.client(await house.token(Role.MANAGER)) as line:
        await serve(line, clock, "KTP", "L01", 6)
    async with house.client(await house.token(Role.SUPERVISOR, tenant="POLRES")) as own:
        paper = text_of((await own.get("/api/reports/2026-11.pdf")).content)
        assert "Nomor diambil 0 0" in paper
        assert (await own.get("/api/reports/2026-11.pdf?tenant=DUKCAPIL")).status_code == 403
