"""Quotes: is what was said found, and given to the right speaker?"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from onrecord.document import Document, Quote

from .align import Edge, align_most
from .counts import Counts, Key, Tally, share, tally
from .references import canonical, entity_map, same_reference
from .similarity import iou, length, shared

THRESHOLDS = {"iou50": 0.5, "iou80": 0.8, "exact": 1.0}
Slice = Callable[[Quote], bool]
_SLICES: dict[str, Slice] = {
    "type=direct": lambda quote: quote.type == "direct",
    "type=indirect": lambda quote: quote.type == "indirect",
    "type=mixed": lambda quote: quote.type == "mixed",
    "nested": lambda quote: quote.parent is not None,
}


def count(gold: Document, predicted: Document) -> Counts:
    """Content at three overlaps, characters, and the speaker.

    - ``iou50``, ``iou80``, ``exact``: one-to-one pairs whose contents' intersection over union
      is at least .5, .8 or 1.
    - ``characters``: over the characters that any quote's content covers.
    - ``speaker_entity``: of the pairs of ``iou50``, the share with the right speaker.
    - ``attributed``: pairs of at least .5 *and* with the right speaker, aligned among themselves.

    Slices of the pair metrics: by quote type, and nested; a pair counts for recall in the slice
    of its gold quote and for precision in that of its predicted one.
    """
    ids = entity_map(gold, predicted)
    ours = _ordered(gold.quotes, {e.id: e.id for e in gold.entities})
    theirs = _ordered(predicted.quotes, ids)
    edges = [
        (i, j, similarity)
        for i, a in enumerate(ours)
        for j, b in enumerate(theirs)
        if (similarity := iou(a.content, b.content)) >= THRESHOLDS["iou50"]
    ]
    attributed = [
        edge
        for edge in edges
        if same_reference(ours[edge[0]].speaker, theirs[edge[1]].speaker, ids)
    ]
    counts: dict[Key, Tally] = {("characters", ""): _characters(gold, predicted)}
    pairs: list[tuple[int, int]] = []
    for metric, threshold in THRESHOLDS.items():
        found = align_most(_at_least(threshold, edges))
        counts |= _sliced(metric, ours, theirs, found)
        pairs = found if metric == "iou50" else pairs
    counts |= _sliced("attributed", ours, theirs, align_most(attributed))
    right = {(i, j) for i, j, _ in attributed}
    counts["speaker_entity", ""] = share(len(right & set(pairs)), len(pairs))
    return counts


def _ordered(quotes: Iterable[Quote], ids: dict[str, str]) -> list[Quote]:
    """Quotes by place, then by what is scored of them: never by their order in the file."""
    return sorted(
        quotes,
        key=lambda q: (q.content, canonical(q.speaker, ids), q.type),
    )


def _at_least(threshold: float, edges: list[Edge]) -> list[Edge]:
    return [edge for edge in edges if edge[2] >= threshold]


def _sliced(
    metric: str, ours: list[Quote], theirs: list[Quote], pairs: list[tuple[int, int]]
) -> dict[Key, Tally]:
    everything = tally(range(len(ours)), range(len(theirs)), pairs)
    counts: dict[Key, Tally] = {(metric, ""): everything}
    for name, holds in _SLICES.items():
        gold = {i for i, quote in enumerate(ours) if holds(quote)}
        predicted = {j for j, quote in enumerate(theirs) if holds(quote)}
        if gold or predicted:
            counts[metric, name] = tally(gold, predicted, pairs)
    return counts


def _characters(gold: Document, predicted: Document) -> Tally:
    ours = [span for quote in gold.quotes for span in quote.content]
    theirs = [span for quote in predicted.quotes for span in quote.content]
    common = shared(ours, theirs)
    return Tally(length(ours), length(theirs), common, common)
