"""The control port: a page with the newest slips and a button for each trouble. Only for this machine."""

import asyncio
import html
from collections.abc import Callable, Sequence
from http import HTTPStatus
from importlib import resources
from string import Template

import msgspec

from hardware.virtual_printer.machine import Trouble
from hardware.virtual_printer.slips import Job, listed

SHOWN = 6
# Slips on the page, the newest first.
OWN_HOSTS = ("127.0.0.1", "localhost")
# The page is for the machine that it runs on.
LONGEST_BODY = 10_000
# A condition takes some fifty bytes; more is a mistake.
NAMES = {
    Trouble.READY: "Normal / Ready",
    Trouble.PAPER_LOW: "Kertas hampir habis / Paper low",
    Trouble.PAPER_OUT: "Kertas habis / Paper out",
    Trouble.COVER_OPEN: "Tutup terbuka / Cover open",
    Trouble.OFFLINE: "Luring / Offline",
    Trouble.FAULTY: "Rusak / Faulty",
    Trouble.MUTE: "Bisu / Mute",
    Trouble.DROP: "Putuskan sambungan / Drop the connection",
}


class Wish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the printer is told to suffer from, and after how many more lines."""

    condition: Trouble
    after_lines: int = 0


class State(msgspec.Struct, frozen=True):
    """What the printer suffers from now."""

    condition: Trouble


class Problem(msgspec.Struct, frozen=True):
    """Why a request was not done."""

    detail: str


class Answer(msgspec.Struct, frozen=True):
    """What goes back to the browser."""

    status: HTTPStatus
    body: bytes
    kind: str = "application/json"


class Control:
    """Answers HTTP for one printer."""

    def __init__(
        self,
        *,
        jobs: Callable[[], Sequence[Job]],
        trouble: Callable[[], Trouble],
        suffer: Callable[[Trouble, int], None],
    ) -> None:
        self._jobs, self._trouble, self._suffer = jobs, trouble, suffer

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request and close."""
        try:
            async with asyncio.timeout(5):
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                body = await reader.readexactly(min(_length(head), LONGEST_BODY))
            method, path, *_ = head.split()
            answer = _foreign(head) or self.answer(method, path, body)
            writer.write(_encode(answer))
            await writer.drain()
        except (TimeoutError, OSError, EOFError, asyncio.LimitOverrunError, ValueError):
            return
        finally:
            writer.close()

    def answer(self, method: str, path: str, body: bytes) -> Answer:
        """Find the answer to a request."""
        match method, path.partition("?")[0].strip("/").split("/"):
            case "GET", [""]:
                return Answer(HTTPStatus.OK, self._page().encode(), "text/html; charset=utf-8")
            case "GET", ["jobs"]:
                return Answer(HTTPStatus.OK, msgspec.json.encode([listed(job) for job in self._jobs()]))
            case "GET", ["jobs", name]:
                return self._picture(name)
            case "GET", ["condition"]:
                return Answer(HTTPStatus.OK, msgspec.json.encode(State(self._trouble())))
            case "POST", ["condition"]:
                return self._change(body)
        return _problem(HTTPStatus.NOT_FOUND, "Nothing here. Try /, /jobs, /jobs/1.png or /condition.")

    def _change(self, body: bytes) -> Answer:
        try:
            wish = msgspec.json.decode(body, type=Wish)
        except msgspec.DecodeError as error:
            return _problem(HTTPStatus.BAD_REQUEST, str(error))
        self._suffer(wish.condition, wish.after_lines)
        return Answer(HTTPStatus.OK, msgspec.json.encode(State(self._trouble())))

    def _picture(self, name: str) -> Answer:
        number = name.removesuffix(".png")
        found = [job for job in self._jobs() if str(job.number) == number]
        if not found:
            return _problem(HTTPStatus.NOT_FOUND, f"No slip {number}.")
        return Answer(HTTPStatus.OK, found[0].png, "image/png")

    def _page(self) -> str:
        page = Template(resources.files(__package__).joinpath("page.html").read_text("utf-8"))
        jobs, now = self._jobs(), self._trouble()
        buttons = "\n".join(_button(trouble, name, trouble is now) for trouble, name in NAMES.items())
        slips = "\n".join(_slip(job) for job in reversed(jobs[-SHOWN:]))
        return page.substitute(buttons=buttons, slips=slips, count=len(jobs))


def _button(trouble: Trouble, name: str, is_pressed: bool) -> str:
    pressed = "true" if is_pressed else "false"
    return f'<button data-condition="{trouble}" aria-pressed="{pressed}">{name}</button>'


def _slip(job: Job) -> str:
    words = html.escape(job.text)
    return f'<li><img src="/jobs/{job.number}.png" width="{job.width // 2}" alt="{words}"></li>'


def _foreign(head: str) -> Answer | None:
    """Refuse a page from elsewhere, and one that was led here by a false name."""
    host = _header(head, "host")
    if host.rpartition(":")[0] in OWN_HOSTS and _header(head, "origin") in ("", f"http://{host}"):
        return None
    return _problem(HTTPStatus.FORBIDDEN, "Open this page as http://127.0.0.1 on the printer's own machine.")


def _header(head: str, name: str) -> str:
    rows = (line.partition(":") for line in head.splitlines()[1:])
    return next((value.strip() for key, _, value in rows if key.strip().lower() == name), "")


def _length(head: str) -> int:
    return int(_header(head, "content-length") or 0)


def _problem(status: HTTPStatus, detail: str) -> Answer:
    return Answer(status, msgspec.json.encode(Problem(detail)))


def _encode(answer: Answer) -> bytes:
    head = (
        f"HTTP/1.1 {answer.status.value} {answer.status.phrase}\r\nContent-Type: {answer.kind}\r\n"
        f"Content-Length: {len(answer.body)}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + answer.body
