"""What is said about how a solution went for those who tried it."""

from __future__ import annotations

from knowledge.evidence import Evidence


def tried(evidence: Evidence) -> str:
    """One line under a solution: the count, and the latest thing learnt; empty if nobody tried."""
    if not evidence.tried:
        return ""
    counts = (
        (evidence.worked, "worked"),
        (evidence.partly, "partly"),
        (evidence.did_not, "did not work"),
    )
    outcomes = ", ".join(f"{number} {how}" for number, how in counts if number)
    learnt = f" One of them learnt: “{evidence.learnt[0]}”" if evidence.learnt else ""
    return f"Tried by {evidence.tried}: {outcomes}.{learnt}"
