"""Claims: is each checkable statement found, and given to the right claimant?"""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.document import Claim, Document, PredictedClaim, Span

from .align import Edge, align_most
from .counts import Counts, Key, Tally, share, tally
from .ranking import expected_average_precision
from .references import canonical, entity_map, same_reference
from .similarity import iou, length, shared
from .statements import WORDS, Background, Matcher, background, contradict

THRESHOLDS = {"claim_spans": 0.5}
COVERED = 0.5
"""The share of a claim's characters from which the other side covers it, in ``coverage``."""


def count(gold: Document, predicted: Document, matcher: Matcher = WORDS) -> Counts:
    """Which claims were found, whose they are, and how they are ranked.

    - ``sentence``: sentences that hold a claim.
    - ``match``: one-to-one pairs that are the same claim (see :func:`likeness`).
    - ``coverage``: claims of which the other side's spans, taken together, cover half the
      characters: tolerant of claims split or merged (1:n), and reported beside ``match``.
    - ``claimant``, ``kind``: of the pairs, the share with the right claimant, the right kind.
    - ``check_worthy``: average precision of the gold claims that were found, ranked by the score
      of the claim matched to each, expected over ties; a check-worthy claim that was not found
      earns nothing. The mean over documents that have a check-worthy one.
    - ``attributed``: pairs that are the same claim *and* have the right claimant.

    Slices of ``match``, ``attributed`` and the shares: by the claim's kind.
    """
    ids = entity_map(gold, predicted)
    ours, theirs, edges = candidates(gold, predicted, matcher)
    attributed = [
        edge
        for edge in edges
        if same_reference(ours[edge[0]].claimant, theirs[edge[1]].claimant, ids)
    ]
    pairs = align_most(edges)
    right = {(i, j) for i, j, _ in attributed}
    same_kind = {(i, j) for i, j in pairs if ours[i].kind == theirs[j].kind}
    counts: dict[Key, Tally] = {
        ("sentence", ""): _sentences(gold, ours, theirs),
        ("coverage", ""): _coverage(ours, theirs),
        ("check_worthy", ""): _check_worthy(ours, theirs, pairs),
    }
    counts |= _sliced("match", ours, theirs, pairs)
    counts |= _sliced("attributed", ours, theirs, align_most(attributed))
    return counts | _shares({"claimant": right, "kind": same_kind}, ours, pairs)


def candidates(
    gold: Document, predicted: Document, matcher: Matcher = WORDS
) -> tuple[list[Claim], list[Claim], list[Edge]]:
    """Both sides' claims in canonical order, and the pairs of them that are the same claim."""
    ids = entity_map(gold, predicted)
    ours = _ordered(gold.claims, {entity.id: entity.id for entity in gold.entities})
    theirs = _ordered(predicted.claims, ids)
    known = background(gold.text, gold.date)
    edges = [
        (i, j, similarity)
        for i, a in enumerate(ours)
        for j, b in enumerate(theirs)
        if (similarity := likeness(a, b, known, matcher))
    ]
    return ours, theirs, edges


def matched(gold: Document, predicted: Document) -> list[tuple[Claim, Claim]]:
    """The claims of ``gold`` with the predicted ones that are the same."""
    ours, theirs, edges = candidates(gold, predicted)
    return [(ours[i], theirs[j]) for i, j in align_most(edges)]


def _ordered(claims: Iterable[Claim], ids: dict[str, str]) -> list[Claim]:
    """Claims by place, then by what is scored of them: never by their order in the file."""
    return sorted(
        claims,
        key=lambda c: (
            c.spans,
            c.text,
            canonical(c.claimant, ids),
            c.kind,
            c.verdict or "",
            _score(c),
        ),
    )


def _sliced(
    metric: str, ours: list[Claim], theirs: list[Claim], pairs: list[tuple[int, int]]
) -> dict[Key, Tally]:
    everything = tally(range(len(ours)), range(len(theirs)), pairs)
    counts: dict[Key, Tally] = {(metric, ""): everything}
    for kind in sorted({claim.kind for claim in (*ours, *theirs)}):
        gold = {i for i, claim in enumerate(ours) if claim.kind == kind}
        predicted = {j for j, claim in enumerate(theirs) if claim.kind == kind}
        counts[metric, f"kind={kind}"] = tally(gold, predicted, pairs)
    return counts


def _shares(
    good: dict[str, set[tuple[int, int]]],
    ours: list[Claim],
    pairs: list[tuple[int, int]],
) -> dict[Key, Tally]:
    counts: dict[Key, Tally] = {}
    for metric, right in good.items():
        counts[metric, ""] = share(sum(p in right for p in pairs), len(pairs))
        for kind in sorted({ours[i].kind for i, _ in pairs}):
            inside = [pair for pair in pairs if ours[pair[0]].kind == kind]
            tally_ = share(sum(p in right for p in inside), len(inside))
            counts[metric, f"kind={kind}"] = tally_
    return counts


def _sentences(document: Document, ours: list[Claim], theirs: list[Claim]) -> Tally:
    def hold(claims: list[Claim]) -> set[int]:
        spans = [span for claim in claims for span in claim.spans]
        return {
            i
            for i, sentence in enumerate(document.sentences)
            if any(s.start < sentence.end and sentence.start < s.end for s in spans)
        }

    gold, predicted = hold(ours), hold(theirs)
    common = len(gold & predicted)
    return Tally(len(gold), len(predicted), common, common)


def _coverage(ours: list[Claim], theirs: list[Claim]) -> Tally:
    def covered(claims: list[Claim], others: list[Claim]) -> int:
        spans = [span for other in others for span in other.spans]
        return sum(_covers(spans, claim.spans) for claim in claims)

    return Tally(len(ours), len(theirs), covered(ours, theirs), covered(theirs, ours))


def _covers(spans: list[Span], claim: tuple[Span, ...]) -> bool:
    size = length(claim)
    return size > 0 and shared(spans, claim) / size >= COVERED


def _score(claim: Claim) -> float:
    """How check-worthy a system finds a claim: its number, or 1 or 0 for a plain yes or no."""
    if isinstance(claim, PredictedClaim) and claim.check_worthy_score is not None:
        return claim.check_worthy_score
    return float(claim.check_worthy)


def _check_worthy(
    ours: list[Claim], theirs: list[Claim], pairs: list[tuple[int, int]]
) -> Tally:
    worthy = sum(claim.check_worthy for claim in ours)
    if not worthy:
        return Tally()
    found = [(_score(theirs[j]), ours[i].check_worthy) for i, j in pairs]
    value = expected_average_precision(found) or 0.0
    # A claim that was not found is in no place of the ranking: it earns nothing.
    return share(value * sum(relevant for _, relevant in found) / worthy, 1)


def likeness(
    gold: Claim, predicted: Claim, known: Background, matcher: Matcher = WORDS
) -> float:
    """How surely two claims of one document are the same: in [.5, 1], or 0 when they are not.

    They are when their spans overlap by half (intersection over union) or their texts are alike
    enough by ``matcher``. Texts that contradict each other are
    no match whatever their spans. The likeness of a and b is that of b and a.
    """
    spans = iou(gold.spans, predicted.spans)
    if not gold.text or not predicted.text:
        return spans if spans >= THRESHOLDS["claim_spans"] else 0.0
    if contradict(gold.text, predicted.text, known):
        return 0.0
    text = matcher.likeness(gold.text, predicted.text, known)
    found = [(spans, THRESHOLDS["claim_spans"]), (text, matcher.threshold)]
    return max((value for value, least in found if value >= least), default=0.0)
