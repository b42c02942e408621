"""Claims: is each checkable statement found, and given to the right claimant?"""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.document import Claim, Document

from .align import align_most
from .counts import Counts, Key, Tally, share, tally
from .references import canonical, entity_map, same_reference
from .similarity import iou, numbers, same_polarity, statement_similarity

THRESHOLDS = {"claim_spans": 0.5, "claim_text": 0.8}


def count(gold: Document, predicted: Document) -> Counts:
    """``match``, ``claimant`` and ``attributed``.

    - ``match``: one-to-one pairs that are the same claim (see :func:`likeness`).
    - ``claimant``: of these pairs, the share with the right claimant.
    - ``attributed``: pairs that are the same claim *and* have the right claimant.

    Slices of ``match``: by the claim's kind.
    """
    ids = entity_map(gold, predicted)
    ours = _ordered(gold.claims, {e.id: e.id for e in gold.entities})
    theirs = _ordered(predicted.claims, ids)
    edges = [
        (i, j, similarity)
        for i, a in enumerate(ours)
        for j, b in enumerate(theirs)
        if (similarity := likeness(a, b, gold))
    ]
    attributed = [
        edge
        for edge in edges
        if same_reference(ours[edge[0]].claimant, theirs[edge[1]].claimant, ids)
    ]
    pairs = align_most(edges)
    everything = range(len(ours)), range(len(theirs))
    right = {(i, j) for i, j, _ in attributed}
    counts: dict[Key, Tally] = {
        ("match", ""): tally(*everything, pairs),
        ("attributed", ""): tally(*everything, align_most(attributed)),
        ("claimant", ""): share(len(right & set(pairs)), len(pairs)),
    }
    for kind in sorted({claim.kind for claim in (*ours, *theirs)}):
        of_gold = {i for i, claim in enumerate(ours) if claim.kind == kind}
        of_predicted = {j for j, claim in enumerate(theirs) if claim.kind == kind}
        counts["match", f"kind={kind}"] = tally(of_gold, of_predicted, pairs)
    return counts


def _ordered(claims: Iterable[Claim], ids: dict[str, str]) -> list[Claim]:
    """Claims by place, then by what is scored of them: never by their order in the file."""
    return sorted(
        claims,
        key=lambda c: (
            c.spans,
            c.text,
            canonical(c.claimant, ids),
            c.kind,
        ),
    )


def likeness(gold: Claim, predicted: Claim, document: Document) -> float:
    """How surely two claims of one document are the same: in [.5, 1], or 0 when they are not.

    They are when their spans overlap by half (intersection over union) or their texts read
    alike (:func:`~onrecord.scorers.similarity.statement_similarity`). Texts that disagree in a
    number, or of which one denies what the other affirms, are no match whatever their spans.
    The likeness of a and b is that of b and a.
    """
    spans = iou(gold.spans, predicted.spans)
    if spans < THRESHOLDS["claim_spans"] or _contradict(gold, predicted, document):
        spans = 0.0
    text = statement_similarity(gold.text, predicted.text)
    return max(spans, text if text >= THRESHOLDS["claim_text"] else 0.0)


def _contradict(a: Claim, b: Claim, document: Document) -> bool:
    """Whether one text replaces a number of the other, brings one in from nowhere, or negates it.

    One text may name a number that the other leaves out (a date made explicit), if the document
    has it.
    """
    if not a.text or not b.text:
        return False
    only_a = numbers(a.text) - numbers(b.text)
    only_b = numbers(b.text) - numbers(a.text)
    if (only_a and only_b) or not same_polarity(a.text, b.text):
        return True
    return not (only_a | only_b) <= _numbers_known(document)


def _numbers_known(document: Document) -> frozenset[str]:
    day = (part.lstrip("0") for part in (document.date or "").split("-"))
    return numbers(document.text) | frozenset(day)
