"""One ticket from the kiosk's tap to the board, over HTTP and sockets."""

from tests.flows.house import House
from ticketing.core.access import Role


async def test_a_ticket_is_taken_called_served_and_seen(house: House) -> None:
    token = await house.token(Role.ADMINISTRATOR)
    async with house.client(token) as mall, house.follow("/live/boards/A", token) as board:
        first = await board.next()
        assert first["calls"] == []
        ticket = (await mall.post("/api/tickets", json={"service": "KTP", "request": "tap-00001"})).json()
        assert ticket["number"] == "B-001"
        assert (await mall.post("/api/counters/L01/open")).status_code == 200
        assert (await mall.post("/api/counters/L01/call-next")).json()["number"] == "B-001"
        seen = await board.until(lambda view: view["calls"])
        assert seen["calls"][0]["number"] == "B-001"
        for step in ("start", "finish"):
            assert (await mall.post(f"/api/counters/L01/{step}")).status_code == 200
