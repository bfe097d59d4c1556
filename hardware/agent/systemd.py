"""A word to systemd: that we are ready, and that we still live. Silent where there is no systemd."""

import os
import socket


def notify(state: str) -> bool:
    """Send a state such as READY=1; say whether anybody was there to hear it. Source: sd_notify(3)."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return False
    if address.startswith("@"):
        address = "\0" + address[1:]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line:
        line.connect(address)
        line.sendall(state.encode())
    return True


def watchdog_seconds() -> float | None:
    """Tell how often systemd wants to hear from us, None if it does not. Source: sd_watchdog_enabled(3)."""
    if os.environ.get("WATCHDOG_PID", str(os.getpid())) != str(os.getpid()):
        return None
    interval = int(os.environ.get("WATCHDOG_USEC", "0")) / 1_000_000
    return interval or None
