"""Takes the pictures of the pages at their real sizes: `make screenshots` writes them into a folder, to be looked at."""

import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page
from ticketing.texts import say

from tests.browser.stage import Stage, chromium, staged, visitor

SHOWN_IN_README = {"kiosk-service": "kiosk", "board": "board"}
Act = Callable[[Page], object]


def touch(*keys: str) -> Act:
    """Return a walk that presses one button after another, named by catalogue key or by words."""

    def act(page: Page) -> None:
        for key in keys:
            name = say("id", key) if re.fullmatch(r"[a-z_]+(\.[a-z_]+)+", key) else key
            page.get_by_role("button", name=re.compile(name)).first.click()
            page.wait_for_timeout(400)

    return act


def sign_in(login: str, *then: str) -> Act:
    """Return a walk that signs in and then presses buttons."""

    def act(page: Page) -> None:
        page.get_by_label(say("id", "signin.login")).fill(login)
        page.get_by_label(say("id", "signin.password")).fill("contoh-mpp")
        page.get_by_role("button", name=say("id", "signin.enter"), exact=True).click()
        page.wait_for_timeout(800)
        touch(*then)(page)

    return act


def fill(stage: Stage) -> str:
    """Put people into the hall; return the code of one who waits."""
    for service, how_many in (
        ("DUKCAPIL-01", 6),
        ("DUKCAPIL-08", 4),
        ("SAMSAT-01", 3),
        ("POLRES-01", 2),
        ("DPMPTSP-01", 2),
    ):
        for _ in range(how_many):
            stage.take(service)
    stage.take("DUKCAPIL-02", priority=True)
    for counter in stage.client.get("/api/counters").json():
        stage.post(f"/api/counters/{counter['code']}/open")
    for counter in ("L01", "L02", "L03", "L04"):
        stage.post(f"/api/counters/{counter}/call-next")
    stage.post("/api/counters/L02/start")
    return str(stage.take("DUKCAPIL-03")["code"])


def take(browser: Browser, stage: Stage, folder: Path) -> None:
    """Take all pictures."""
    code = fill(stage)
    kiosk, hall, desk, phone = (1080, 1920), (1920, 1080), (1366, 768), (360, 800)
    shots: list[tuple[str, str, tuple[int, int], Act]] = [
        ("kiosk-start", "/kiosk", kiosk, touch()),
        ("kiosk-tenants", "/kiosk", kiosk, touch("kiosk.take")),
        ("kiosk-services", "/kiosk", kiosk, touch("kiosk.take", "Dukcapil")),
        ("kiosk-service", "/kiosk", kiosk, touch("kiosk.take", "Dukcapil", "Kartu Keluarga")),
        ("kiosk-ticket", "/kiosk", kiosk, touch("kiosk.take", "Samsat", "Pengesahan", "kiosk.take")),
        ("kiosk-landscape", "/kiosk", desk, touch("kiosk.take")),
        ("board", "/board/A", hall, touch()),
        ("sign", "/sign/L02", hall, touch()),
        ("counter-sign-in", "/counter", desk, touch()),
        ("counter", "/counter", desk, sign_in("petugas", r"Loket 2\b")),
        ("phone", f"/t/{code}", phone, touch()),
        ("manage", "/manage", desk, sign_in("admin")),
        ("info", "/info", desk, touch()),
    ]
    for name, path, (width, height), act in shots:
        context = visitor(browser, width, height)
        page = context.new_page()
        page.goto(stage.address + path)
        page.wait_for_timeout(1200)
        act(page)
        page.wait_for_timeout(1500)
        page.screenshot(path=folder / f"{name}.png")
        context.close()
        print(folder / f"{name}.png")  # noqa: T201 - this is what the command is for


def main(folder: Path) -> None:
    """Take the pictures into `folder`; the two of the README go to docs/pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, staged(Path(data)) as stage, chromium() as browser:
        take(browser, stage, folder)
    for name, shown in SHOWN_IN_README.items():
        (Path("docs/pictures") / f"{shown}.png").write_bytes((folder / f"{name}.png").read_bytes())


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "artifacts/screenshots"))
