"""The type of a name: from its own words, then from the words around it."""

from __future__ import annotations

from typing import NamedTuple

from .cues import is_cue_word
from .lexicon import given_names, union, words
from .reading import Reading
from .runs import Name


class Kind(NamedTuple):
    """A type and how sure it is: 3 by the name's own words, 2 by its context, 1 by default."""

    type: str
    strength: int


def kind_of(reading: Reading, name: Name) -> Kind:
    """The type of one mention by name."""
    if name.type == "NORP" and _is_language(reading, name):
        return Kind("LANGUAGE", 2)
    if name.type:
        return Kind(name.type, 3)
    if name.honorific:
        return Kind("PERSON", 3)
    return (
        _by_first_word(reading, name)
        or _by_last_word(reading, name)
        or _by_context(reading, name)
    )


def _is_language(reading: Reading, name: Name) -> bool:
    before, after = reading.low(name.first - 1), reading.low(name.last)
    spoken = before in ("in", "speaks", "speak", "spoke", "speaking", "fluent", "into")
    return (
        spoken and reading.low(name.first) in words("languages") and not after.isalpha()
    )


def _by_first_word(reading: Reading, name: Name) -> Kind | None:
    low, size = reading.low(name.first), name.last - name.first
    inner = [reading.low(i) for i in range(name.first, name.last)]
    if reading.tokens[name.last - 1].kind == "number" and size > 1:
        return Kind("PRODUCT" if low in words("product_names") else "LAW", 3)
    if low in words("product_names"):
        return Kind("PRODUCT", 3)
    if reading.low(name.first - 1) in words("product_markers"):
        return Kind("PRODUCT", 3)
    if (
        low in words("product_markers")
        and size > 1
        and reading.tokens[name.first].text.isupper()
    ):
        return Kind("PRODUCT", 3)
    if "of" in inner or "for" in inner:
        if low in words("organisation_heads"):
            return Kind("ORG", 3)
        if low in ("gulf", "isle", "bay", "sea", "strait", "cape"):
            return Kind("LOC", 3)
    if low in ("river", "lake", "mount", "loch", "cape") and size > 1:
        return Kind("LOC", 3)
    return None


def _by_last_word(reading: Reading, name: Name) -> Kind | None:
    low, size = reading.low(name.last - 1), name.last - name.first
    first = reading.low(name.first)
    if size > 1:
        person = (
            first in given_names()
            and size == 2
            and low in union("facilities", "event_words")
        )
        for key, kind in (
            ("laws", "LAW"),
            ("facilities", "FAC"),
            ("locations", "LOC"),
            ("event_words", "EVENT"),
            ("organisation_suffixes", "ORG"),
        ):
            if low in words(key) and not person:
                return Kind(kind, 3)
        if "&" in (reading.low(i) for i in range(name.first, name.last)):
            return Kind("ORG", 3)
    if first in given_names():
        return Kind("PERSON", 3 if size > 1 else 2)
    text = reading.tokens[name.first].text
    if size == 1 and text.isupper() and 1 < len(text) < 7 and text.isalpha():
        return Kind("ORG", 2)
    return None


def _by_context(reading: Reading, name: Name) -> Kind:
    before, after = reading.low(name.first - 1), reading.low(name.last)
    size = name.last - name.first
    person_after = after == "who" or (
        after == "," and reading.low(name.last + 1) in ("who", "whose")
    )
    aged = after == "," and reading.tokens[name.last + 1 : name.last + 2]
    if person_after or (aged and aged[0].text.isdigit() and len(aged[0].text) < 3):
        return Kind("PERSON", 2)
    if before == "for" and reading.low(name.first - 2) in words("roles"):
        return Kind("ORG", 2)
    if before in words("roles") and before not in words("bodies"):
        return Kind("PERSON", 2)
    if (
        after in union("roles", "bodies")
        and reading.low(name.first) not in given_names()
    ):
        return Kind("ORG", 2)
    if size < 3 and before in (
        "in",
        "near",
        "from",
        "outside",
        "at",
        "around",
        "across",
    ):
        return Kind("GPE", 2)
    if before == "the":
        return Kind("ORG", 1)
    speaks = is_cue_word(after) or is_cue_word(before)
    if size > 1:
        return Kind("ORG", 1) if size > 3 else Kind("PERSON", 2 if speaks else 1)
    if speaks:
        return Kind("PERSON", 1)
    return Kind("ORG", 1)
