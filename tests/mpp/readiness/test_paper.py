"""The report on paper says what the page says, in both languages."""

import re

import pypdfium2  # type: ignore[import-untyped]  # it ships no types
import pytest

from mpp.privacy import chain
from mpp.privacy.core import heads
from mpp.readiness import assess, paper
from tests.ticketing.deeds import hall_of
from ticketing.core.ids import MallId
from ticketing.core.refused import BadRequest
from ticketing.db import Db
from ticketing.texts import say


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("language", ["id", "en"])
async def test_every_check_stands_on_paper_with_state_and_evidence(db: Db, mall: MallId, language: str) -> None:
    view = await assess.view(hall_of(db), mall)
    pdf = pypdfium2.PdfDocument(await paper.report(hall_of(db), mall, language))
    text = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pdf)
    for check in view.checks:
        name = check.name_en if language == "en" else check.name
        assert f"{check.id} {name}: {say(language, f'readiness_state.{check.state}')}" in text
        assert all((fact.text_en if language == "en" else fact.text) in text for fact in check.evidence)
    assert say(language, "readiness.self") in text
    printed = re.findall(r"\S+ KECIL \d+ [0-9a-f]{64}", text.replace("\u00ad", ""))
    noted = heads.of_mall(heads.read("\n".join(printed)), "KECIL")
    assert noted, "the head of the log stands on paper"
    assert (await chain.verify(db, mall, noted)).wrong == 0


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_an_unknown_language_is_refused(db: Db, mall: MallId) -> None:
    with pytest.raises(BadRequest, match="id, en"):
        await paper.report(hall_of(db), mall, "xx")
