"""The floor plan over HTTP: who shows it, who sees it, what is refused, and that a mistake can be undone."""

from io import BytesIO

import pytest
from PIL import Image

from mpp.floorplan.core import KEPT
from tests.flows.house import House
from tests.flows.test_media import picture
from ticketing.core.access import Role

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


async def test_a_plan_is_shown_to_everybody_and_can_be_taken_back(house: House) -> None:
    async with house.client(await house.token(Role.MANAGER)) as leader, house.client() as anybody:
        bare = (await anybody.get("/api/floor-plan")).json()
        assert bare["picture"] is None
        assert [zone["code"] for zone in bare["zones"]] == ["A", "B"]
        desk = bare["zones"][0]["counters"][0]
        assert {"code": "L01", "tenant": "DUKCAPIL"}.items() <= desk.items(), "in words, even without a picture"

        first = (await leader.put("/api/floor-plan", content=picture())).json()["picture"]
        told = (await anybody.get("/api/floor-plan")).json()["picture"]
        assert (told["path"], told["width"], told["height"]) == (first["path"], 640, 360)
        answer = await anybody.get(first["path"])
        assert (answer.headers["content-type"], answer.headers["x-content-type-options"]) == ("image/jpeg", "nosniff")
        with Image.open(BytesIO(answer.content)) as seen:
            assert dict(seen.getexif()) == {}, "where it was taken is gone"

        second = (await leader.put("/api/floor-plan", content=picture("PNG"))).json()
        assert [one["id"] for one in second["before"]] == [first["id"]]
        assert (await anybody.get(first["path"])).status_code == 404, "no longer shown"
        assert (await leader.get(first["path"])).status_code == 200
        again = (await leader.post(f"{first['path']}/show")).json()
        assert (again["picture"]["id"], again["before"][0]["id"]) == (first["id"], second["picture"]["id"])
        assert (await leader.delete("/api/floor-plan")).json()["picture"] is None
        assert (await leader.delete("/api/floor-plan")).status_code == 404
        assert (await anybody.get("/api/floor-plan")).json()["picture"] is None
        for _ in range(KEPT + 1):
            kept = (await leader.put("/api/floor-plan", content=picture("PNG", (8, 8)))).json()
        assert len(kept["before"]) == KEPT - 1
        for wrong, content, code in (
            (415, DRAWING, "no_picture"),
            (415, b"", "no_picture"),
            (415, picture()[:400], "no_picture"),
            (413, picture("PNG", (10_000, 6_100)), "picture_too_large"),
        ):
            refused = await leader.put("/api/floor-plan", content=content)
            assert (refused.status_code, refused.json()["code"]) == (wrong, code)
    kinds = [kind for kind in await house.told() if kind.startswith("floor_plan")]
    assert kinds[:4] == ["floor_plan_shown", "floor_plan_shown", "floor_plan_shown", "floor_plan_removed"]
