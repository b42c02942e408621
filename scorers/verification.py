"""Verification: does the record support the claim, and by which words?"""

from __future__ import annotations

from typing import get_args

from onrecord.document import Claim, Document, Evidence, Span, Verdict

from .align import align_most
from .claims import candidates
from .counts import Counts, Key, Tally, share
from .fidelity import by_label
from .similarity import length, normalised_name, shared
from .statements import WORDS, Matcher

LABELS: tuple[str, ...] = get_args(Verdict)
JOINT_OVERLAP = 0.5
"""The share of evidence characters from which a verdict counts as shown, in ``joint``."""


def count(gold: Document, predicted: Document, matcher: Matcher = WORDS) -> Counts:
    """Verdicts on given gold claims, by the claims' ids.

    - ``label=…`` of each verdict; ``verdict`` is their mean F1.
    - ``accuracy``: right verdicts.
    - ``evidence``: characters of the record, over claims whose gold verdict rests on evidence.
    - ``end_to_end``: the system's own claims: those that are the same claim as a gold one *and*
      have its verdict, over all gold and predicted claims.
    - ``joint``: right verdicts whose evidence overlaps gold's by at least .5 (or rightly is none).

    An answer is a claim of the same id and, if it has a text, the same text, so that a system's
    own claims are not taken for answers. A claim that was not answered is missed. Slices of ``accuracy``: ``kind=…``.
    """
    answers = {claim.id: claim for claim in predicted.claims}
    metrics = (*(f"label={label}" for label in LABELS), "accuracy", "joint", "evidence")
    counts: dict[Key, Tally] = {(metric, ""): Tally() for metric in metrics}
    counts["end_to_end", ""] = _end_to_end(gold, predicted, matcher)

    def add(metric: str, name: str, tally: Tally) -> None:
        counts[metric, name] = counts.get((metric, name), Tally()) + tally

    for claim in gold.claims:
        if claim.verdict is None:
            continue
        answer = answers.get(claim.id)
        if answer and answer.text and _differ(answer.text, claim.text):
            answer = None
        verdict = answer.verdict if answer else None
        for label, tally in by_label(claim.verdict, verdict).items():
            add(f"label={label}", "", tally)
        right = float(verdict == claim.verdict)
        shown = right and _shown(claim, answer)
        add("accuracy", "", share(right, 1))
        add("accuracy", f"kind={claim.kind}", share(right, 1))
        add("joint", "", share(shown, 1))
        add("evidence", "", _evidence(claim, answer))
    return counts


def _differ(a: str, b: str) -> bool:
    return normalised_name(a) != normalised_name(b)


def _end_to_end(gold: Document, predicted: Document, matcher: Matcher) -> Tally:
    judged = [claim for claim in gold.claims if claim.verdict is not None]
    if gold.claims and not judged:
        return Tally()  # a story without a record: there is nothing to verify by
    ours, theirs, edges = candidates(gold, predicted, matcher)
    right = align_most(
        (i, j, similarity)
        for i, j, similarity in edges
        if ours[i].verdict is not None and ours[i].verdict == theirs[j].verdict
    )
    return Tally(len(judged), len(predicted.claims), len(right), len(right))


def _shown(gold: Claim, answer: Claim | None) -> float:
    theirs = answer.evidence if answer else ()
    if not gold.evidence:
        return float(not theirs)
    tally = _evidence(gold, answer)
    union = tally.gold + tally.predicted - tally.recalled
    return float(tally.recalled / union >= JOINT_OVERLAP)


def _evidence(gold: Claim, answer: Claim | None) -> Tally:
    """Characters of evidence; claims without any in gold ask for none."""
    if not gold.evidence:
        return Tally()
    ours, theirs = _spans(gold.evidence), _spans(answer.evidence if answer else ())
    common = sum(shared(spans, theirs.get(name, [])) for name, spans in ours.items())
    return Tally(
        sum(map(length, ours.values())),
        sum(map(length, theirs.values())),
        common,
        common,
    )


def _spans(evidence: tuple[Evidence, ...]) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    for item in evidence:
        found.setdefault(item.document, []).append(Span(item.start, item.end))
    return found
