"""What documents of different stories have in common that they should not: passages, openings, names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import combinations

import msgspec

from .document import VALUE_TYPES, Document

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
GRAM = 8
"""Words in a row that two texts must share before it counts."""
OPENING = 3
"""Words by which two first sentences count as the same opening."""


class Overlap(msgspec.Struct, frozen=True):
    """A pair of documents of different stories, and how much of the shorter stands in the other."""

    first: str
    second: str
    containment: float


def words(text: str) -> list[str]:
    """A text's words, lower case, punctuation left out."""
    return _WORD.findall(text.casefold())


def overlaps(documents: Iterable[Document]) -> list[Overlap]:
    """Pairs of different stories that share a stretch of ``GRAM`` words, the most alike first.

    Containment is the share of the smaller set of word 8-grams that the other has too (Broder
    1997); it is 1 for a text that stands whole inside another.
    """
    grams = [(d.id, d.story, _grams(words(d.text))) for d in documents]
    found = []
    for (a, story, ours), (b, other, theirs) in combinations(grams, 2):
        shared = len(ours & theirs) if story != other else 0
        if shared:
            found.append(Overlap(a, b, shared / min(len(ours), len(theirs))))
    return sorted(found, key=lambda pair: (-pair.containment, pair.first, pair.second))


def _grams(text: Sequence[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(zip(*(text[i:] for i in range(GRAM)), strict=False))


def repeated_openings(documents: Iterable[Document]) -> dict[str, list[str]]:
    """First words of a body → the articles that begin so, where there are two or more."""
    found: dict[str, list[str]] = {}
    for document in documents:
        if document.kind == "article":
            opening = " ".join(words(_body(document))[:OPENING])
            found.setdefault(opening, []).append(document.id)
    return {opening: ids for opening, ids in sorted(found.items()) if len(ids) > 1}


def _body(document: Document) -> str:
    body = next((s for s in document.sections if s.kind == "body"), None)
    return document.text[body.start : body.end] if body else document.text


def shared_names(documents: Iterable[Document]) -> dict[str, list[str]]:
    """Names of people, organisations and works → the stories that have them, where two or more do.

    Places, nationalities and values are left out: stories may well share a country.
    """
    found: dict[str, set[str]] = {}
    for document in documents:
        for entity in document.entities:
            if entity.name and entity.type not in _SHARED:
                found.setdefault(entity.name, set()).add(document.story)
    return {
        name: sorted(stories)
        for name, stories in sorted(found.items())
        if len(stories) > 1
    }


_SHARED = {*VALUE_TYPES, "GPE", "LOC", "NORP", "LANGUAGE"}
