"""What stands after a cue: where the content begins, whom it was said to, where it ends."""

from __future__ import annotations

from typing import NamedTuple

from .cues import Cue, is_adverb, is_finite
from .lexicon import frame, prepositional, union, words
from .marks import Marks
from .phrases import is_time, object_after
from .reading import Reading

_ANSWERS = frozenset({"no", "yes", "so", "nothing", "anything", "goodbye", "hello"})


class Complement(NamedTuple):
    """Content that begins at token ``first``."""

    first: int
    kind: str
    """``mark``, ``colon`` or ``clause``."""
    hearer: tuple[int, int] | None = None


def complement(
    reading: Reading, cue: Cue, hi: int, marks: Marks, *, loose: bool = False
) -> Complement | None:
    """The content after a verb of speech, by what that verb allows.

    ``loose`` asks for no finite verb after "said": when its subject stands before it, what
    follows can hardly be anything but content.
    """
    at = _skip_circumstances(reading, cue.last, hi)
    hearer = None
    if cue.lemma in frame("object") and not cue.passive and at < hi:
        end = object_after(reading, at, hi)
        if end > at and at not in marks.by_first:
            hearer, at = (at, end), _skip_circumstances(reading, end, hi)
    if at >= hi:
        return None
    if reading.low(at) in (",", ":") and at + 1 in marks.by_first:
        return Complement(at + 1, "mark", hearer)
    if reading.low(at) == ":" and at + 1 < hi:
        return Complement(at + 1, "colon", hearer)
    if at in marks.by_first:
        return Complement(at, "mark", hearer)
    first = _clause_start(reading, cue, at, hi, hearer)
    if first is None and loose and cue.lemma == "say" and _may_open(reading, at, hi):
        first = at
    if first is None and cue.lemma in frame("naming"):
        first = _named_start(reading, cue.last, hi, marks)
        return None if first is None else Complement(first, "mark")
    if first is None and hearer and cue.lemma in frame("zero"):
        # what looked like a hearer may be the subject of the content: "warned prices rise"
        first, hearer = _zero_start(reading, hearer[0], hi), None
    return None if first is None else Complement(first, "clause", hearer)


def _may_open(reading: Reading, at: int, hi: int) -> bool:
    """Whether a clause may begin here for all that no finite verb was recognised in it."""
    token = reading.tokens[at]
    begins = token.low in union("determiners", "subject_pronouns") or token.is_capital
    return begins and hi - at > 3 and token.low not in _ANSWERS and not is_time(token)


def _skip_circumstances(reading: Reading, at: int, hi: int) -> int:
    """Goes past "later", "on Tuesday", "in a statement": where and when it was said."""
    while at < hi:
        token = reading.tokens[at]
        if (is_adverb(token.low) and reading.low(at + 1) != ",") or is_time(token):
            at += 1
        elif (
            token.low in ("on", "in", "at", "during", "through", "via", "to")
            and at + 1 < hi
        ):
            end = _venue_end(reading, at + 1, hi)
            if end is None:
                return at
            at = end
        else:
            return at
    return at


def _venue_end(reading: Reading, at: int, hi: int) -> int | None:
    """Where "a statement" or "Tuesday" ends, when that is what stands at ``at``."""
    if is_time(reading.tokens[at]):
        return at + 1
    for end in range(at + 1, min(at + 6, hi) + 1):
        low = reading.low(end - 1)
        if low in words("venues") and reading.low(end) not in words("venues"):
            return end
        if (
            low in union("relatives", "auxiliaries", "prepositions")
            or not low[:1].isalnum()
        ):
            return None
    return None


def _clause_start(
    reading: Reading, cue: Cue, at: int, hi: int, hearer: tuple[int, int] | None
) -> int | None:
    low, lemma = reading.low(at), cue.lemma
    after_not = reading.low(at + 1) if low == "not" else low
    if low == "that" and lemma in frame("clause"):
        return at
    if low in ("whether", "if", "why", "how", "what", "when", "where", "who", "which"):
        return at if lemma in frame("wh") else None
    if low in _ANSWERS:
        return None
    unnamed = reading.words(at, min(at + 4, hi)).lower()
    if "to be named" in unnamed or "to be identified" in unnamed:
        return None
    if after_not == "to" and _takes_infinitive(cue, hearer):
        return at
    if low in prepositional(lemma) and at + 1 < hi:
        return at
    if low.endswith("ing") and low.isalpha() and lemma in words("gerund"):
        return at
    late = _preposition_after_object(reading, cue, at, hi)
    if late is not None:
        return late
    # "wrote **in the Mirror** that …": the place first, then the content
    placed = _late_that(reading, cue, at, hi)
    if placed is not None:
        return placed
    if lemma in frame("zero"):
        zero = _zero_start(reading, at, hi)
        if zero is not None:
            return zero
    takes_noun = lemma in words("noun_object") and low not in words("prepositions")
    return at if takes_noun and reading.tokens[at].kind == "word" else None


def _takes_infinitive(cue: Cue, hearer: tuple[int, int] | None) -> bool:
    if cue.lemma in frame("object_infinitive"):
        return hearer is not None or cue.passive or cue.lemma in frame("infinitive")
    return cue.lemma in frame("infinitive") or (
        cue.passive and cue.lemma in frame("clause")
    )


def _preposition_after_object(
    reading: Reading, cue: Cue, at: int, hi: int
) -> int | None:
    """ "accused **the coalition** of undermining …": the content begins at "of"."""
    allowed = prepositional(cue.lemma)
    if cue.lemma not in words("after_object"):
        return None
    token = reading.tokens[at]
    definite = token.is_capital or token.low in union("determiners", "pronouns")
    end = object_after(reading, at, hi) if allowed and definite else at
    while end < hi and end > at and end - at < 14:
        low = reading.low(end)
        if low in allowed:
            return end
        if low not in ("of", "and", "in", "for", "the", "at") and not low.isalnum():
            return None
        end += 1
    return None


def _zero_start(reading: Reading, at: int, hi: int) -> int | None:
    """ "said **the ferry was late**": a clause without "that", known by its finite verb."""
    low = reading.low(at)
    token = reading.tokens[at]
    if token.kind == "other" and token.text not in "$£€#":
        return None
    if low in words("auxiliaries") or low in (
        "and",
        "but",
        "or",
        "as",
        "than",
        "because",
    ):
        return None
    if low in words("prepositions") and low not in (
        "in",
        "at",
        "by",
        "after",
        "under",
        "since",
    ):
        return None
    for i in range(at + 1, min(at + 25, hi)):
        if is_finite(reading.low(i)) or reading.low(i) in (
            "'re",
            "'ve",
            "'ll",
            "'d",
            "'m",
        ):
            return at
        if reading.low(i) in ("who", "which", ";"):
            return None
    return None


def _late_that(reading: Reading, cue: Cue, at: int, hi: int) -> int | None:
    """ "said after the hearing that": the content begins at "that"."""
    if cue.lemma not in frame("clause") or reading.low(at) not in words("prepositions"):
        return None
    for i in range(at + 1, min(at + 9, hi)):
        if reading.low(i) == "that":
            return i
        if reading.low(i) in ",;:" or is_finite(reading.low(i)):
            return None
    return None


def _named_start(reading: Reading, at: int, hi: int, marks: Marks) -> int | None:
    """ "called the plan **“a disgrace”**": the marked name soon after the verb."""
    for i in range(at, min(at + 12, hi)):
        if i in marks.by_first:
            return i
        if reading.low(i) in (",", ";", "and", ":"):
            return None
    return None
