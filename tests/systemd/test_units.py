from pathlib import Path

import click
import pytest

from hardware.cli import main as agent
from mpp.cli import main as mpp
from tests.systemd.units import FOLDER, SERVICES, UNITS, command, copy_to, run

EXPOSURE = {
    "mpp.service": 1.2,
    "mpp-backup.service": 1.2,
    "mpp-agent-print@.service": 1.6,
    "mpp-agent-kiosk.service": 1.6,
    "mpp-agent-speak@.service": 1.5,
    "mpp-kiosk.service": 2.9,
    "mpp-board@.service": 2.9,
}
"""What systemd may find at most, from 0 (nothing is open) to 10; a browser's own sandbox needs what others must not."""


@pytest.mark.parametrize("unit", UNITS)
def test_systemd_finds_no_fault_in_a_unit(unit: str, tmp_path: Path) -> None:
    found = run("systemd-analyze", "verify", "--man=no", "--recursive-errors=no", str(copy_to(tmp_path) / unit))

    assert found.returncode == 0, found.stderr
    assert "unknown" not in found.stderr.lower(), found.stderr


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(("ProtectHome=yes", "ProtectHomes=yes"), id="a misspelt setting"),
        pytest.param(("mpp serve", "mppx serve"), id="a program that is not there"),
        pytest.param(("WatchdogSec=30", "WatchdogSec=thirty"), id="a span that cannot be read"),
    ],
)
def test_a_planted_fault_is_found(fault: tuple[str, str], tmp_path: Path) -> None:
    found = run(
        "systemd-analyze",
        "verify",
        "--man=no",
        "--recursive-errors=no",
        str(copy_to(tmp_path, [fault]) / "mpp.service"),
    )

    assert found.returncode != 0 or "unknown" in found.stderr.lower()


@pytest.mark.parametrize("unit", SERVICES)
def test_a_service_is_not_more_exposed_than_stated(unit: str) -> None:
    most = round(EXPOSURE[unit] * 10)

    found = run(
        "systemd-analyze", "security", "--offline=true", f"--threshold={most}", "--no-pager", str(FOLDER / unit)
    )

    assert found.returncode == 0, f"{found.stdout}\n{found.stderr}"
    assert "ignoring" not in found.stderr, found.stderr


def test_the_timer_calls_the_backup_every_night() -> None:
    (calendar,) = (
        line.removeprefix("OnCalendar=")
        for line in (FOLDER / "mpp-backup.timer").read_text(encoding="utf-8").splitlines()
        if line.startswith("OnCalendar=")
    )

    found = run("systemd-analyze", "calendar", "--iterations=2", "--base-time=2026-11-23 12:00:00 UTC", calendar)

    assert found.returncode == 0, found.stderr
    assert "2026-11-24 01:30:00" in found.stdout
    assert "2026-11-25 01:30:00" in found.stdout


@pytest.mark.parametrize(
    ("unit", "program"),
    [
        ("mpp.service", mpp),
        ("mpp-backup.service", mpp),
        ("mpp-agent-print@.service", agent),
        ("mpp-agent-kiosk.service", agent),
        ("mpp-agent-speak@.service", agent),
    ],
)
def test_the_programs_understand_the_words_of_the_units(unit: str, program: click.Group, tmp_path: Path) -> None:
    values = {"${MPP_SERVER}": "http://192.168.1.10:8080", "${MPP_TO}": "aplay", "%S": str(tmp_path), "%i": "P01"}
    name, *words = command(unit, values)[1:]

    with program.commands[name].make_context(name, words) as understood:
        assert understood.params


def test_the_accounts_of_the_units_are_made(tmp_path: Path) -> None:
    users = {
        line.removeprefix("User=")
        for unit in SERVICES
        for line in (FOLDER / unit).read_text(encoding="utf-8").splitlines()
        if line.startswith("User=")
    }
    (tmp_path / "etc").mkdir()

    made = run("systemd-sysusers", f"--root={tmp_path}", str(FOLDER / "mpp.sysusers"))

    assert made.returncode == 0, made.stderr
    passwd = (tmp_path / "etc/passwd").read_text(encoding="utf-8").splitlines()
    assert {line.split(":")[0]: line.split(":")[5] for line in passwd} == {user: f"/var/lib/{user}" for user in users}
