"""What became of a slip: the whole table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.core.outcome import PRINTED, Attempt, Proof, Reason, Report, Verdict, judge
from hardware.core.status import CAN_PRINT, Condition

READY, LOW, OUT = Condition.READY, Condition.PAPER_LOW, Condition.PAPER_OUT


def tried(before: Condition, sent: int, proof: Proof, after: Condition | None) -> Attempt:
    return Attempt(before=before, sent=sent, total=100, proof=proof, after=after)


CASES = [
    (tried(READY, 100, Proof.PAPER_THERE, READY), PRINTED),
    (tried(LOW, 100, Proof.PAPER_THERE, LOW), PRINTED),
    (tried(READY, 100, Proof.PAPER_THERE, OUT), PRINTED),
    (tried(READY, 100, Proof.PAPER_THERE, Condition.COVER_OPEN), PRINTED),
    (tried(READY, 100, Proof.PAPER_THERE, Condition.OFFLINE), PRINTED),
    (tried(READY, 100, Proof.NOT_ASKED, READY), PRINTED),
    (tried(OUT, 0, Proof.NONE, None), Report(Verdict.NOT_PRINTED, Reason.PAPER_OUT)),
    (tried(Condition.COVER_OPEN, 0, Proof.NONE, None), Report(Verdict.NOT_PRINTED, Reason.COVER_OPEN)),
    (tried(Condition.OFFLINE, 0, Proof.NONE, None), Report(Verdict.NOT_PRINTED, Reason.OFFLINE)),
    (tried(Condition.MUTE, 0, Proof.NONE, None), Report(Verdict.NOT_PRINTED, Reason.MUTE)),
    (tried(Condition.FAULTY, 0, Proof.NONE, None), Report(Verdict.NOT_PRINTED, Reason.FAULTY)),
    (tried(READY, 0, Proof.NONE, None), Report(Verdict.NOT_PRINTED, Reason.NO_ANSWER)),
    (tried(READY, 0, Proof.NONE, Condition.OFFLINE), Report(Verdict.NOT_PRINTED, Reason.OFFLINE)),
    (tried(READY, 40, Proof.NONE, Condition.OFFLINE), Report(Verdict.UNKNOWN, Reason.OFFLINE)),
    (tried(READY, 40, Proof.NONE, READY), Report(Verdict.UNKNOWN, Reason.NO_ANSWER)),
    (tried(READY, 100, Proof.NONE, OUT), Report(Verdict.UNKNOWN, Reason.PAPER_OUT)),
    (tried(READY, 100, Proof.NONE, Condition.COVER_OPEN), Report(Verdict.UNKNOWN, Reason.COVER_OPEN)),
    (tried(READY, 100, Proof.NONE, Condition.MUTE), Report(Verdict.UNKNOWN, Reason.MUTE)),
    (tried(READY, 100, Proof.NONE, READY), Report(Verdict.UNKNOWN, Reason.NO_ANSWER)),
    (tried(READY, 100, Proof.NONE, None), Report(Verdict.UNKNOWN, Reason.NO_ANSWER)),
    (tried(READY, 100, Proof.PAPER_END, OUT), Report(Verdict.UNKNOWN, Reason.PAPER_OUT)),
    (tried(READY, 100, Proof.NOT_ASKED, OUT), Report(Verdict.UNKNOWN, Reason.PAPER_OUT)),
    (tried(READY, 100, Proof.NOT_ASKED, None), Report(Verdict.UNKNOWN, Reason.NO_ANSWER)),
]


@pytest.mark.parametrize(("attempt", "report"), CASES)
def test_what_became_of_a_slip_is_decided_by_the_table(attempt: Attempt, report: Report) -> None:
    assert judge(attempt) == report


attempts = st.builds(
    tried,
    st.sampled_from(Condition),
    st.sampled_from([0, 1, 99, 100]),
    st.sampled_from(Proof),
    st.none() | st.sampled_from(Condition),
)


@given(attempts)
def test_a_slip_counts_as_printed_only_when_all_was_sent_to_a_fit_printer(attempt: Attempt) -> None:
    report = judge(attempt)
    if report.verdict is Verdict.PRINTED:
        assert attempt.before in CAN_PRINT
        assert attempt.sent == attempt.total
        assert report.reason is None
    else:
        assert report.reason is not None


@given(attempts)
def test_a_slip_is_called_not_printed_only_when_no_byte_was_sent(attempt: Attempt) -> None:
    if attempt.before in CAN_PRINT and attempt.sent:
        assert judge(attempt).verdict is not Verdict.NOT_PRINTED
