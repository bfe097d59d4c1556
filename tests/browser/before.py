"""What has happened in a hall before its pictures are taken."""

from io import BytesIO

from PIL import Image

from tests.browser.stage import Stage


def fill(stage: Stage) -> str:
    """Put people into the hall; return the code of one who waits."""
    wanted = (("DUKCAPIL-01", 6), ("DUKCAPIL-08", 4), ("SAMSAT-01", 3), ("POLRES-01", 2), ("DPMPTSP-01", 2))
    for service, how_many in wanted:
        for _ in range(how_many):
            stage.take(service)
    stage.take("DUKCAPIL-02", priority=True)
    for counter in stage.client.get("/api/counters").json():
        stage.post(f"/api/counters/{counter['code']}/open")
    for counter in ("L01", "L02", "L03", "L04"):
        stage.post(f"/api/counters/{counter}/call-next")
    stage.post("/api/counters/L02/start")
    code = str(stage.take("DUKCAPIL-03")["code"])
    for _ in range(2):  # behind whom the one who waits may let go first
        stage.take("DUKCAPIL-03")
    return code


def set_aside(stage: Stage) -> None:
    """Let a counter have one visitor on hold, one who did not come, and one without paper."""
    stage.post("/api/counters/L02/hold", minutes=30)
    stage.post("/api/counters/L02/call-next")
    stage.post("/api/counters/L02/miss")
    stage.post("/api/counters/L02/call-next")


def put_up(stage: Stage) -> None:
    """Show a picture of the mall's own on every board."""
    poster = BytesIO()
    Image.linear_gradient("L").resize((1280, 720)).save(poster, "PNG")
    answer = stage.client.post("/api/media", content=poster.getvalue(), params={"alt": "Maklumat pelayanan"})
    assert answer.is_success, answer.text


def take_down(stage: Stage) -> None:
    """Take the mall's own pictures off."""
    for shown in stage.client.get("/api/media").json():
        stage.client.delete(f"/api/media/{shown['id']}")
