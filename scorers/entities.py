"""Entity mentions: is each name and value found, with the right extent and type?"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from math import fsum

from onrecord.document import Document

from .align import Edge, align, align_most
from .counts import Counts, Key, Tally

_Item = tuple[int, int, str]


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
    ours, theirs = _items(gold), _items(predicted)
    names = ours.get("name", []), theirs.get("name", [])
    counts: dict[Key, Tally] = {
        ("strict", ""): _equal(*names),
        ("exact", ""): _equal(*([item[:2] for item in side] for side in names)),
        **_overlapping(*names),
    }
    kinds = _of_kind(names[0]), _of_kind(names[1])
    for kind in sorted({*kinds[0], *kinds[1]}):
        tally = _equal(kinds[0].get(kind, []), kinds[1].get(kind, []))
        counts["strict", f"type={kind}"] = tally
    for form in sorted({*ours, *theirs}):
        tally = _equal(ours.get(form, []), theirs.get(form, []))
        counts["strict", f"form={form}"] = tally
    return counts


def _items(document: Document) -> dict[str, list[_Item]]:
    """Mentions as (start, end, type), by form."""
    found: dict[str, list[_Item]] = {}
    for entity in document.entities:
        for mention in entity.mentions:
            item = (mention.start, mention.end, entity.type)
            found.setdefault(mention.form, []).append(item)
    return found


def _of_kind(items: list[_Item]) -> dict[str, list[_Item]]:
    found: dict[str, list[_Item]] = {}
    for item in items:
        found.setdefault(item[2], []).append(item)
    return found


def _equal(ours: Sequence[object], theirs: Sequence[object]) -> Tally:
    """Equal items matched one to one as multisets: for equality, the optimal alignment."""
    # An empty span is an ungrounded prediction; gold has none, so it matches nothing.
    left, right = set(ours), set(theirs)
    if len(left) == len(ours) and len(right) == len(theirs):
        matched = len(left & right)
    else:
        matched = (Counter(ours) & Counter(theirs)).total()
    return Tally(len(ours), len(theirs), matched, matched)


def _overlapping(ours: list[_Item], theirs: list[_Item]) -> dict[Key, Tally]:
    golds, predictions = sorted(ours), sorted(theirs)
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
