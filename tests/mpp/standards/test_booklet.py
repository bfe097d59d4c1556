"""The booklet says of every service what is published, marks what is missing, and can be read aloud."""

import pypdfium2  # type: ignore[import-untyped]  # it ships no types
import pytest
from msgspec.structs import replace

from mpp.standards import actions, booklet, reads
from tests.mpp.standards.test_completeness import FULL
from tests.ticketing.deeds import hall_of
from ticketing import store
from ticketing.core.ids import MallId
from ticketing.core.refused import BadRequest
from ticketing.db import Db
from ticketing.texts import say

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

NEW = replace(FULL, product="Kartu baru", set_by="SK 12/2026", review_on=None)


def text_of(pdf: bytes) -> str:
    """Read a PDF as one line."""
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(pdf))


@pytest.mark.parametrize("language", ["id", "en"])
async def test_every_service_stands_in_it_with_what_is_said_and_what_is_missing(
    db: Db, mall: MallId, language: str
) -> None:
    async with db.write(mall, "person:1") as tx:
        row = await store.service(tx, "KTP")
        await actions.save(tx, row, NEW, None)
        await actions.send(tx, row, 1)
        await actions.approve(tx, row, 1, None)
    pdf = await booklet.booklet(hall_of(db), mall, language)
    assert b"pdfuaid" in pdf, "not marked as readable by everybody"
    assert b"/StructTreeRoot" in pdf
    assert len(pypdfium2.PdfDocument(pdf)) > 4, "cover, pledge, contents, tenants, notes"
    text = text_of(pdf)
    async with db.read(mall) as tx:
        told = await reads.public_standards(tx, "http://mal")
    services = [one for tenant in told.tenants for one in tenant.services]
    first = say(language, "booklet.complete", n="@", of=14, six=0, of_six=6).partition("@")[2].split(";")[0]
    assert text.count(first) == len(services)
    for one in services:
        assert ((one.name_en if language == "en" else None) or one.name) in text
    empty = sum(len(one.completeness.missing) for one in services)
    assert text.count(say(language, "booklet.missing")) == empty > 0
    for said in ("Kartu baru", "SK 12/2026", say(language, "booklet.version", n=2, day="@").split(" @")[0]):
        assert said in text, said
    assert told.edition in text


async def test_an_unknown_language_is_refused(db: Db, mall: MallId) -> None:
    with pytest.raises(BadRequest, match="id, en"):
        await booklet.booklet(hall_of(db), mall, "xx")
