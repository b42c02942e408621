"""Quotes whose source is no subject: "according to", "his claim that", passives, hearings."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.document import Span

from .complements import Complement, complement
from .cues import Cue, is_finite
from .drafts import (
    Context,
    Draft,
    add_after,
    add_before,
    mark_before,
    marks_in,
    new_draft,
)
from .endings import clause_end
from .lexicon import frame, union, words
from .phrases import Phrase, phrase_after, subject_before
from .reading import Reading
from .stretches import after_dateline


def parenthetical(
    context: Context,
    cue: Cue,
    subject: Phrase | None,
    lead: int,
    later: Sequence[Cue],
    inverted: bool,
) -> Draft | None:
    """ "The ferry was late, he said." – the content comes first and is not marked."""
    reading = context.stretch.reading
    first = after_dateline(reading, context.sentence.first, context.sentence.last)
    last = lead - 1
    if subject is None or cue.lemma not in frame("zero") | {"continue", "answer"}:
        return None
    if last - first < 3 or reading.low(last) != "," or cue.tense == "ing":
        return None
    if reading.low(first) in ("and", "but", ","):
        first += 1
    finite = [reading.low(i) for i in range(first, last) if is_finite(reading.low(i))]
    if reading.low(first) in words("prepositions"):
        # "In a report published today, …" only leads to what is said
        finite = [low for low in finite if not low.endswith("ed")]
    if not finite:
        return None
    draft = new_draft(context, cue, subject)
    draft.content.append(reading.span(first, last))
    draft.marks = marks_in(context, first, last)
    draft.direct = [reading.span(m.first, m.last) for m in draft.marks]
    resume = subject.last if inverted else cue.last
    goes_on = reading.low(resume) == "," and resume + 2 < context.sentence.last
    if goes_on and reading.low(resume + 1) not in union(
        "author_participles", "relatives"
    ):
        add_after(context, draft, Complement(resume + 1, "clause"), later)
    return draft


def according(context: Context, cue: Cue, later: Sequence[Cue]) -> Draft | None:
    """ "According to the regulator, …" and "…, according to the regulator"."""
    reading, (first, hi, _) = context.stretch.reading, context.sentence
    source = phrase_after(reading, cue.last, hi)
    if source is None:
        return None
    draft = new_draft(context, cue, source)
    start = max(first, context.taken)
    if cue.first - start > 2:
        mark = mark_before(context, cue.first)
        if mark:
            add_before(context, draft, mark)
        else:
            end = clause_end(reading, start, cue.first, context.stretch.marks, ())
            draft.marks += marks_in(context, start, end)
            draft.direct += [reading.span(m.first, m.last) for m in draft.marks]
            draft.content.append(reading.span(start, end))
    rest = source.last
    if reading.low(rest) == "," and rest + 1 < hi:
        add_after(context, draft, Complement(rest + 1, "clause"), later)
    return draft


def from_noun(
    context: Context, cue: Cue, floor: int, later: Sequence[Cue]
) -> Draft | None:
    """ "His claim that …": the source is the possessor."""
    reading = context.stretch.reading
    before = cue.first - 1
    while before > floor and reading.low(before) not in words("possessives") | {"'s"}:
        before -= 1
    if reading.tokens[before].kind == "clitic":
        owner = subject_before(reading, before, floor)
        source = Phrase(owner.first, before + 1, before) if owner else None
    else:
        source = Phrase(before, before + 1, before + 1)
    if source is None:
        return None
    draft = new_draft(context, cue, source)
    add_after(context, draft, Complement(cue.last, "clause"), later)
    if draft.content and not draft.direct:
        draft.content = [_before_main_verb(context, cue, draft.content[0])]
    return draft


def _before_main_verb(context: Context, cue: Cue, content: Span) -> Span:
    """ "The forecast that sales would rise **was** greeted …": the content ends before "was"."""
    reading = context.stretch.reading
    if any(is_finite(reading.low(i)) for i in range(context.sentence.first, cue.first)):
        return content
    first, last = reading.at(content.start), reading.at(content.end)
    finite = [i for i in range(first, last) if is_finite(reading.low(i))]
    main = finite[-1] if len(finite) > 1 else last
    if main - first < 3 or reading.low(main - 1) in union(
        "conjunctions", "subject_pronouns"
    ):
        return content
    groups = [i for i in finite if reading.low(i) in words("auxiliaries")]
    main = max((i for i in groups if i > first + 3), default=main)
    return reading.span(first, main)


def told_in_hearing(reading: Reading, cue: Cue, floor: int, hi: int) -> bool:
    """ "…, inquiry told": a headline's passive without its auxiliary."""
    ends = cue.last >= hi or reading.low(cue.last) == "."
    return (
        cue.lemma == "tell" and ends and reading.low(cue.first - 1) in words("hearers")
    )


def heard(context: Context, cue: Cue, floor: int, later: Sequence[Cue]) -> Draft | None:
    """ "The inquiry heard that …": nobody is named as the speaker."""
    reading, hi = context.stretch.reading, context.sentence.last
    subject = subject_before(reading, cue.first, floor)
    if subject is None or not any(
        reading.low(i) in words("hearers") for i in range(subject.first, subject.last)
    ):
        return None
    found = complement(reading, cue, hi, context.stretch.marks)
    before = mark_before(context, subject.first)
    draft: Draft | None = new_draft(context, cue, None)
    if draft and found:
        add_after(context, draft, found, later)
    elif draft and before:
        add_before(context, draft, before)
    else:
        draft = parenthetical(
            context, cue._replace(lemma="say"), subject, subject.first, later, False
        )
    if draft:
        draft.source, draft.hearer = None, (subject.first, subject.last)
        draft.passive = True
    return draft


def passive(
    context: Context,
    cue: Cue,
    floor: int,
    found: Complement | None,
    later: Sequence[Cue],
) -> Draft | None:
    """ "It was claimed that …": a speaker only where "by X" names one."""
    reading, hi = context.stretch.reading, context.sentence.last
    by = (
        phrase_after(reading, cue.last + 1, hi)
        if reading.low(cue.last) == "by"
        else None
    )
    if by:
        found = complement(
            reading, cue._replace(last=by.last), hi, context.stretch.marks
        )
    if found is None:
        return None
    draft = new_draft(context, cue, by)
    if cue.lemma in frame("object"):
        told = subject_before(reading, cue.first, floor)
        draft.hearer = (told.first, told.last) if told else None
    add_after(context, draft, found, later)
    return draft
