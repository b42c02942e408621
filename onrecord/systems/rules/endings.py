"""Where the content of an indirect quote ends."""

from __future__ import annotations

from collections.abc import Sequence

from .cues import Cue, is_adverb, is_finite
from .lexicon import words
from .marks import Marks
from .reading import Reading

_TURNS = frozenset({"but", "though", "although", "while", "whereas", "and"})


def clause_end(
    reading: Reading, at: int, hi: int, marks: Marks, later: Sequence[Cue]
) -> int:
    """The token after the content that begins at ``at``, its last comma or stop left out."""
    end = hi
    for cue in later:
        if (
            cue.first > at
            and (stop := _sibling_stop(reading, cue, at, marks)) is not None
        ):
            end = min(end, stop)
            break
    end = _aside_stop(reading, at, end, marks)
    while end > at + 1 and end not in marks.by_last:
        token = reading.tokens[end - 1]
        if token.kind != "other" or token.text in "%)]":
            break
        end -= 1
    return end


def _sibling_stop(reading: Reading, cue: Cue, at: int, marks: Marks) -> int | None:
    """Where the content must end because ``cue`` reports something else of the same source."""
    first = cue.first
    while first > at and is_adverb(reading.low(first - 1)):
        first -= 1
    before = reading.low(first - 1)
    if cue.kind == "according":
        return first
    if cue.tense == "ing":
        if first in marks.by_last:
            return first  # "thrilled," adding …
        return first - 1 if before in (",", "and") else None
    if before in ("and", "but"):
        return first - 2 if reading.low(first - 2) == "," else first - 1
    if before == "," and cue.kind == "verb":
        return first - 1
    if reading.low(cue.last) in (".", "") or cue.last >= len(reading.tokens):
        # ", the jury heard." closes the whole sentence
        for comma in range(first - 1, max(at, first - 5), -1):
            if reading.low(comma) == ",":
                return comma
    for comma in range(first - 1, max(at, first - 12), -1):
        low = reading.low(comma)
        if low == "," and reading.low(comma + 1) in _TURNS:
            return comma  # another speaker: ", but the union said …"
        if is_finite(low):
            break
    if before in words("speaker_pronouns"):
        linker = reading.low(first - 2)
        if linker in ("though", "although", "but", "while", "and"):
            return first - 3 if reading.low(first - 3) == "," else None
        if linker == ",":
            return first - 2
    return None


def _aside_stop(reading: Reading, at: int, end: int, marks: Marks) -> int:
    """A comma before the author's own participle ("…, reinforcing …") ends the content."""
    i = at
    while i < end - 1:
        if i in marks.by_first:
            i = marks.by_first[i].last
            continue
        following = reading.low(i + 1)
        comment = reading.low(i + 2) in (
            "move",
            "step",
            "decision",
            "charge",
            "claim",
            "sign",
        )
        if reading.low(i) == "," and (
            following in words("author_participles")
            or (following in ("a", "an") and comment)
        ):
            return i
        i += 1
    return end
