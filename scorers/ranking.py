"""Ranking with ties: the value expected if tied items stood in random order."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby


def expected_average_precision(items: Iterable[tuple[float, bool]]) -> float | None:
    """Average precision, expected over all orders of tied scores (McSherry & Najork 2008).

    Args:
        items: (score, relevant), in any order.

    Returns:
        The mean, over relevant items, of the expected precision at their rank; ``None`` where
        nothing is relevant. Within a group of n tied items of which r are relevant, after i
        items of which R were relevant, a relevant item stands at each place p = 1…n with
        probability 1/n, with (p − 1)(r − 1)/(n − 1) relevant ones expected before it in the
        group: its precision there is (R + 1 + that) / (i + p).
    """
    ranked = sorted(items, key=lambda item: -item[0])
    total = sum(relevant for _, relevant in ranked)
    if not total:
        return None
    before = found = 0
    value = 0.0
    for _, group in groupby(ranked, key=lambda item: item[0]):
        tied = [relevant for _, relevant in group]
        n, r = len(tied), sum(tied)
        share = (r - 1) / (n - 1) if n > 1 else 0.0
        for place in range(1, n + 1):
            precision = (found + 1 + (place - 1) * share) / (before + place)
            value += r / n * precision
        before, found = before + n, found + r
    return value / total
