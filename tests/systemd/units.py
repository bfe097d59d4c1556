"""The units as they are in the repository, and how to have them read by systemd itself."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(__file__).parent.parent.parent / "systemd"
UNITS = sorted(file.name for file in FOLDER.iterdir() if file.suffix in {".service", ".timer"})
SERVICES = [name for name in UNITS if name.endswith(".service")]
INSTALLED = "/opt/mpp/bin/"
PROGRAMS = f"{Path(sys.executable).parent}/"
"""Where mpp and mpp-agent are here; docs/install.md puts them into INSTALLED."""


def copy_to(folder: Path, replacements: Iterable[tuple[str, str]] = ()) -> Path:
    """Copy all units, with the programs where they are on this machine.

    cage is looked at by nobody here: it is in no test's way, and /bin/true stands for it where it is not installed.
    """
    cage = shutil.which("cage") or "/bin/true"
    for name in UNITS:
        text = (FOLDER / name).read_text(encoding="utf-8")
        for old, new in [(INSTALLED, PROGRAMS), ("/usr/bin/cage", cage), *replacements]:
            text = text.replace(old, new)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one of systemd's own programs."""
    path = shutil.which(program)
    assert path, f"the units cannot be checked without {program}: install Debian's package systemd"
    environment = {**os.environ, "SYSTEMD_COLORS": "0", "LANG": "C.UTF-8"}
    return subprocess.run([path, *arguments], capture_output=True, text=True, env=environment, check=False)


def command(unit: str, values: dict[str, str]) -> list[str]:
    """Return the words of a unit's ExecStart, with specifiers and variables filled in."""
    text = (FOLDER / unit).read_text(encoding="utf-8").replace("\\\n", " ")
    (line,) = (line.removeprefix("ExecStart=") for line in text.splitlines() if line.startswith("ExecStart="))
    for name, value in {INSTALLED: PROGRAMS, **values}.items():
        line = line.replace(name, value)
    return shlex.split(line)
