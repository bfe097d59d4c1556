"""Forms over HTTP: a tenant describes its own, everybody reads them, and what was before can be used again."""

import pytest

from tests.flows.house import House
from ticketing.core.access import Role

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

NAME = {"label": "Nama", "required": True, "most": 60}
WHY = {"label": "Alasan", "kind": "choice", "choices": ["Baru", "Hilang"]}
FIRST = {"title": "Permohonan", "fields": [NAME]}


async def test_a_tenant_describes_its_own_forms_and_everybody_reads_them(house: House) -> None:
    supervisor = await house.token(Role.SUPERVISOR, "s", "DUKCAPIL")
    async with house.client(supervisor) as tenant, house.client() as anybody:
        listed = (await tenant.get("/api/forms")).json()
        assert [one["tenant"]["code"] for one in listed] == ["DUKCAPIL"]
        assert (await tenant.get("/api/forms/SKCK")).status_code == 403
        assert (await tenant.post("/api/forms/SKCK", json={"forms": [], "basis": "x"})).status_code == 403

        empty = (await tenant.get("/api/forms/KTP")).json()
        assert (empty["forms"], empty["history"]) == ([], [])
        one = (await tenant.post("/api/forms/KTP", json={"forms": [FIRST], "basis": empty["basis"]})).json()
        late = await tenant.post("/api/forms/KTP", json={"forms": [], "basis": empty["basis"]})
        assert (late.status_code, late.json()["code"]) == (409, "forms_rewritten")
        faulty = {**FIRST, "fields": [{**WHY, "choices": ["Baru"]}]}
        refused = await tenant.post("/api/forms/KTP", json={"forms": [faulty], "basis": one["basis"]})
        assert (refused.status_code, refused.json()["code"]) == (400, "faulty_form")
        two = (
            await tenant.post(
                "/api/forms/KTP", json={"forms": [{**FIRST, "fields": [NAME, WHY]}], "basis": one["basis"]}
            )
        ).json()
        assert len(two["history"]) == 2

        published = (await anybody.get("/api/standards.json")).json()
        (ktp,) = [one for each in published["tenants"] for one in each["services"] if one["code"] == "KTP"]
        assert ktp["forms"] == two["forms"]
        older = two["history"][-1]["id"]
        back = (await tenant.post("/api/forms/KTP/take-up", json={"version": older, "basis": two["basis"]})).json()
        assert (back["forms"], len(back["history"])) == ([FIRST], 3)
        gone = await tenant.post("/api/forms/KTP/take-up", json={"version": 99, "basis": back["basis"]})
        assert gone.status_code == 404
    assert [kind for kind in await house.told() if kind == "forms_saved"] == ["forms_saved"] * 3
