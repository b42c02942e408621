"""Titles of works: marked stretches whose words all have capitals."""

from __future__ import annotations

from collections.abc import Sequence

from .lexicon import union, words
from .marks import Marked
from .reading import Reading
from .runs import Name

_LONGEST = 12


def with_works(
    reading: Reading, names: Sequence[Name], marked: Sequence[Marked]
) -> list[Name]:
    """The names with titles of works, which replace the names inside them."""
    works = [work for m in marked if m.depth == 0 and (work := _work(reading, m))]
    if not works:
        return list(names)
    kept: list[Name] = []
    at = 0
    for name in sorted(names):
        while at < len(works) and works[at].last <= name.first:
            at += 1
        if at == len(works) or name.last <= works[at].first:
            kept.append(name)
    return sorted([*kept, *works])


def _work(reading: Reading, marked: Marked) -> Name | None:
    first, last = reading.at(marked.start) + 1, reading.at(marked.end) - 1
    while last > first and reading.tokens[last - 1].text in ".,":
        last -= 1
    if not marked.closed or not 2 <= last - first <= _LONGEST:
        return None
    tokens = reading.tokens[first:last]
    plain = all(
        t.kind in ("number", "clitic")
        or t.is_capital
        or t.low in words("title_small_words")
        for t in tokens
    )
    # all capitals is shouting, a body's name in marks is still the body's
    bodies = union("organisation_heads", "organisation_suffixes")
    body = tokens[0].low in bodies or tokens[-1].low in bodies
    shouted = all(t.text.isupper() for t in tokens if t.kind == "word")
    if not plain or not tokens[0].is_capital or shouted or body:
        return None
    return Name(first, last, "WORK_OF_ART")
