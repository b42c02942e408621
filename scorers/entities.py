"""Entity mentions: is each name and value found, with the right extent and type?"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import fsum
from operator import itemgetter
from typing import TypeVar, get_args

from onrecord.document import Document, MentionForm

from .align import Edge, align, align_most
from .counts import Counts, Key, Tally

FORMS: tuple[str, ...] = get_args(MentionForm)
_Item = tuple[int, int, str]
_Place = TypeVar("_Place", _Item, tuple[int, int])


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
    same = _equal(ours, theirs)
    counts: dict[Key, Tally] = {
        ("strict", ""): Tally(len(ours), len(theirs), len(same), len(same)),
        **_by_extent(ours, theirs),
        **_by_type(ours, theirs, same),
    }
    for form in FORMS:
        ours, theirs = _items(gold, form), _items(predicted, form)
        if ours or theirs:
            found = len(_equal(ours, theirs))
            tally = Tally(len(ours), len(theirs), found, found)
            counts["strict", f"form={form}"] = tally
    return counts


def _items(document: Document, form: str) -> list[_Item]:
    """Mentions of a form as (start, end, type), sorted."""
    found: list[_Item] = [
        (mention.start, mention.end, entity.type)
        for entity in document.entities
        for mention in entity.mentions
        if mention.form == form
    ]
    found.sort()
    return found


def _equal(ours: Sequence[_Place], theirs: Sequence[_Place]) -> list[_Place]:
    """Equal items matched one to one as multisets: for equality, the optimal alignment."""
    # An empty span is an ungrounded prediction; gold has none, so it matches nothing.
    distinct = set(ours)
    if len(distinct) == len(ours):
        return list(distinct.intersection(theirs))
    return list((Counter(ours) & Counter(theirs)).elements())


def _by_type(
    ours: list[_Item], theirs: list[_Item], same: list[_Item]
) -> dict[Key, Tally]:
    gold, predicted, found = (
        Counter(map(itemgetter(2), items)) for items in (ours, theirs, same)
    )
    return {
        ("strict", f"type={kind}"): Tally(
            gold[kind], predicted[kind], found[kind], found[kind]
        )
        for kind in sorted(gold.keys() | predicted.keys())
    }


def _by_extent(ours: list[_Item], theirs: list[_Item]) -> dict[Key, Tally]:
    """The metrics that look at extents first; what is alone in its place needs no alignment."""
    extents = [item[:2] for item in ours], [item[:2] for item in theirs]
    # For a pair of equal items to stand in the way of two others, both sides must nest.
    alone = set(ours) & set(theirs) if any(map(_flat, extents)) else set()
    golds = [item for item in ours if item not in alone]
    predictions = [item for item in theirs if item not in alone]
    edges = list(_overlaps(golds, predictions))
    typed = [e for e in edges if golds[e[0]][2] == predictions[e[1]][2]]
    partial = [(i, j, 1.0 if overlap == 1.0 else 0.5) for i, j, overlap in edges]
    credit = {
        "exact": len(_equal(*extents)),
        "type": len(alone) + float(len(align_most(typed))),
        "partial": len(alone) + _credit(partial),
        "soft": len(alone) + _credit(typed),
    }
    return {
        (metric, ""): Tally(len(ours), len(theirs), value, value)
        for metric, value in credit.items()
    }


def _flat(extents: list[tuple[int, int]]) -> bool:
    """Whether no item of a side overlaps the next."""
    return all(a[1] <= b[0] for a, b in pairwise(extents))


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
