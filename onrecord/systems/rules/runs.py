"""Runs of capitals: how far a name goes, and what titles and places stand inside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .lexicon import given_names, places, union, words
from .phrases import is_time
from .reading import Reading

_LONGEST = 8


class Name(NamedTuple):
    """A mention by name in tokens ``[first, last)``; ``type`` is empty where not yet known."""

    first: int
    last: int
    type: str = ""
    title: int | None = None
    """The token where the title that stands before it begins."""
    honorific: str = ""
    label: bool = False
    """Whether it is the speaker's label of a turn."""


def place_at(
    reading: Reading, at: int, last: int, *, loud: bool = False
) -> Name | None:
    """The longest known place, people or body that begins at the token."""
    if not reading.tokens[at].is_capital:
        return None
    for end in range(min(at + 4, last), at, -1):
        if reading.tokens[end - 1].kind != "word":
            continue
        text = reading.words(at, end)
        low = text.lower()
        known = places().get(low)
        kind = known.type if known else "ORG" if low in words("actor_bodies") else ""
        kind = kind or ("LOC" if low in words("location_names") else "")
        if not kind or (end == at + 1 and _only_a_word(text, loud)):
            continue
        if all(
            t.text[0].isupper() or t.low in ("of", "de") for t in reading.tokens[at:end]
        ):
            return Name(at, end, kind)
    return None


def _only_a_word(text: str, loud: bool) -> bool:
    """ "us", "it", "who" are acronyms only in capitals, and never in a line of capitals."""
    low = text.lower()
    short = low in (
        "us",
        "who",
        "ap",
        "sec",
        "eu",
        "un",
        "imf",
        "uk",
        "bp",
        "abc",
        "meta",
    )
    ordinary = low in (
        "unite",
        "shell",
        "reading",
        "bath",
        "ford",
        "labour",
        "guardian",
        "gulf",
    )
    return (short and (loud or not text.isupper())) or (ordinary and loud)


def run_end(reading: Reading, at: int, last: int, dates: frozenset[int]) -> int:
    """The token after the run of capitals, with the small words that may stand in names."""
    end = at + 1
    while end < last and end - at < _LONGEST:
        token = reading.tokens[end]
        following = reading.tokens[end + 1] if end + 1 < last else None
        before = reading.tokens[end - 1]
        if end in dates or is_time(token):
            break
        if token.is_capital and token.low != "i":
            end += 1
        elif (
            token.low == "'s"
            and following
            and following.is_capital
            and following.low in union("facilities", "organisation_suffixes")
            and not place_at(reading, at, end)
        ):
            end += 2
        elif token.kind == "number" and before.low in union(
            "numbered_laws", "product_names"
        ):
            return end + 1
        elif following and following.is_capital and _connects(reading, at, end):
            end += 2
        elif token.low == "the" and before.low in ("of", "for") and following:
            end += 1
        elif (
            token.low in ("of", "for")
            and reading.low(end + 1) == "the"
            and before.low in words("organisation_heads")
            and end + 2 < last
            and reading.tokens[end + 2].is_capital
        ):
            end += 3
        else:
            break
    return end


def _connects(reading: Reading, at: int, end: int) -> bool:
    low, before = reading.low(end), reading.tokens[end - 1]
    if low in words("particles") or low == "&":
        return before.is_capital or low == "&"
    if low in ("of", "for"):
        heads = union("organisation_heads", "locations") | {
            "gulf",
            "isle",
            "king",
            "duke",
        }
        return before.low in heads or (
            low == "for" and before.low in ("centre", "center")
        )
    governed = any(reading.low(i) in ("of", "for") for i in range(at, end))
    return low == "and" and governed and reading.low(at) in words("organisation_heads")


def split_run(
    reading: Reading, first: int, end: int, place: Name | None
) -> Iterator[Name]:
    """A run of capitals → its names: "Russian Foreign Minister Sergey Lavrov" has two."""
    if place and place.last < end and not _one_name(reading, place, end):
        yield place
        rest = list(
            split_run(reading, place.last, end, place_at(reading, place.last, end))
        )
        for name in rest:
            whole = name.title == place.last and place.last == rest[0].title
            yield name._replace(title=first) if whole else name
        return
    if place and place.last >= end:
        yield place
        return
    begin, honorific, titled = _after_titles(reading, first, end)
    if begin < end:
        if (
            begin > first
            and (inner := place_at(reading, begin, end))
            and inner.last >= end
        ):
            yield inner
            return
        title = first if titled else None
        yield Name(begin, end, "PERSON" if begin > first else "", title, honorific)


def _one_name(reading: Reading, place: Name, end: int) -> bool:
    """Whether a place's name is part of a longer name: "Manchester United", "Paris Hilton"."""
    tail: Sequence[str] = [reading.low(i) for i in range(place.last, end)]
    if tail[0] in union("titles", "honorifics") or " ".join(tail[:2]) in words(
        "titles"
    ):
        return False
    proper = union(
        "organisation_suffixes", "facilities", "locations", "laws", "event_words",
        "organisation_heads",
    )  # fmt: skip
    if any(word in proper for word in tail):
        return True
    return place.last == place.first + 1 and reading.low(place.first) in given_names()


def _after_titles(reading: Reading, first: int, end: int) -> tuple[int, str, bool]:
    """Where the name begins after titles and honorifics, the honorific, and if a title stood."""
    at = done = first
    honorific, titled = "", False
    while at < end:
        for size in (4, 3, 2, 1):
            phrase = " ".join(reading.low(i) for i in range(at, min(at + size, end)))
            if at + size <= end and phrase in union("titles", "honorifics"):
                mere = phrase in words("honorifics")
                honorific = phrase if mere else honorific
                titled |= not mere
                at = done = at + size
                break
        else:
            if reading.low(at) not in words("title_modifiers"):
                break
            at += 1  # "Deputy" belongs to the title only if one follows
    return done, honorific, titled
