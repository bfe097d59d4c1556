"""Takes the pictures of the pages at their real sizes, to be looked at: `make screenshots`."""

import sys
import tempfile
from collections.abc import Callable, Iterable
from functools import partial
from io import BytesIO
from pathlib import Path

from msgspec import Struct
from PIL import Image
from playwright.sync_api import Browser

from tests.browser.before import fill, put_up, set_aside, take_down
from tests.browser.door import Change, Door, cut_off, of_services, rest
from tests.browser.installation import Installation, installed
from tests.browser.line import View, crowd_of, line_with
from tests.browser.month import month
from tests.browser.stage import Stage, chromium, staged, visitor
from tests.browser.walks import Act, at_information, enter, leave_alone, of_history, seek, settle, touch
from tests.browser.windows import add_cookie, text

README = Path("docs/pictures")
SHOWN_IN_README = {"kiosk-service": "kiosk", "board": "board"}
COLOURS = 256
"""Of a picture in the README: a palette makes it a third as large."""

KIOSK, HALL, DESK, PHONE = (1080, 1920), (1920, 1080), (1366, 768), (360, 800)
SIZES = {"upright": KIOSK, "hall": HALL, "desk": DESK, "phone": PHONE}
NOTICE = (
    "Layanan Samsat di loket 9 dan 10 hari ini tutup pukul 11.00 karena salat Jumat. "
    "Silakan datang kembali pukul 13.30 WITA."
)
"""As long a notice as a mall may write."""
BREAK = '{open: "00:00", close: "23:59", breaks: [{start: "00:01", end: "23:58", name: Istirahat}]}'


class Shot(Struct, frozen=True):
    """One picture: where, how large, what is done on the page, what in the hall before, what of a kiosk's view.

    `view` is one that no hall has just now, instead of the server's.
    """

    name: str
    path: str
    size: tuple[int, int]
    act: Act = lambda _: None
    before: Callable[[], object] = lambda: None
    device: str | None = None
    change: Change | None = None
    view: Callable[[], View] | None = None


def shown(stage: Stage, path: str, **fields: object) -> View:
    """Return a view of the server with other fields."""
    return dict(stage.client.get(f"/api/{path}").json()) | fields


def crowds(stage: Stage) -> Iterable[Shot]:
    """List the pictures of a board on which many are called at once, of a sign in every state, of long numbers."""
    view = stage.client.get("/api/boards/A").json()
    for how_many in (2, 5, 9, 16):
        for name, size in (("crowd", HALL), ("crowd-upright", KIOSK)):
            yield Shot(f"board-{name}-{how_many}", "/board/A", size, view=partial(crowd_of, view, how_many))
    before = [
        {**call, "state": "serving", "speech": None, "called_at": "2026-01-01T00:00:00Z"} for call in view["calls"]
    ]
    two = crowd_of(view, 2)
    yield Shot("board-crowd-2-earlier", "/board/A", HALL, view=lambda: two | {"calls": two["calls"] + before})
    yield Shot("board-ticker", "/board/A", HALL, view=partial(shown, stage, "boards/A", ticker=[NOTICE]))
    for name, fields in SIGNS.items():
        for form, size in (("", HALL), ("-upright", KIOSK)):
            yield Shot(f"sign-{name}{form}", "/sign/L01", size, view=partial(shown, stage, "signs/L01", **fields))


SIGNS: dict[str, dict[str, object]] = {
    "called-long": {"number": "PAB-012", "phase": "called"},
    "serving-long": {"number": "PB-0123", "phase": "serving"},
    "open-now": {"number": None, "phase": None, "state": "open"},
    "paused": {"number": None, "phase": None, "state": "paused"},
    "closed": {"number": None, "phase": None, "state": "closed"},
}


def every_size(stage: Stage, code: str) -> Iterable[Shot]:
    """List the pictures of every page at every size, whatever it is made for."""
    pages = (
        ("kiosk", "/kiosk", touch()),
        ("kiosk-service", "/kiosk", touch("Dukcapil", "Kartu Keluarga baru")),
        ("board", "/board/A", touch()),
        ("sign", "/sign/L01", touch()),
        ("counter", "/counter#L02", enter("petugas")),
        ("phone", f"/t/{code}", touch()),
        ("manage", "/manage", enter("admin")),
        ("info", "/info", touch()),
    )
    return [Shot(f"{name}-at-{size}", path, SIZES[size], act) for name, path, act in pages for size in SIZES]


def hall(stage: Stage) -> Iterable[Shot]:
    """List the pictures of a hall at work, in the order in which its day goes on."""
    code = fill(stage)
    called = str(stage.take("BPN-01")["code"])
    soon = str(stage.take("DPMPTSP-01")["code"])
    bpn = stage.counter_of("BPN")["code"]
    kk = ("Dukcapil", "Kartu Keluarga baru")
    taken = ("Samsat", "Pengesahan", "kiosk.take")
    look = ("kiosk.high_contrast", "kiosk.large_text")
    return (
        Shot("kiosk-start", "/kiosk", KIOSK),
        Shot("kiosk-search", "/kiosk", KIOSK, seek("ktp hilng")),
        Shot("kiosk-not-found", "/kiosk", KIOSK, seek("qqxxzz")),
        Shot("kiosk-services", "/kiosk", KIOSK, touch(*kk[:1])),
        Shot("kiosk-service", "/kiosk", KIOSK, touch(*kk)),
        Shot("kiosk-ticked", "/kiosk", KIOSK, touch("DPMPTSP", "PBG", "KKPR", "Gambar arsitektur")),
        Shot("kiosk-large-start", "/kiosk", KIOSK, touch(*look)),
        Shot("kiosk-large", "/kiosk", KIOSK, touch(*look, *kk)),
        Shot("kiosk-large-ticket", "/kiosk", KIOSK, touch(*look, *taken)),
        Shot("kiosk-english", "/kiosk", KIOSK, touch("English", "Dukcapil", "Family")),
        Shot("kiosk-guided", "/kiosk", KIOSK, touch("guide.name", "Dukcapil")),
        Shot("kiosk-ticket", "/kiosk", KIOSK, touch(*taken)),
        Shot("kiosk-ticket-long", "/kiosk", KIOSK, touch("Samsat", "Pengesahan", "kiosk.take_priority")),
        Shot("kiosk-cut-off", "/kiosk", KIOSK, change=cut_off),
        Shot("kiosk-cut-off-service", "/kiosk", KIOSK, touch(*kk), change=cut_off),
        Shot("kiosk-used-up", "/kiosk", KIOSK, touch(*kk), change=of_services(state="used_up")),
        Shot("kiosk-full", "/kiosk", KIOSK, touch(*kk), change=of_services(state="full")),
        Shot("kiosk-holiday", "/kiosk", KIOSK, change=rest("holiday", "Hari Guru")),
        Shot("kiosk-idle", "/kiosk", KIOSK, leave_alone("Dukcapil")),
        Shot("kiosk-landscape", "/kiosk", DESK),
        Shot("kiosk-landscape-search", "/kiosk", DESK, seek("pasang listrik")),
        Shot("kiosk-landscape-service", "/kiosk", DESK, touch(*kk)),
        Shot("kiosk-landscape-ticket", "/kiosk", DESK, touch(*taken)),
        Shot("kiosk-landscape-large", "/kiosk", DESK, touch(*look, *kk)),
        Shot("board", "/board/A", HALL),
        Shot("board-quiet", "/board/C", HALL),
        Shot("sign", "/sign/L02", HALL),
        Shot("sign-called", "/sign/L01", HALL),
        Shot("sign-open", f"/sign/{bpn}", HALL),
        *crowds(stage),
        Shot("board-media", "/board/C", HALL, before=lambda: put_up(stage)),
        Shot("board-media-called", "/board/A", HALL, before=lambda: stage.post("/api/counters/L03/recall")),
        Shot("counter-sign-in", "/counter", DESK, before=lambda: take_down(stage)),
        Shot("counter-choose", "/counter", DESK, enter("petugas")),
        Shot("counter", "/counter#L02", DESK, enter("petugas")),
        Shot("counter-empty", "/counter#L16", DESK, enter("petugas")),
        Shot("counter-transfer", "/counter#L02", DESK, enter("petugas", keys="tpas")),
        Shot("counter-hold", "/counter#L02", DESK, enter("petugas", keys="h")),
        Shot("counter-aside", "/counter#L02", DESK, enter("petugas"), lambda: set_aside(stage)),
        Shot("counter-back", "/counter#L02", DESK, enter("petugas", keys="k")),
        Shot("counter-why", "/counter#L02", DESK, enter("petugas", keys="m")),
        Shot("counter-note", "/counter#L02", DESK, enter("petugas", keys="c")),
        Shot("counter-keys", "/counter#L02", DESK, enter("petugas", keys="p")),
        Shot("counter-close", "/counter#L16", DESK, enter("petugas", keys="e")),
        Shot("counter-narrow", "/counter#L02", (1024, 768), enter("petugas")),
        Shot("counter-enlarged", "/counter#L02", (683, 384), enter("petugas")),
        Shot("counter-about", "/counter#L02", DESK, enter("petugas", text("console.more", number=""))),
        Shot("counter-find", "/counter#L16", DESK, enter("petugas", keys="g")),
        Shot(
            "counter-outcome",
            "/counter#L01",
            DESK,
            enter("petugas", keys=" "),
            before=lambda: stage.post("/api/counters/L01/start"),
        ),
        Shot("phone", f"/t/{code}", PHONE),
        Shot("phone-english", f"/t/{code}", PHONE, touch("English")),
        Shot("phone-called", f"/t/{called}", PHONE, before=lambda: stage.post(f"/api/counters/{bpn}/call-next")),
        Shot("phone-signal", f"/t/{code}", PHONE, touch("phone.alert_on")),
        Shot("phone-late", f"/t/{code}", PHONE, touch("phone.late")),
        Shot("phone-late-used", f"/t/{code}", PHONE, touch("phone.late", "phone.late_yes")),
        Shot("phone-soon", f"/t/{soon}", PHONE),
        Shot("phone-expired", f"/t/{code}", PHONE, view=partial(shown, stage, f"tickets/{code}", state="expired")),
        Shot("phone-small", f"/t/{called}", (320, 568), before=lambda: stage.post(f"/api/counters/{bpn}/recall")),
        Shot("phone-missed", f"/t/{called}", PHONE, before=lambda: stage.post(f"/api/counters/{bpn}/miss")),
        Shot("phone-unknown", "/t/nobody", PHONE),
        *every_size(stage, code),
        Shot("manage", "/manage", DESK, enter("admin")),
        Shot("info", "/info", DESK),
        Shot("info-phone", "/info", PHONE),
        Shot("info-kiosk", "/kiosk", KIOSK, at_information),
        Shot("kiosk-no-paper", "/kiosk", KIOSK, touch(*taken), lambda: stage.trouble("paper_out")),
        Shot("kiosk-start-no-paper", "/kiosk", KIOSK),
        Shot("counter-no-slip", "/counter#L08", DESK, enter("petugas")),
        Shot("manage-trouble", "/manage", DESK, enter("admin")),
    )


def looking_back() -> Iterable[Shot]:
    """List the pictures of the history."""
    path = "/manage/history"

    return (
        Shot("history", path, HALL, of_history()),
        Shot("history-desk", path, DESK, of_history(("1", "hour"))),
        Shot("history-withheld", path, HALL, of_history(("0", "BPN"), ("1", "service"))),
        Shot("history-phone", path, PHONE, of_history()),
        Shot("forecasts", "/manage/forecasts", HALL, enter("manajer")),
        Shot("forecasts-phone", "/manage/forecasts", PHONE, enter("supervisor")),
    )


def at_rest(mall: Installation) -> Iterable[Shot]:
    """List the pictures of a hall during its break, and of devices that nobody has let in yet."""
    kiosk = mall.device("kiosk", "K01")
    mall.ask_in("sign")
    return (
        Shot("kiosk-break", "/kiosk", KIOSK, device=kiosk),
        Shot("kiosk-break-service", "/kiosk", KIOSK, touch("Dukcapil", "Kartu Keluarga baru"), device=kiosk),
        Shot("board-break", "/board/A", HALL, device=mall.device("board", "B01", zone="A")),
        Shot("pairing", "/kiosk", KIOSK),
        Shot("pairing-board", "/board/B", HALL),
        Shot("manage-devices", "/manage/devices", DESK, enter("admin", "manage.approve")),
    )


def take(browser: Browser, stage: Stage, shots: Iterable[Shot], folder: Path, begin: str) -> None:
    """Take the pictures whose names begin so, each in a window of its own."""
    for shot in shots:
        shot.before()
        if not shot.name.startswith(begin):
            continue
        context = visitor(browser, *shot.size)
        if shot.device is not None:
            add_cookie(context, stage.address, shot.device)
        page = context.new_page()
        if shot.view is not None:
            page.add_init_script(line_with(shot.view()))
        page.emulate_media(reduced_motion="reduce")  # no picture in mid-pulse
        door = Door(page) if shot.change else None
        page.goto(stage.address + shot.path)
        page.wait_for_timeout(300)
        settle(page)
        if door is not None and shot.change is not None:
            door.show(shot.change)
        shot.act(page)
        page.wait_for_timeout(1500)
        page.screenshot(path=folder / f"{shot.name}.png")
        context.close()
        print(folder / f"{shot.name}.png")  # noqa: T201 - this is what the command is for


def main(folder: Path, begin: str) -> None:
    """Take the pictures into `folder`; the two of the README go to docs/pictures.

    `begin`: only those whose names begin so; none of the README then.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        with tempfile.TemporaryDirectory() as data, staged(Path(data)) as stage:
            take(browser, stage, hall(stage), folder, begin)
        with tempfile.TemporaryDirectory() as data, installed(Path(data), BREAK) as resting:
            take(browser, resting, at_rest(resting), folder, begin)
        with tempfile.TemporaryDirectory() as data, month(Path(data)) as past:
            take(browser, past, looking_back(), folder, begin)
    for name, kept in SHOWN_IN_README.items() if not begin else ():
        (README / f"{kept}.png").write_bytes(reduced(folder / f"{name}.png"))


def reduced(picture: Path) -> bytes:
    """Return a picture with a palette instead of sixteen million colours."""
    small = BytesIO()
    with Image.open(picture) as image:
        image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
    return small.getvalue()


if __name__ == "__main__":
    given = dict(enumerate(sys.argv))
    main(Path(given.get(1, "artifacts/screenshots")), given.get(2, ""))
