"""Coreference: which mentions are the same entity, by seven metrics from one contingency table.

Entities whose type is a value (dates, amounts) stand for themselves and are left out. A mention
is its place; where a place stands twice (only in predictions), the first entity of the canonical
order keeps it and the copy is a mention of its own that matches nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from math import fsum

from onrecord.document import VALUE_TYPES, Document, Span

from .align import align
from .counts import Counts, Key, Tally

Clusters = Sequence[Sequence[Hashable]]
"""Entities as lists of mention keys; no key stands twice."""
Sizes = dict[int, int]
"""Entity → how many mentions it has."""
Table = Counter[tuple[int, int]]
"""(gold entity, predicted entity) → how many mentions they share; never 0."""


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
    table, sizes = _table(ours, theirs), (_sizes(ours), _sizes(theirs))
    counts = _counts(table, *sizes)
    longer = [{i: n for i, n in side.items() if n > 1} for side in sizes]
    if longer == list(sizes):
        dropped = counts
    else:
        inside = {
            k: n for k, n in table.items() if k[0] in longer[0] and k[1] in longer[1]
        }
        dropped = _counts(Counter(inside), *longer)
    whole: dict[Key, Tally] = {(metric, ""): t for metric, t in counts.items()}
    return whole | {(m, "singletons=dropped"): t for m, t in dropped.items()}


def clusters(document: Document) -> Clusters:
    """A document's entities as mention clusters, values left out, in canonical order."""
    found: list[list[Span]] = sorted(
        sorted(mention.span for mention in entity.mentions)
        for entity in document.entities
        if entity.type not in VALUE_TYPES and entity.mentions
    )
    places = [span for spans in found for span in spans]
    if len(set(places)) == len(places):
        return found
    seen: Counter[Span] = Counter()
    out: list[list[Hashable]] = []
    for spans in found:
        keys: list[Hashable] = []
        for span in spans:
            seen[span] += 1
            # A copy is like no gold mention, nor is a place that is not in the text.
            keys.append((span, seen[span], "lost") if seen[span] > 1 else span)
        out.append(keys)
    return out


def _sizes(side: Clusters) -> Sizes:
    return {i: len(cluster) for i, cluster in enumerate(side)}


def _table(ours: Clusters, theirs: Clusters) -> Table:
    home = {key: j for j, cluster in enumerate(theirs) for key in cluster}
    return Counter(
        [
            (i, home[key])
            for i, cluster in enumerate(ours)
            for key in cluster
            if key in home
        ]
    )


def _counts(table: Table, sizes_o: Sizes, sizes_t: Sizes) -> dict[str, Tally]:
    """The metrics from the mentions that entities share, and the entities' sizes."""
    total_o, total_t = sum(sizes_o.values()), sum(sizes_t.values())
    common = table.total()
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
            len(sizes_o),
            len(sizes_t),
            lambda i, j, n: 2 * n / (sizes_o[i] + sizes_t[j]),
        ),
        "lea": _lea(table, sizes_o, sizes_t),
        **_blanc(table, sizes_o, sizes_t),
    }


def _muc(table: Table, ours: Sizes, theirs: Sizes) -> Tally:
    """Links kept: an entity of n mentions in p parts keeps n − p of its n − 1 links."""
    # Every mention that both sides have is in one part, and every cell is one part.
    kept = table.total() - len(table)
    return Tally(
        sum(ours.values()) - len(ours),
        sum(theirs.values()) - len(theirs),
        kept,
        kept,
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


def _lea(table: Table, ours: Sizes, theirs: Sizes) -> Tally:
    recalled = correct = 0.0
    for (i, j), n in table.items():
        # A singleton's self-link is resolved only by a singleton.
        kept = _links(n) if n > 1 else float(ours[i] == theirs[j] == 1)
        recalled += ours[i] * kept / _links(ours[i])
        correct += theirs[j] * kept / _links(theirs[j])
    return Tally(sum(ours.values()), sum(theirs.values()), recalled, correct)


def _blanc(table: Table, ours: Sizes, theirs: Sizes) -> dict[str, Tally]:
    def pairs(sizes: Iterable[int]) -> int:
        return sum(size * (size - 1) // 2 for size in sizes)

    both = pairs(table.values())
    links_o, links_t = pairs(ours.values()), pairs(theirs.values())
    rest_o = pairs([sum(ours.values())]) - links_o
    rest_t = pairs([sum(theirs.values())]) - links_t
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
