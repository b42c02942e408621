"""Names: runs of capitals, known places and bodies, speaker labels; and the titles before them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .cues import is_finite
from .lexicon import given_names, union, words
from .reading import Reading
from .runs import Name, place_at, run_end, split_run
from .turns import Turn


@dataclass(frozen=True)
class _Seen:
    """What the whole text tells of its words: which also occur in lower case, which as names."""

    lower: frozenset[str]
    inner: frozenset[str]


def find_names(
    reading: Reading, dates: frozenset[int], turns: Sequence[Turn] = ()
) -> list[Name]:
    """The names of a text by place, outermost only; ``dates`` are tokens inside dates."""
    seen = _look(reading)
    by_line = {turn.first: turn for turn in turns}
    found: list[Name] = []
    loud: list[tuple[int, int]] = []
    for first, last in reading.lines:
        turn = by_line.get(first)
        if turn and turn.loud:
            found += _label_name(turn)
            first = turn.begin
        if _is_loud(reading, first, last):
            loud.append((first, last))
        else:
            found += _in_line(reading, first, last, seen, dates)
    known = {
        reading.words(n.first, n.last).lower(): n.type for n in found if not n.label
    }
    surnames = {reading.low(n.last - 1): n.type for n in found if n.last - n.first > 1}
    for first, last in loud:
        found += _known_in(reading, first, last, {**surnames, **known})
    return sorted(found)


def _look(reading: Reading) -> _Seen:
    lower = frozenset(
        t.low for t in reading.tokens if t.kind == "word" and t.text[0].islower()
    )
    starts = {first for first, _ in reading.sentences}
    inner = frozenset(
        t.low
        for i, t in enumerate(reading.tokens)
        if t.is_capital
        and i not in starts
        and reading.tokens[i - 1].text not in "“\"‘':"
    )
    return _Seen(lower, inner)


def _is_loud(reading: Reading, first: int, last: int) -> bool:
    """A line in capitals, or a headline with capitals at every longer word."""
    tokens = [
        t for t in reading.tokens[first:last] if t.kind == "word" and len(t.text) > 3
    ]
    if len(tokens) < 3:
        return False
    if sum(t.text.isupper() for t in tokens) > 0.7 * len(tokens):
        return True
    headline = reading.kind_of_section(reading.tokens[first].start) == "headline"
    return headline and sum(t.is_capital for t in tokens) > 0.8 * len(tokens)


def _label_name(turn: Turn) -> Iterator[Name]:
    if turn.name < turn.colon:
        title = turn.first if turn.name > turn.first and not turn.honorific else None
        yield Name(turn.name, turn.name_end, "PERSON", title, turn.honorific, True)


def _known_in(
    reading: Reading, first: int, last: int, known: dict[str, str]
) -> Iterator[Name]:
    at = first
    while at < last:
        place = place_at(reading, at, last, loud=True)
        if place:
            yield place
            at = place.last
            continue
        for end in range(min(at + 5, last), at, -1):
            low = reading.words(at, end).lower()
            if low in known and reading.tokens[at].kind == "word":
                if reading.tokens[at].text[0].isupper() and low not in words("common"):
                    yield Name(at, end, known[low])
                    at = end - 1
                break
        at += 1


def _in_line(
    reading: Reading, first: int, last: int, seen: _Seen, dates: frozenset[int]
) -> Iterator[Name]:
    at = first
    while at < last:
        token = reading.tokens[at]
        if at in dates or not token.is_capital or token.low == "i":
            at += 1
            continue
        place = place_at(reading, at, last)
        if (
            not place
            and _is_initial(reading, at, first)
            and _ordinary(reading, at, seen)
        ):
            at += 1
            continue
        end = run_end(reading, at, last, dates)
        yield from (names := list(split_run(reading, at, end, place)))
        at = max(names[-1].last if names else end, at + 1)


def _is_initial(reading: Reading, at: int, first: int) -> bool:
    if at == first or reading.sentence_of[at] != reading.sentence_of[at - 1]:
        return True
    return reading.tokens[at - 1].text in "“\"‘'«„:;•–—*-(["


def _ordinary(reading: Reading, at: int, seen: _Seen) -> bool:
    """Whether the word has its capital only from its place at the beginning."""
    token = reading.tokens[at]
    following = reading.tokens[at + 1] if at + 1 < len(reading.tokens) else None
    if token.low in union("honorifics", "titles", "title_modifiers"):
        return not (following and following.is_capital)
    closed = union("common", "determiners", "pronouns", "prepositions", "conjunctions")
    if token.low in closed or "'" in token.low:
        return True
    if token.low in seen.inner or (token.text.isupper() and len(token.text) > 1):
        return False
    if reading.low(at + 1) == "of" and token.low in words("organisation_heads"):
        return not reading.tokens[min(at + 2, len(reading.tokens) - 1)].is_capital
    if token.low in seen.lower:
        return True
    if following and (following.is_capital or following.kind == "clitic"):
        return False
    if token.low in union("roles", "bodies", "adverbs", "auxiliaries", "documents"):
        return True
    if token.low in given_names():
        return False
    acts = following is not None and (
        is_finite(following.low) or following.text in ",:"
    )
    return not acts or token.low.endswith(("ing", "ly", "ed"))
