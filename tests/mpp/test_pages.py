"""Built files are handed out as small as the browser can take them."""

from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from mpp import pages

SCRIPT = b"const number = 'B-012';\n" * 40


@pytest.fixture
def application(tmp_path: Path) -> Litestar:
    """Serve two files, one of them compressed beforehand."""
    (tmp_path / "x.js").write_bytes(SCRIPT)
    (tmp_path / "x.js.br").write_bytes(b"brotli")
    (tmp_path / "x.js.gz").write_bytes(b"gzip")
    (tmp_path / "font.woff2").write_bytes(b"woff2")
    return Litestar([pages.assets(pages.load(tmp_path))])


@pytest.mark.parametrize(
    ("asked", "got"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),  # every browser, where there is no HTTPS
        ("identity", None),
        ("", None),
    ],
)
def test_a_file_comes_in_the_smallest_form_that_is_asked_for(
    application: Litestar, asked: str, got: str | None
) -> None:
    with TestClient(application) as client, client.stream("GET", "/a/x.js", headers={"accept-encoding": asked}) as said:
        body = b"".join(said.iter_raw())
    assert said.headers.get("content-encoding") == got
    assert said.headers["vary"] == "accept-encoding"
    assert {"br": b"brotli", "gzip": b"gzip", None: SCRIPT}[got] == body


def test_what_is_compressed_already_is_left_alone(application: Litestar) -> None:
    with TestClient(application) as client:
        assert "content-encoding" not in client.get("/a/font.woff2").headers
