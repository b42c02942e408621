"""Entity mentions: is each name and value found, with the right extent and type?"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from math import fsum

from onrecord.document import Document, MentionForm

from .align import Edge, align, align_most
from .counts import Counts, Key, Tally

_Item = tuple[int, int, str]
_FORMS: tuple[MentionForm, ...] = ("name", "nominal", "pronoun")


def count(gold: Document, predicted: Document) -> Counts:
    """The four schemas of SemEval-2013 task 9 (Segura-Bedmar et al.), and a soft one.

    Over names and values; the best one-to-one alignment for each, never a greedy one:

    - ``strict``: the same extent and type.
    - ``exact``: the same extent.
    - ``type``: the same type, and some overlap.
    - ``partial``: some overlap; 1 for the same extent, ½ otherwise.
    - ``soft``: the same type; credit is the overlap (intersection over union).

    Slices of ``strict``: ``type=…``, and ``form=…`` over mentions of that form.
    """
    ours, theirs = _items(gold, "name"), _items(predicted, "name")
    counts: dict[Key, Tally] = {
        ("strict", ""): _equal(ours, theirs),
        ("exact", ""): _equal(_untyped(ours), _untyped(theirs)),
        **_overlapping(ours, theirs),
    }
    for kind in sorted({item[2] for item in (*ours, *theirs)}):
        counts["strict", f"type={kind}"] = _equal(_of(ours, kind), _of(theirs, kind))
    for form in _FORMS:
        tally = _equal(_items(gold, form), _items(predicted, form))
        if tally.gold or tally.predicted:
            counts["strict", f"form={form}"] = tally
    return counts


def _items(document: Document, form: MentionForm) -> Counter[_Item]:
    return Counter(
        (mention.start, mention.end, entity.type)
        for entity in document.entities
        for mention in entity.mentions
        if mention.form == form
    )


def _untyped(items: Counter[_Item]) -> Counter[_Item]:
    return Counter((start, end, "") for start, end, _ in items.elements())


def _of(items: Counter[_Item], kind: str) -> Counter[_Item]:
    return Counter({item: n for item, n in items.items() if item[2] == kind})


def _equal(ours: Counter[_Item], theirs: Counter[_Item]) -> Tally:
    """Equal items matched one to one as multisets: for equality, the optimal alignment."""
    # An empty span is an ungrounded prediction; gold has none, so it matches nothing.
    matched = (ours & theirs).total()
    return Tally(ours.total(), theirs.total(), matched, matched)


def _overlapping(ours: Counter[_Item], theirs: Counter[_Item]) -> dict[Key, Tally]:
    golds, predictions = sorted(ours.elements()), sorted(theirs.elements())
    edges = list(_overlaps(golds, predictions))
    typed = [e for e in edges if golds[e[0]][2] == predictions[e[1]][2]]
    partial = [(i, j, 1.0 if overlap == 1.0 else 0.5) for i, j, overlap in edges]
    credit = {
        "type": float(len(align_most(typed))),
        "partial": _credit(partial),
        "soft": _credit(typed),
    }
    return {
        (metric, ""): Tally(len(golds), len(predictions), value, value)
        for metric, value in credit.items()
    }


def _credit(edges: list[Edge]) -> float:
    worth = {(i, j): value for i, j, value in edges}
    return fsum(worth[pair] for pair in align(edges))


def _overlaps(golds: list[_Item], predictions: list[_Item]) -> Iterator[Edge]:
    """Pairs that share a character, with their intersection over union, by a sweep."""
    longest = max((end - start for start, end, _ in predictions), default=0)
    starts = [item[0] for item in predictions]
    for i, (start, end, _) in enumerate(golds):
        for j in range(bisect_left(starts, start - longest), len(predictions)):
            other_start, other_end, _ = predictions[j]
            if other_start >= end:
                break
            common = min(end, other_end) - max(start, other_start)
            if common > 0:
                yield i, j, common / (max(end, other_end) - min(start, other_start))
