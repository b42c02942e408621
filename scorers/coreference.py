"""Coreference: which mentions are the same entity, by seven metrics from one contingency table.

Entities whose type is a value (dates, amounts) stand for themselves and are left out. A mention
is its place; where a place stands twice (only in predictions), the first entity of the canonical
order keeps it and the copy is a mention of its own that matches nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import fsum

from onrecord.document import VALUE_TYPES, Document, Span

from .align import align
from .counts import Counts, Key, Tally

Clusters = list[list[tuple[object, ...]]]
"""Entities as lists of mention keys; no key stands twice."""


def count(gold: Document, predicted: Document) -> Counts:
    """All coreference sums of one document, singletons kept and (``singletons=dropped``) dropped.

    - ``mention``: places found.
    - ``muc``: links (Vilain et al. 1995).
    - ``b3``: each mention's entity (Bagga & Baldwin 1998).
    - ``ceafm``, ``ceafe``: entities aligned one to one by φ3, φ4 (Luo 2005).
    - ``lea``: entities weighted by size, links resolved (Moosavi & Strube 2016).
    - ``blanc_links``, ``blanc_rest``: coreferent and other pairs of mentions (Recasens & Hovy
      2011; Luo et al. 2014); ``blanc`` is their mean.
    """
    ours, theirs = clusters(gold), clusters(predicted)
    counts = _counts(ours, theirs)
    longer = [c for c in ours if len(c) > 1], [c for c in theirs if len(c) > 1]
    if len(longer[0]) < len(ours) or len(longer[1]) < len(theirs):
        dropped = _counts(*longer)
    else:
        dropped = counts
    whole: dict[Key, Tally] = {(metric, ""): t for metric, t in counts.items()}
    return whole | {(m, "singletons=dropped"): t for m, t in dropped.items()}


def clusters(document: Document) -> Clusters:
    """A document's entities as mention clusters, values left out, in canonical order."""
    found: list[list[Span]] = sorted(
        sorted(mention.span for mention in entity.mentions)
        for entity in document.entities
        if entity.type not in VALUE_TYPES and entity.mentions
    )
    seen: Counter[Span] = Counter()
    out: Clusters = []
    for spans in found:
        keys: list[tuple[object, ...]] = []
        for span in spans:
            seen[span] += 1
            # A copy, or a place that is not in the text, is like no gold mention.
            lost = seen[span] > 1 or span.end <= span.start
            keys.append((span, seen[span], "lost") if lost else (span,))
        out.append(keys)
    return out


def _counts(ours: Clusters, theirs: Clusters) -> dict[str, Tally]:
    sizes_o, sizes_t = list(map(len, ours)), list(map(len, theirs))
    home = {key: j for j, cluster in enumerate(theirs) for key in cluster}
    table: Counter[tuple[int, int]] = Counter(
        (i, home[key])
        for i, cluster in enumerate(ours)
        for key in cluster
        if key in home
    )
    total_o, total_t, common = sum(sizes_o), sum(sizes_t), table.total()
    return {
        "mention": Tally(total_o, total_t, common, common),
        "muc": _muc(table, sizes_o, sizes_t),
        "b3": Tally(
            total_o,
            total_t,
            fsum(n * n / sizes_o[i] for (i, _), n in table.items()),
            fsum(n * n / sizes_t[j] for (_, j), n in table.items()),
        ),
        "ceafm": _ceaf(table, total_o, total_t, lambda i, j, n: n),
        "ceafe": _ceaf(
            table,
            len(ours),
            len(theirs),
            lambda i, j, n: 2 * n / (sizes_o[i] + sizes_t[j]),
        ),
        "lea": _lea(table, sizes_o, sizes_t),
        **_blanc(table, sizes_o, sizes_t),
    }


Table = Counter[tuple[int, int]]


def _muc(table: Table, ours: list[int], theirs: list[int]) -> Tally:
    """Links kept: an entity of n mentions in p parts keeps n − p of its n − 1 links."""
    parts_o: Counter[int] = Counter()
    parts_t: Counter[int] = Counter()
    covered_o: Counter[int] = Counter()
    covered_t: Counter[int] = Counter()
    for (i, j), n in table.items():
        parts_o[i] += 1
        parts_t[j] += 1
        covered_o[i] += n
        covered_t[j] += n
    return Tally(
        sum(size - 1 for size in ours),
        sum(size - 1 for size in theirs),
        sum(covered_o[i] - parts_o[i] for i in parts_o),
        sum(covered_t[j] - parts_t[j] for j in parts_t),
    )


def _ceaf(table: Table, total_o: int, total_t: int, phi: object) -> Tally:
    assert callable(phi)
    similarity = {(i, j): phi(i, j, n) for (i, j), n in table.items()}
    pairs = align((i, j, value) for (i, j), value in similarity.items())
    best = fsum(similarity[pair] for pair in pairs)
    return Tally(total_o, total_t, best, best)


def _links(size: int) -> float:
    """The links of an entity; a singleton has one to itself."""
    return size * (size - 1) / 2 if size > 1 else float(size)


def _lea(table: Table, ours: list[int], theirs: list[int]) -> Tally:
    recalled = correct = 0.0
    for (i, j), n in table.items():
        # A singleton's self-link is resolved only by a singleton.
        kept = _links(n) if n > 1 else float(ours[i] == theirs[j] == 1)
        recalled += ours[i] * kept / _links(ours[i])
        correct += theirs[j] * kept / _links(theirs[j])
    return Tally(sum(ours), sum(theirs), recalled, correct)


def _blanc(table: Table, ours: list[int], theirs: list[int]) -> dict[str, Tally]:
    def pairs(sizes: Iterable[int]) -> int:
        return sum(size * (size - 1) // 2 for size in sizes)

    both = pairs(table.values())
    links_o, links_t = pairs(ours), pairs(theirs)
    rest_o = pairs([sum(ours)]) - links_o
    rest_t = pairs([sum(theirs)]) - links_t
    # Pairs of common mentions that are together on neither side.
    common_o, common_t = Counter[int](), Counter[int]()
    for (i, j), n in table.items():
        common_o[i] += n
        common_t[j] += n
    shared = pairs([table.total()])
    apart = shared - pairs(common_o.values()) - pairs(common_t.values()) + both
    return {
        "blanc_links": Tally(links_o, links_t, both, both),
        "blanc_rest": Tally(rest_o, rest_t, apart, apart),
    }
