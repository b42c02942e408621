"""Quotes from cues: each cue with its content, source and hearer."""

from __future__ import annotations

from collections.abc import Sequence

from .complements import Complement, complement
from .cues import Cue, is_finite
from .drafts import Context, Draft, add_after, add_before, mark_before, new_draft
from .lexicon import frame, union, words
from .phrases import Phrase, is_time, object_after, phrase_after, subject_before
from .reading import Reading
from .reports import (
    according,
    from_noun,
    heard,
    parenthetical,
    passive,
    told_in_hearing,
)
from .stretches import Sentence, Stretch


def quotes_of(stretch: Stretch, sentence: Sentence) -> list[Draft]:
    """The quotes whose cue stands in the sentence, outside its marks."""
    context = Context(stretch, sentence, sentence.first)
    drafts: list[Draft] = []
    for index, cue in enumerate(sentence.cues):
        later = sentence.cues[index + 1 :]
        floor = sentence.cues[index - 1].last if index else sentence.first
        draft = _quote(context, cue, max(floor, _mark_floor(context, cue)), later)
        if draft and draft.content:
            context.taken = max(
                context.taken, stretch.reading.at(draft.content[-1].end)
            )
            nested = drafts and _within(draft, drafts[-1])
            context.subject = (
                context.subject if nested else draft.source or context.subject
            )
            context.used |= {m.first for m in draft.marks}
            drafts.append(draft)
    return drafts


def _within(draft: Draft, outer: Draft) -> bool:
    """Whether the cue stands in another quote's content."""
    cue = draft.cue
    return cue is not None and any(s.start <= cue.start < s.end for s in outer.content)


def _mark_floor(context: Context, cue: Cue) -> int:
    """The end of the last mark before the cue."""
    by_last = context.stretch.marks.by_last
    at = cue.first
    while at > context.sentence.first and at not in by_last:
        at -= 1
    return at


def _quote(
    context: Context, cue: Cue, floor: int, later: Sequence[Cue]
) -> Draft | None:
    if cue.kind == "according":
        return according(context, cue, later)
    reading, hi = context.stretch.reading, context.sentence.last
    if cue.kind == "noun":
        return from_noun(context, cue, floor, later)
    if cue.lemma == "hear" or told_in_hearing(reading, cue, floor, hi):
        return heard(context, cue, floor, later)
    at_edge = cue.first <= floor or reading.low(cue.first - 1) == ","
    found = complement(reading, cue, hi, context.stretch.marks, loose=not at_edge)
    if cue.passive:
        return passive(context, cue, floor, found, later)
    subject, inverted = _subject(context, cue, floor, found)
    lead = cue.first if inverted or subject is None else subject.first
    before = mark_before(context, lead)
    if inverted:
        subject = phrase_after(reading, cue.last, hi)
        found = _after_inverted(context, subject, hi)
    if found is None and before is None:
        return parenthetical(context, cue, subject, lead, later, inverted)
    if not _is_saying(cue, subject, found):
        return None
    draft = new_draft(context, cue, subject)
    if before is not None:
        add_before(context, draft, before)
    if found is None and not inverted and cue.lemma in frame("object"):
        end = object_after(reading, cue.last, hi)
        draft.hearer = (cue.last, end) if end > cue.last else None
    if found is not None:
        draft.hearer = found.hearer
        add_after(context, draft, found, later)
    return draft


def _is_saying(cue: Cue, subject: Phrase | None, found: Complement | None) -> bool:
    """Leaves out nouns that look like verbs, and verbs that need content after them."""
    if (
        subject is None
        and cue.tense != "ing"
        and (found is None or found.kind == "clause")
    ):
        return False  # "after 'bullying' claims"
    speaks = frame("clause") | frame("direct") | frame("wh")
    return found is not None or cue.lemma in speaks


def _subject(
    context: Context, cue: Cue, floor: int, found: Complement | None
) -> tuple[Phrase | None, bool]:
    """The subject before the cue, and whether it must instead follow ("said X")."""
    reading = context.stretch.reading
    at_edge = cue.first <= floor or reading.low(cue.first - 1) == ","
    if cue.tense == "ing":
        return context.subject or _main_subject(context, cue), False
    follows = _can_follow(reading, cue, context.sentence.last)
    if at_edge and found is None and follows:
        return None, True
    subject = subject_before(reading, cue.first, floor)
    if (
        subject is None
        and reading.low(cue.first - 1) == ","
        and floor > context.sentence.first
    ):
        subject = subject_before(reading, cue.first, context.sentence.first)
    if subject is None and at_edge and follows:
        return None, True
    if subject is None and reading.low(cue.first - 1) in (
        "and",
        "but",
        ",",
        "or",
        "then",
    ):
        subject = context.subject or _main_subject(context, cue)
    return subject, False


def _can_follow(reading: Reading, cue: Cue, hi: int) -> bool:
    """Whether an inverted subject stands after the cue: "said **Captain Walczak**"."""
    if cue.tense not in ("past", "s") or cue.last >= hi:
        return False
    token = reading.tokens[cue.last]
    if token.low in words("speaker_pronouns"):
        return True
    named = token.is_capital and not is_time(token)
    return (
        named
        or token.low in union("determiners", "roles")
        or (
            token.kind == "word"
            and (reading.low(cue.last + 1) in union("roles", "bodies"))
        )
    )


def _main_subject(context: Context, cue: Cue) -> Phrase | None:
    """The subject of the sentence's first finite verb."""
    reading, first = context.stretch.reading, context.sentence.first
    for at in range(first + 1, cue.first):
        if at in context.stretch.marks.by_first:
            return None
        if is_finite(reading.low(at)) and not reading.tokens[at].is_capital:
            return subject_before(reading, at, first)
    return None


def _after_inverted(
    context: Context, subject: Phrase | None, hi: int
) -> Complement | None:
    """Marked words that go on after "said X,"."""
    if subject is None:
        return None
    reading, by_first = context.stretch.reading, context.stretch.marks.by_first
    at = subject.last
    while at < hi and at - subject.last < 16 and at not in by_first:
        if reading.low(at) in (".", ";"):
            return None
        at += 1
    return Complement(at, "mark") if at in by_first and at < hi else None
