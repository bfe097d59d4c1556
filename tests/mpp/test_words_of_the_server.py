"""What the server writes into views is data or comes from the catalogue: no sentence stands in its code.

Sentences of refusals are for programs and logs; pages choose their own by the code (tests/web/outside.test.ts).
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
NAMES = ("reads.py", "views.py", "offers.py", "standings.py", "slips.py", "kits.py", "paper.py")
MAKERS = sorted(
    path
    for package in ("mpp", "display", "counters", "ticketing")
    for path in (ROOT / package).rglob("*.py")
    if path.name in NAMES
)
SENTENCE = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")


def sentences(source: str) -> Iterator[str]:
    """Find the sentences that are neither docstrings nor said to programs."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr | ast.Raise):
            for part in ast.walk(node):
                if isinstance(part, ast.Constant):
                    part.value = None
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SENTENCE.search(node.value):
            yield node.value


def test_the_makers_of_views_are_known() -> None:
    assert {path.name for path in MAKERS} == set(NAMES)


@pytest.mark.parametrize("path", MAKERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_sentence_for_people_stands_in_the_code(path: Path) -> None:
    assert list(sentences(path.read_text(encoding="utf-8"))) == []


def test_a_sentence_would_be_found() -> None:
    code = """def show():
    '''Show it.'''
    raise KeyError("not this one")
    return View(title="Silakan duduk", hint=f"Loket {n} sedang tutup")
"""
    assert list(sentences(code)) == ["Silakan duduk", " sedang tutup"]
