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
SLICES: dict[str, Slice] = {
    "type=direct": lambda quote: quote.type == "direct",
    "type=indirect": lambda quote: quote.type == "indirect",
    "type=mixed": lambda quote: quote.type == "mixed",
    "nested": lambda quote: quote.parent is not None,
}
_Pairs = list[tuple[int, int]]


def count(gold: Document, predicted: Document) -> Counts:
    """Content at three overlaps, its parts, and the speaker.

    - ``iou50``, ``iou80``, ``exact``: one-to-one pairs whose contents' intersection over union
      is at least .5, .8 or 1.
    - ``characters``: over the characters that any quote's content covers.
    - ``cue``, ``source``: over quotes that have one; pairs of ``iou50`` where both overlap by .5.
    - ``type``: of the pairs of ``iou50``, the share with the right type.
    - ``speaker_mention``: of the pairs whose gold names a source, the share whose predicted
      source shares a character with it.
    - ``speaker_entity``: of the pairs, the share with the right speaker.
    - ``attributed``: pairs of at least .5 *and* with the right speaker, aligned among themselves.

    Slices of all but ``characters``: by quote type, and nested; a pair counts for recall in the
    slice of its gold quote and for precision in that of its predicted one, and for shares in the
    slice of its gold quote.
    """
    ids = entity_map(gold, predicted)
    ours = _ordered(gold.quotes, {entity.id: entity.id for entity in gold.entities})
    theirs = _ordered(predicted.quotes, ids)
    edges = _edges(ours, theirs)
    attributed = [
        edge
        for edge in edges
        if same_reference(ours[edge[0]].speaker, theirs[edge[1]].speaker, ids)
    ]
    counts: dict[Key, Tally] = {("characters", ""): _characters(gold, predicted)}
    for metric, threshold in THRESHOLDS.items():
        found = align_most(edge for edge in edges if edge[2] >= threshold)
        counts |= _sliced(metric, ours, theirs, found)
    counts |= _sliced("attributed", ours, theirs, align_most(attributed))
    right = {(i, j) for i, j, _ in attributed}
    return counts | _of_pairs(ours, theirs, align_most(edges), right)


def matched(gold: Document, predicted: Document) -> list[tuple[Quote, Quote]]:
    """The quotes of ``gold`` with the predicted ones that are the same content (overlap ≥ .5)."""
    ids = entity_map(gold, predicted)
    ours = _ordered(gold.quotes, {entity.id: entity.id for entity in gold.entities})
    theirs = _ordered(predicted.quotes, ids)
    pairs = align_most(_edges(ours, theirs))
    return [(ours[i], theirs[j]) for i, j in pairs]


def _ordered(quotes: Iterable[Quote], ids: dict[str, str]) -> list[Quote]:
    """Quotes by place, then by what is scored of them: never by their order in the file."""
    return sorted(
        quotes,
        key=lambda q: (
            q.content,
            canonical(q.speaker, ids),
            q.type,
            q.source,
            q.cue,
            q.fidelity or "",
        ),
    )


def _edges(ours: list[Quote], theirs: list[Quote]) -> list[Edge]:
    return [
        (i, j, similarity)
        for i, a in enumerate(ours)
        for j, b in enumerate(theirs)
        if (similarity := iou(a.content, b.content)) >= THRESHOLDS["iou50"]
    ]


def _sliced(
    metric: str, ours: list[Quote], theirs: list[Quote], pairs: _Pairs
) -> dict[Key, Tally]:
    everything = tally(range(len(ours)), range(len(theirs)), pairs)
    counts: dict[Key, Tally] = {(metric, ""): everything}
    for name, holds in SLICES.items():
        gold = {i for i, quote in enumerate(ours) if holds(quote)}
        predicted = {j for j, quote in enumerate(theirs) if holds(quote)}
        if gold or predicted:
            counts[metric, name] = tally(gold, predicted, pairs)
    return counts


def _of_pairs(
    ours: list[Quote], theirs: list[Quote], pairs: _Pairs, right: set[tuple[int, int]]
) -> dict[Key, Tally]:
    """The metrics of what was found: parts, type, speaker."""
    counts: dict[Key, Tally] = {}
    for part in ("cue", "source"):
        has_gold = {i for i, quote in enumerate(ours) if getattr(quote, part)}
        has_predicted = {j for j, quote in enumerate(theirs) if getattr(quote, part)}
        alike = [
            (i, j)
            for i, j in pairs
            if iou(getattr(ours[i], part), getattr(theirs[j], part)) >= 0.5
        ]
        counts[part, ""] = tally(has_gold, has_predicted, alike)
    sourced = [(i, j) for i, j in pairs if ours[i].source]
    shares = {
        "type": (pairs, {(i, j) for i, j in pairs if ours[i].type == theirs[j].type}),
        "speaker_mention": (
            sourced,
            {(i, j) for i, j in sourced if shared(ours[i].source, theirs[j].source)},
        ),
        "speaker_entity": (pairs, right),
    }
    for metric, (of, good) in shares.items():
        counts[metric, ""] = share(sum(pair in good for pair in of), len(of))
        for name, holds in SLICES.items():
            if inside := [pair for pair in of if holds(ours[pair[0]])]:
                counts[metric, name] = share(
                    sum(p in good for p in inside), len(inside)
                )
    return counts


def _characters(gold: Document, predicted: Document) -> Tally:
    ours = [span for quote in gold.quotes for span in quote.content]
    theirs = [span for quote in predicted.quotes for span in quote.content]
    common = shared(ours, theirs)
    return Tally(length(ours), length(theirs), common, common)
