"""The turns of a transcript: lines that begin with their speaker and a colon."""

from __future__ import annotations

from typing import NamedTuple

from .lexicon import union, words
from .reading import Reading

_FEWEST = 3
"""So many lines must begin like a turn before labels not in capitals are taken for labels; of the others two suffice."""


class Turn(NamedTuple):
    """A line with a speaker's label: tokens ``[first, colon)`` label it, ``begin`` opens it."""

    first: int
    colon: int
    last: int
    name: int
    """Where the name in the label begins; ``colon`` when there is only a description."""
    name_end: int
    honorific: str
    loud: bool

    @property
    def begin(self) -> int:
        """The first token that is spoken."""
        return self.colon + 1


def find_turns(reading: Reading) -> list[Turn]:
    """The turns of a text, by place."""
    found = [t for line in reading.lines if (t := _turn(reading, *line))]
    loud = sum(turn.loud for turn in found)
    return [t for t in found if (t.loud and loud > 1) or len(found) >= _FEWEST]


def _turn(reading: Reading, first: int, last: int) -> Turn | None:
    colon = next(
        (
            i
            for i in range(first + 1, min(first + 10, last - 1))
            if reading.low(i) == ":"
        ),
        None,
    )
    if colon is None:
        return None
    tokens = reading.tokens[first:colon]
    if any(t.text not in ".,’'-()–&" and t.kind == "other" for t in tokens):
        return None
    label = [t for t in tokens if t.kind == "word"]
    loud = bool(label) and all(t.text.isupper() for t in label)
    capital = all(
        t.is_capital or t.low in union("particles", "prepositions") for t in label
    )
    if not label or not (loud or capital):
        return None
    name, honorific = _name_start(reading, first, colon)
    end = name
    while end < colon and reading.tokens[end].kind != "other":
        end += 1
    plain = union("determiners", "roles", "titles", "common") | {
        "q",
        "a",
        "operator",
        "witness",
    }
    if reading.low(name) in plain or end == name:
        name = end = colon
    return Turn(first, colon, last, name, end, honorific, loud)


def _name_start(reading: Reading, first: int, colon: int) -> tuple[int, str]:
    at, honorific = first, ""
    while at < colon - 1 and reading.low(at) in union(
        "honorifics", "titles", "title_modifiers"
    ):
        if reading.low(at) in words("honorifics"):
            honorific = reading.low(at)
        at += 1
    return at, honorific
