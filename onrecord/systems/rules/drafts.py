"""Drafts of quotes, and how content is added to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.document import Span

from .complements import Complement
from .cues import Cue
from .endings import clause_end
from .lexicon import frame
from .marks import Mark
from .phrases import Phrase
from .reading import Reading
from .stretches import Sentence, Stretch


@dataclass
class Draft:
    """A quote before its speaker is known."""

    place: tuple[int, int]
    """The sentence that holds it, in tokens."""
    content: list[Span]
    direct: list[Span] = field(default_factory=list)
    cue: Span | None = None
    lemma: str = ""
    source: Phrase | None = None
    hearer: tuple[int, int] | None = None
    passive: bool = False
    negated: bool = False
    hypothetical: bool = False
    parent: int | None = None
    like: int | None = None
    """The quote whose speaker it shares, where it has no source of its own."""
    marks: list[Mark] = field(default_factory=list)


@dataclass
class Context:
    """A sentence while its cues are read from left to right."""

    stretch: Stretch
    sentence: Sentence
    taken: int
    """Content of an earlier cue ends here."""
    subject: Phrase | None = None
    used: set[int] = field(default_factory=set)


def new_draft(context: Context, cue: Cue, subject: Phrase | None) -> Draft:
    """A quote without content yet."""
    place = (context.sentence.first, context.sentence.last)
    span = context.stretch.reading.span(cue.first, cue.last)
    return Draft(
        place, [], cue=span, lemma=cue.lemma, source=subject, passive=cue.passive,
        negated=cue.negated, hypothetical=cue.hypothetical,
    )  # fmt: skip


def mark_before(context: Context, lead: int) -> Mark | None:
    """The marked stretch that ends right before the cue's clause."""
    by_last = context.stretch.marks.by_last
    mark = by_last.get(lead)
    if mark is None and context.stretch.reading.low(lead - 1) == ",":
        mark = by_last.get(lead - 1)
    fits = (
        mark and mark.first >= context.sentence.first and mark.first not in context.used
    )
    return mark if fits else None


def add_before(context: Context, draft: Draft, mark: Mark) -> None:
    """Marked words before the cue, with the unmarked ones that lead to them."""
    reading = context.stretch.reading
    start = max(context.sentence.first, context.taken)
    span = reading.span(mark.first, mark.last)
    draft.marks.append(mark)
    draft.direct.append(span)
    lead = [t for t in reading.tokens[start : mark.first] if t.kind != "other"]
    if (
        len(lead) > 2
        and start < mark.first
        and reading.tokens[mark.first - 1].text not in ":."
    ):
        first = start
        while reading.tokens[first].kind == "other" and first < mark.first:
            first += 1
        earlier = marks_in(context, first, mark.first)
        draft.marks[:0] = earlier
        draft.direct[:0] = [reading.span(m.first, m.last) for m in earlier]
        span = Span(reading.tokens[first].start, span.end)
    draft.content.append(span)


def marks_in(context: Context, first: int, last: int) -> list[Mark]:
    """The marked stretches wholly among the tokens ``[first, last)``."""
    by_first = context.stretch.marks.by_first
    return [
        by_first[i]
        for i in range(first, last)
        if i in by_first and by_first[i].last <= last
    ]


def add_after(
    context: Context, draft: Draft, found: Complement, later: Sequence[Cue]
) -> None:
    """Content after the cue, marked or not."""
    reading, hi = context.stretch.reading, context.sentence.last
    mark = context.stretch.marks.by_first.get(found.first)
    if mark and (draft.lemma in frame("naming") or _stands_alone(reading, mark, hi)):
        last = mark.last
    else:
        last = clause_end(reading, found.first, hi, context.stretch.marks, later)
        last = max(last, mark.last if mark else 0)
    if last <= found.first:
        return
    inner = marks_in(context, found.first, last)
    draft.marks += inner
    draft.direct += [reading.span(m.first, m.last) for m in inner]
    draft.content.append(reading.span(found.first, last))


def _stands_alone(reading: Reading, mark: Mark, hi: int) -> bool:
    """Whether the content is over when the marks close."""
    if mark.last >= hi or not mark.closed:
        return True
    inside = reading.tokens[mark.last - 2].text
    following = reading.tokens[mark.last]
    if following.text == ",":
        return True
    return inside in ".!?,…" or following.kind == "other"
