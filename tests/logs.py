"""What the log was told by one of us, without what libraries in other threads say meanwhile."""

import pytest


def told(caplog: pytest.LogCaptureFixture, logger: str) -> str:
    """Return what a logger and those below it were told so far, a line for each message."""
    ours = [one for one in caplog.records if one.name == logger or one.name.startswith(f"{logger}.")]
    return "\n".join(one.getMessage() for one in ours)
