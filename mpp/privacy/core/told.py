"""What was found of a log, in words for the command line. Pure."""

from ticketing.core.chain import START, Fault, Verdict, Wrong

SHOWN = 12
"""Hexadecimal digits of a hash by which people tell it from others."""


def told(mall: str, verdict: Verdict) -> list[str]:
    """Say whether a log is whole, or what is wrong with it; the first line says which."""
    count = "1 event" if verdict.events == 1 else f"{verdict.events} events"
    if verdict.wrong:
        many = "1 fault" if verdict.wrong == 1 else f"{verdict.wrong} faults"
        lines = [f"{mall}: NOT whole: {many} in {count}.", *(f"  {_fault(fault)}" for fault in verdict.faults)]
        more = verdict.wrong - len(verdict.faults)
        return [*lines, f"  and {more} more"] if more else lines
    begun = f", since {verdict.since:%Y-%m-%d %H:%M:%S} UTC" if verdict.since else ""
    lines = [f"{mall}: whole: {count}, head {_short(verdict.head)} (event {verdict.last}){begun}."]
    if verdict.old:
        sealed = "their seal fits" if verdict.is_sealed else "they are not sealed yet; the server does so when it runs"
        lines.append(f"  Events 1 to {verdict.old} are older than the chain; {sealed}.")
    return lines


def _short(head: bytes) -> str:
    return head.hex()[:SHOWN] if head != START else "none"


def _fault(fault: Fault) -> str:
    one = fault.seq == fault.last
    which = f"event {fault.seq}" if one else f"events {fault.seq} to {fault.last}"
    match fault.wrong:
        case Wrong.CHANGED:
            return f"{which} is not what was written, or does not follow the one before: changed."
        case Wrong.MISSING:
            return f"{which} {'is' if one else 'are'} missing."
        case Wrong.ADDED:
            return f"{which} {'was' if one else 'were'} not written by this program: added."
        case Wrong.CUT:
            return f"{which}: a head was noted up to there, and the log ends before: cut off."
        case Wrong.SEAL:
            return f"{which}: older than the chain, and not what was sealed: changed, missing or added."
        case Wrong.HEAD:
            return f"{which}: another head was noted for it: the chain was written anew."
