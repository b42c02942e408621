"""The lexicons, read once when first needed: lists of words, verbs of speech, places, names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml


class Form(NamedTuple):
    """What an inflected word of speech is a form of."""

    lemma: str
    tense: str
    """``base``, ``s``, ``ing``, ``past`` or ``participle``."""


class Place(NamedTuple):
    """A known name of a place or people."""

    type: str
    name: str
    """The fullest usual form, shared by all aliases."""
    capital_of: str | None = None


@lru_cache
def _file(name: str) -> Mapping[str, Any]:
    path = files(__package__) / f"{name}.yaml"
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def split_list(listed: str) -> tuple[str, ...]:
    """A comma-separated list → its items."""
    return tuple(item.strip() for item in listed.split(",") if item.strip())


def pattern_data() -> Mapping[str, Any]:
    """The parts and patterns of ``patterns.yaml``."""
    return _file("patterns")


@lru_cache
def words(key: str) -> frozenset[str]:
    """The list of that name in ``lexicon.yaml``, lower case."""
    return frozenset(split_list(_file("lexicon")[key]))


@lru_cache
def frame(name: str) -> frozenset[str]:
    """The lemmas of speech that may be followed so."""
    return frozenset(split_list(_file("lexicon")["frames"][name]))


@lru_cache
def prepositional(lemma: str) -> frozenset[str]:
    """The prepositions that may begin the content of that verb."""
    return frozenset(split_list(_file("lexicon")["prepositional"].get(lemma, "")))


@lru_cache
def cue_forms() -> Mapping[str, Form]:
    """Every form of a verb of speech, lower case; two-word verbs with one space."""
    data = _file("lexicon")
    lemmas = {lemma for name in data["frames"] for lemma in frame(name)}
    lemmas |= set(data["prepositional"])
    found: dict[str, Form] = {}
    for lemma in sorted(lemmas):
        for word, tense in _inflect(lemma, data["inflections"].get(lemma)):
            found.setdefault(word, Form(lemma, tense))
    return found


def _inflect(lemma: str, irregular: str | None) -> list[tuple[str, str]]:
    if irregular:
        listed = split_list(irregular)
        tenses = ["s", "ing", "past", *["participle"] * (len(listed) - 3)]
        return [(lemma, "base"), *zip(listed, tenses, strict=True)]
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x")) else "s")
    past = stem + "ed"
    if lemma.endswith("y") and lemma[-2] not in "aeou":
        third, past = lemma[:-1] + "ies", lemma[:-1] + "ied"
    return [(lemma, "base"), (third, "s"), (stem + "ing", "ing"), (past, "past")]


@lru_cache
def places() -> Mapping[str, Place]:
    """Known places and peoples by lower-case name."""
    data = _file("places")
    found: dict[str, Place] = {}
    for entry in split_list(data["countries"]):
        country, capitals, demonyms = entry.split("|")
        found[country.lower()] = Place("GPE", country)
        for word in filter(None, demonyms.split("/")):
            found.setdefault(word.lower(), Place("NORP", word))
        for word in filter(None, capitals.split("/")):
            found[word.lower()] = Place("GPE", word, country)
    for name, listed in data["aliases"].items():
        kind = "ORG" if name in ("European Union", "United Nations") else "GPE"
        for word in (*split_list(listed), name):
            found[word.lower()] = Place(kind, name)
    for key, kind in (("cities", "GPE"), ("regions", "GPE"), ("peoples", "NORP")):
        for word in split_list(data[key]):
            found.setdefault(word.lower(), Place(kind, word))
    return found


@lru_cache
def given_names() -> Mapping[str, str]:
    """Given name, lower case → ``male`` or ``female``."""
    data = _file("given_names")
    return {
        name.lower(): gender
        for gender in ("male", "female")
        for name in split_list(data[gender])
    }


@lru_cache
def union(*keys: str) -> frozenset[str]:
    """Several lists of ``lexicon.yaml`` as one."""
    return frozenset[str]().union(*(words(key) for key in keys))
