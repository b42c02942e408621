"""Stretches of one voice, cut into sentences that never break inside quotation marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from .cues import Cue, find_cues, is_cue_word
from .marks import Mark, Marked, Marks, index_marks
from .reading import Reading

_LONGEST_SENTENCE = 400
"""Tokens outside marks: what is longer is cut, so that no rule scans a whole text twice."""

_MOST_CUES = 24
"""Cues in one sentence: more only in texts made to be slow."""


class Stretch(NamedTuple):
    """Tokens ``[first, last)`` and the marked parts in them: a paragraph, or inside marks."""

    reading: Reading
    first: int
    last: int
    marks: Marks


class Sentence(NamedTuple):
    """Tokens ``[first, last)`` of a stretch, and the cues in them outside marks."""

    first: int
    last: int
    cues: tuple[Cue, ...]


def paragraphs(reading: Reading, marked: Sequence[Marked]) -> Iterator[Stretch]:
    """Each line of the text with its outermost marks."""
    outer = [m for m in marked if m.depth == 0]
    at = 0
    for first, last in reading.lines:
        end = reading.tokens[last - 1].end
        begin = at
        while at < len(outer) and outer[at].start < end:
            at += 1
        marks = (_in_tokens(reading, m) for m in outer[begin:at])
        yield Stretch(reading, first, last, index_marks(marks))


def within(stretch: Stretch, mark: Mark, marked: Sequence[Marked]) -> Stretch:
    """What stands inside ``mark``, with the marks nested in it; ``marked`` is one level deeper."""
    reading = stretch.reading
    inner = [
        _in_tokens(reading, m)
        for m in marked
        if reading.tokens[mark.first].end <= m.start
        and m.end <= reading.tokens[mark.last - 1].end
    ]
    last = mark.last - 1 if mark.closed else mark.last
    return Stretch(
        reading, mark.first + 1, max(last, mark.first + 1), index_marks(inner)
    )


def _in_tokens(reading: Reading, marked: Marked) -> Mark:
    first, last = reading.at(marked.start), reading.at(marked.end)
    return Mark(first, max(last, first + 1), marked.closed, marked.continues)


def sentences(stretch: Stretch) -> list[Sentence]:
    """The sentences of a stretch, a question and its "he asked" together."""
    found: list[Sentence] = []
    for first, last in _cut(stretch):
        sentence = Sentence(
            first, last, tuple(islice(_cues(stretch, first, last), _MOST_CUES))
        )
        if found and _asks(stretch, found[-1], sentence):
            before = found.pop()
            sentence = Sentence(before.first, last, (*before.cues, *sentence.cues))
        found.append(sentence)
    return found


def after_dateline(reading: Reading, first: int, last: int) -> int:
    """Where a sentence begins after a dateline such as "LONDON (Reuters) –"."""
    if reading.tokens[first].text.isupper() and len(reading.tokens[first].text) > 2:
        if reading.low(first + 1) == ":":
            return min(first + 2, last)
        for at in range(first + 1, min(first + 12, last - 1)):
            if reading.tokens[at].text in ("–", "—", "--", "-"):
                return at + 1
    return first


def _cut(stretch: Stretch) -> Iterator[tuple[int, int]]:
    owner, by_first = stretch.reading.sentence_of, stretch.marks.by_first
    begin = at = stretch.first
    outside = 0
    while at < stretch.last:
        at = by_first[at].last if at in by_first else at + 1
        outside += 1
        over = at < stretch.last and owner[at] != owner[at - 1]
        if over or outside >= _LONGEST_SENTENCE or at >= stretch.last:
            yield begin, min(at, stretch.last)
            begin, outside = at, 0


def _cues(stretch: Stretch, first: int, last: int) -> Iterator[Cue]:
    begin = at = first
    while at <= last:
        if at == last or at in stretch.marks.by_first:
            if begin < at:
                yield from find_cues(stretch.reading, begin, at)
            if at == last:
                return
            at = begin = max(stretch.marks.by_first[at].last, at + 1)
            if at > last:
                return
        else:
            at += 1


def _asks(stretch: Stretch, before: Sentence, sentence: Sentence) -> bool:
    """Whether a sentence is only the cue of the marked question before it."""
    reading = stretch.reading
    mark = stretch.marks.by_last.get(before.last)
    if (
        mark is None
        or not mark.closed
        or mark.last - mark.first < 3
        or not sentence.cues
    ):
        return False
    if reading.tokens[mark.last - 2].text not in "?!…—–" or before.cues:
        return False
    cue = sentence.cues[0]
    short = cue.first - sentence.first < 9 and cue.kind == "verb"
    said = not is_cue_word(reading.low(cue.last)) and reading.low(cue.last) != "that"
    ends = cue.last >= sentence.last - 1 or reading.low(cue.last) in (
        ".", ",", ":", "in", "on", "at", "as", "to", "after", "when", "me", "him", "her", "them"
    )  # fmt: skip
    inverted = cue.first == sentence.first
    return short and said and (ends or inverted)
