"""The only matcher: one gold item to one predicted item, as well as can be done.

``align`` takes, of all one-to-one pairings of the given edges, one with the greatest total
similarity; ``align_most`` one with the most pairs, and of those the greatest total. What counts
pairs uses ``align_most``: a stricter set of edges can then never match more than a laxer one, so
``attributed`` ≤ ``iou50`` and ``strict`` ≤ ``exact`` hold by construction. Of pairings that are
equally good, one that keeps items of like rank together is taken.

Indices are ranks in the caller's canonical order (by place, then by all that is scored), so the
order of items in a file changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

Edge = tuple[int, int, float]
"""(gold rank, predicted rank, similarity in (0, 1])."""

_TIE = 1e-9
_SMALL = 4096
"""Cells of a matrix that is solved sooner than it is divided into components."""


def align(edges: Iterable[Edge]) -> list[tuple[int, int]]:
    """The one-to-one pairing of greatest total similarity, as sorted (gold, predicted) pairs.

    Solved as a linear assignment problem (Crouse 2016, in scipy), a large one on each of its
    connected components; edges that share no item need no solving.
    """
    given = list(edges)
    rows, columns = {edge[0] for edge in given}, {edge[1] for edge in given}
    if len(rows) == len(columns) == len(given):
        return sorted((i, j) for i, j, _ in given)  # nothing to choose
    if len(rows) * len(columns) <= _SMALL:
        return sorted(_assign(given))
    pairs: list[tuple[int, int]] = []
    for component in _components(given):
        if len(component) == 1:
            pairs.append(component[0][:2])
        else:
            pairs += _assign(component)
    return sorted(pairs)


def align_most(edges: Iterable[Edge]) -> list[tuple[int, int]]:
    """The one-to-one pairing of the most pairs, and of those the greatest total similarity."""
    given = list(edges)
    # Above any sum of similarities: one pair more always wins.
    pair = float(len(given))
    return align((i, j, pair + similarity) for i, j, similarity in given)


def _components(edges: list[Edge]) -> Iterable[list[Edge]]:
    """Edges that share items, directly or through others, together (union-find)."""
    parent: dict[tuple[str, int], tuple[str, int]] = {}

    def root(node: tuple[str, int]) -> tuple[str, int]:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for gold, predicted, _ in edges:
        parent[root(("g", gold))] = root(("p", predicted))
    components: dict[tuple[str, int], list[Edge]] = {}
    for edge in edges:
        components.setdefault(root(("g", edge[0])), []).append(edge)
    return components.values()


def _assign(edges: list[Edge]) -> list[tuple[int, int]]:
    from scipy.optimize import linear_sum_assignment

    rows = sorted({edge[0] for edge in edges})
    columns = sorted({edge[1] for edge in edges})
    row = {gold: i for i, gold in enumerate(rows)}
    column = {predicted: j for j, predicted in enumerate(columns)}
    weight = np.zeros((len(rows), len(columns)))
    at = [row[edge[0]] for edge in edges], [column[edge[1]] for edge in edges]
    apart = np.abs(np.subtract(*at))
    weight[at] = np.array([edge[2] for edge in edges]) - _TIE * apart
    chosen = zip(*linear_sum_assignment(weight, maximize=True), strict=True)
    return [(rows[i], columns[j]) for i, j in chosen if weight[i, j] > 0]
