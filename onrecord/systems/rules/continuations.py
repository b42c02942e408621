"""Quotes without a cue of their own: further marked words, reopened marks, headlines, nesting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.document import Span

from .cues import is_finite
from .drafts import Draft
from .lexicon import union, words
from .marks import Mark, Marked
from .phrases import Phrase, phrase_after
from .quotes import quotes_of
from .reading import Reading
from .stretches import Sentence, Stretch, paragraphs, sentences, within

_DEEPEST = 2


@dataclass
class _Progress:
    """What has been found so far, and what an open paragraph may still go on with."""

    marked: Sequence[Marked]
    drafts: list[Draft] = field(default_factory=list)
    unclosed: int | None = None
    waiting: list[int] = field(default_factory=list)
    """Marked paragraphs for which no quote stood before: the next one's speaker is theirs."""


def find_quotes(reading: Reading, marked: Sequence[Marked]) -> list[Draft]:
    """Every quote of the text, nested ones after the one that holds them."""
    progress = _Progress(marked)
    previous: int | None = None
    for stretch in paragraphs(reading, marked):
        begin = len(progress.drafts)
        _paragraph(progress, stretch, previous, None, 0)
        if len(progress.drafts) > begin:
            outer = [
                i for i in range(begin, len(progress.drafts)) if _outer(progress, i)
            ]
            previous = outer[-1] if outer else previous
    return progress.drafts


def _outer(progress: _Progress, index: int) -> bool:
    return progress.drafts[index].parent is None


def _paragraph(
    progress: _Progress,
    stretch: Stretch,
    previous: int | None,
    parent: int | None,
    depth: int,
) -> None:
    drafts = progress.drafts
    begin = len(drafts)
    last_sentence: Sentence | None = None
    for sentence in sentences(stretch):
        first = len(drafts)
        drafts += _headline(stretch, sentence) or quotes_of(stretch, sentence)
        used = {m.first for d in drafts[first:] for m in d.marks}
        spoken = first > begin and drafts[first - 1].direct and not used
        touching = bool(spoken and drafts[first - 1].place[1] == sentence.first)
        free = _free_marks(stretch, sentence, used, touching)
        for mark in free:
            near = first - 1 if first > begin else None
            _place(progress, stretch, mark, sentence, near, previous, depth)
        if not free and first == len(drafts) and first > begin and last_sentence:
            _go_on(progress, stretch, sentence, first - 1, last_sentence)
        last_sentence = sentence
    for index in range(begin, len(drafts)):
        drafts[index].parent = parent
    _adopt(progress, begin)
    if depth < _DEEPEST:
        for index in range(begin, len(drafts)):
            _inside(progress, stretch, index, depth)


def _adopt(progress: _Progress, begin: int) -> None:
    """Marked words that came before any speaker take that of the first quote after them."""
    sourced = [i for i in range(begin, len(progress.drafts)) if progress.drafts[i].cue]
    if sourced and progress.waiting:
        for index in progress.waiting:
            progress.drafts[index].like = sourced[0]
        progress.waiting.clear()


def _inside(progress: _Progress, stretch: Stretch, index: int, depth: int) -> None:
    """Reads what stands inside a quote's marks as a voice of its own."""
    for mark in list(progress.drafts[index].marks):
        if mark.last - mark.first < 5:
            continue
        start = stretch.reading.tokens[mark.first].start
        end = stretch.reading.tokens[mark.last - 1].end
        inner = [
            m for m in _between(progress.marked, start, end) if m.depth == depth + 1
        ]
        _paragraph(progress, within(stretch, mark, inner), None, index, depth + 1)


def _between(marked: Sequence[Marked], start: int, end: int) -> Sequence[Marked]:
    from bisect import bisect_left

    first = bisect_left(marked, start, key=lambda m: m.start)
    last = bisect_left(marked, end, key=lambda m: m.start)
    return marked[first:last]


def _free_marks(
    stretch: Stretch, sentence: Sentence, used: set[int], touching: bool
) -> list[Mark]:
    """Marked stretches of the sentence that no cue claimed and that are speech."""
    by_first = stretch.marks.by_first
    free: list[Mark] = []
    at = sentence.first
    while at < sentence.last:
        mark = by_first.get(at)
        if mark and at not in used:
            alone = touching and at == sentence.first and mark.last >= sentence.last
            if mark.continues or alone or _is_speech(stretch.reading, mark):
                free.append(mark)
        at = max(mark.last, at + 1) if mark else at + 1
    return free


def _is_speech(reading: Reading, mark: Mark) -> bool:
    """Sentence-like: it begins as a sentence and ends as one; scare quotes and titles do not."""
    inner = reading.tokens[mark.first + 1 : mark.last - 1 if mark.closed else mark.last]
    if len(inner) < 4 or (not mark.closed and len(inner) < 6):
        return False
    if reading.low(mark.last) == ":" and any(is_finite(t.low) for t in inner):
        return True
    ends = inner[-1].text[-1] in ".!?…—–" or not mark.closed
    ends |= inner[-1].text == "," and any(is_finite(t.low) for t in inner)
    begins = (
        inner[0].text[0].isupper()
        or inner[0].text[0] in "…‘'“["
        or inner[0].kind == "number"
    )
    return ends and begins


def _place(
    progress: _Progress,
    stretch: Stretch,
    mark: Mark,
    sentence: Sentence,
    near: int | None,
    previous: int | None,
    depth: int,
) -> None:
    """Adds free marked words to the quote they continue, or makes them one of their own."""
    reading, drafts = stretch.reading, progress.drafts
    span = reading.span(mark.first, mark.last)
    target = near
    if mark.continues and progress.unclosed is not None:
        target = progress.unclosed
    elif near is not None and not _goes_on(reading, drafts[near], mark, sentence):
        target = None
    if target is not None and drafts[target].direct:
        drafts[target].content.append(span)
        drafts[target].direct.append(span)
        drafts[target].marks.append(mark)
    else:
        place = (sentence.first, sentence.last)
        like = near if near is not None else previous
        drafts.append(Draft(place, [span], [span], like=like, marks=[mark]))
        target = len(drafts) - 1
        if like is None and depth == 0:
            progress.waiting.append(target)
    if not mark.closed and depth == 0:
        progress.unclosed = target


def _goes_on(reading: Reading, draft: Draft, mark: Mark, sentence: Sentence) -> bool:
    """Whether "“A,” she said." stands right before "“B.”"."""
    touching = sentence.first == draft.place[1] or draft.content[-1].end == (
        reading.tokens[mark.first - 1].end
    )
    return touching and sentence.first >= mark.first - 1 and bool(draft.direct)


def _headline(stretch: Stretch, sentence: Sentence) -> list[Draft]:
    """ "Captain: the boat was late" in a headline: the name is the source, the colon the cue."""
    reading, (first, last, _) = stretch.reading, sentence
    if reading.kind_of_section(reading.tokens[first].start) != "headline":
        return []
    colons = [i for i in range(first + 1, last - 1) if reading.low(i) == ":"]
    if len(colons) != 1 or any(
        is_finite(reading.low(i)) for i in range(first, colons[0])
    ):
        return []
    colon = colons[0]
    source = phrase_after(reading, first, colon)
    if source is None or source.last != colon or colon - first > 5 or last - colon < 4:
        return []
    tokens = reading.tokens[first:colon]
    if not (tokens[-1].is_capital or tokens[-1].low in union("roles", "bodies")):
        return []
    marks = [
        stretch.marks.by_first[i]
        for i in range(colon, last)
        if i in stretch.marks.by_first
    ]
    end = last
    while (
        end > colon + 2
        and reading.low(end - 1) in (".", ",")
        and end not in stretch.marks.by_last
    ):
        end -= 1
    draft = Draft(
        (first, last),
        [reading.span(colon + 1, end)],
        [reading.span(m.first, m.last) for m in marks],
        cue=reading.span(colon, colon + 1),
        lemma=":",
        source=Phrase(first, colon, colon),
        marks=marks,
    )
    return [draft]


def _go_on(
    progress: _Progress,
    stretch: Stretch,
    sentence: Sentence,
    before: int,
    last_sentence: Sentence,
) -> None:
    """A plain sentence in back-shifted tense that goes on with what the last one reported."""
    reading, draft = stretch.reading, progress.drafts[before]
    if draft.direct or draft.place != (last_sentence.first, last_sentence.last):
        return
    if reading.low(sentence.first) not in words("third_pronouns") | {
        "it",
        "they",
        "there",
        "the",
    }:
        return
    finite = [
        i for i in range(sentence.first, sentence.last) if is_finite(reading.low(i))
    ]
    if not finite or reading.low(finite[0]) not in (
        "had",
        "would",
        "hadn't",
        "wouldn't",
    ):
        return
    end = sentence.last
    while end > sentence.first + 1 and reading.tokens[end - 1].kind == "other":
        end -= 1
    span = Span(reading.tokens[sentence.first].start, reading.tokens[end - 1].end)
    place = (sentence.first, sentence.last)
    progress.drafts.append(Draft(place, [span], like=before))
