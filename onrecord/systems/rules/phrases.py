"""Noun phrases next to a cue: the subject before it, the subject after it, the hearer."""

from __future__ import annotations

from typing import NamedTuple

from .cues import is_adverb, is_cue_word
from .lexicon import union, words
from .reading import Reading, Token

_LONGEST = 24
_OPENERS = "“\"‘'«„‹"


class Phrase(NamedTuple):
    """A noun phrase in tokens ``[first, last)``; ``core`` ends where its apposition begins."""

    first: int
    last: int
    core: int


def is_time(token: Token) -> bool:
    """Whether the word alone tells a day or month."""
    return token.low in words("weekdays") or (
        token.low in words("months") and token.text[0].isupper() and token.low != "may"
    )


def is_inner(token: Token, following: Token | None = None) -> bool:
    """Whether a token can stand inside a simple noun phrase."""
    if token.kind == "clitic":
        return token.low == "'s"
    if token.kind == "number":
        return True
    if token.kind == "other":
        return token.text in "&’'-/" and token.text != ""
    low = token.low
    if is_time(token) or low in words("relatives"):
        return False
    closed = union("auxiliaries", "conjunctions", "prepositions")
    if low in closed and not (
        token.is_capital and token.text.isupper() and len(low) > 2
    ):
        return False
    return low not in words("pronouns") - words("possessives") - words("determiners")


def collect_before(reading: Reading, end: int, lo: int) -> Phrase | None:
    """The noun phrase that ends before token ``end``, prepositional phrases inside it."""
    first = end
    floor = max(lo, end - _LONGEST)
    while first > floor:
        token = reading.tokens[first - 1]
        inner = is_inner(token) or (
            token.low in words("inner_prepositions") and first < end and first - 1 > lo
        )
        if not inner or _is_predicate(reading, first - 1, end):
            break
        first -= 1
    first = _trim(reading, first, end)
    return Phrase(first, end, end) if first < end else None


def _is_predicate(reading: Reading, at: int, end: int) -> bool:
    """A verb of speech that ends another clause, not a noun such as "report"."""
    low = reading.low(at)
    return (
        at < end - 1 and is_cue_word(low) and low in ("said", "says", "told", "added")
    )


def _trim(reading: Reading, first: int, end: int) -> int:
    """Leaves out an introduction: "On a cold night the minister" → "the minister"."""
    while first < end:
        token = reading.tokens[first]
        if token.low in words("prepositions") and not token.text.isupper():
            first = _after_introduction(reading, first, end)
        elif (
            (is_adverb(token.low) and token.low not in ("one",))
            or token.kind == "clitic"
            or token.kind == "other"
        ):
            first += 1
        else:
            break
    return first


def _after_introduction(reading: Reading, first: int, end: int) -> int:
    """The phrase after a leading preposition's own: at its next determiner or capital."""
    for at in range(first + 2, end):
        token, before = reading.tokens[at], reading.tokens[at - 1]
        begins = token.low in words("determiners") or token.is_capital
        linked = before.low in union("prepositions", "determiners")
        if begins and not linked and not before.is_capital and before.kind == "word":
            return at
    return end


def subject_before(reading: Reading, cue: int, lo: int) -> Phrase | None:
    """The subject of the verb group that begins at ``cue``."""
    end = cue
    while end > lo and (
        is_adverb(reading.low(end - 1))
        or is_time(reading.tokens[end - 1])
        or (reading.low(end - 1) in ("on", "last", "this") and end < cue)
    ):
        end -= 1
    if end <= lo:
        return None
    low = reading.low(end - 1)
    if low in words("speaker_pronouns"):
        return Phrase(end - 1, end, end)
    if low in ("who", "which", "that"):
        skip = 1 if reading.low(end - 2) == "," else 0
        return (
            collect_before(reading, end - 1 - skip, lo) if end - 1 - skip > lo else None
        )
    if low == ",":
        return _across_apposition(reading, end, lo)
    return _coordinated(reading, collect_before(reading, end, lo), lo)


def _coordinated(reading: Reading, phrase: Phrase | None, lo: int) -> Phrase | None:
    """ "She and two other passengers": the whole, where "and" begins no new clause."""
    if (
        phrase is None
        or phrase.first - 2 < lo
        or reading.low(phrase.first - 1) != "and"
    ):
        return phrase
    at = phrase.first - 2
    if reading.low(at) in words("speaker_pronouns"):
        left: Phrase | None = Phrase(at, at + 1, at + 1)
    else:
        left = collect_before(reading, at + 1, lo)
    # only at the clause's own beginning is it certain that no verb precedes
    if left and (left.first == lo or reading.tokens[left.first - 1].text in "“\"‘',;"):
        return Phrase(left.first, phrase.last, phrase.core)
    return phrase


def _across_apposition(reading: Reading, end: int, lo: int) -> Phrase | None:
    """The phrase whose apposition or relative clause the comma before ``end`` closes."""
    at = end - 2
    floor = max(lo, end - _LONGEST)
    commas: list[int] = []
    while at > floor and reading.tokens[at].text not in '“”";:':
        if reading.tokens[at].text == ",":
            commas.append(at)
        at -= 1
    for comma in commas:
        head = _coordinated(reading, collect_before(reading, comma, lo), lo)
        if head is None or not _is_person_like(reading, head):
            continue
        opening = reading.tokens[comma + 1]
        clause = opening.low in ("who", "which", "whose", "whom", "where") or (
            opening.low.endswith("ing") and opening.kind == "word"
        )
        last = comma if clause else end - 1
        return Phrase(head.first, last, comma)
    return None


def _is_person_like(reading: Reading, phrase: Phrase) -> bool:
    tokens = reading.tokens[phrase.first : phrase.last]
    return (
        any(t.is_capital and not is_time(t) for t in tokens[1:])
        or tokens[0].low in union("determiners", "speaker_pronouns")
        or (tokens[-1].is_capital and tokens[-1].low not in words("common"))
        or tokens[-1].low in words("roles")
    )


def phrase_after(reading: Reading, at: int, hi: int) -> Phrase | None:
    """The noun phrase that begins at ``at``, with the appositions that touch it."""
    if at >= hi:
        return None
    if reading.low(at) in words("speaker_pronouns"):
        return Phrase(at, at + 1, at + 1)
    core = _simple_after(reading, at, hi)
    while (
        at < core < hi - 1
        and reading.low(core) in ("and", "of", "for", "at", "from", "with", "in")
        and _links(reading, core, hi)
    ):
        core = _simple_after(reading, core + 1, hi)
    if core <= at:
        return None
    return Phrase(at, _apposition_end(reading, core, hi), core)


def _links(reading: Reading, at: int, hi: int) -> bool:
    """Whether the preposition or "and" at ``at`` goes on with the phrase before it."""
    before, after = reading.tokens[at - 1], reading.tokens[at + 1]
    if reading.low(at) == "and":
        return after.is_capital and before.is_capital
    if reading.low(at) == "in":
        return after.is_capital and not before.is_capital and not is_time(after)
    if reading.low(at) == "of":
        return after.kind == "word"
    return not before.is_capital and (
        after.is_capital or after.low in words("determiners")
    )


def _simple_after(reading: Reading, at: int, hi: int) -> int:
    start = at
    while at < hi and at - start < _LONGEST:
        token = reading.tokens[at]
        if not is_inner(token) or (is_adverb(token.low) and at > start):
            break
        if token.text in _OPENERS + "’" and token.kind == "other":
            break
        at += 1
    return at


def _apposition_end(reading: Reading, core: int, hi: int) -> int:
    """Where the apposition after ``core`` ends; ``core`` itself when there is none."""
    if core + 1 >= hi or reading.low(core) != ",":
        return core
    token = reading.tokens[core + 1]
    aged = token.kind == "number" and token.text.isdigit() and len(token.text) < 3
    end = core + 2 if aged else _long_apposition(reading, core + 1, hi)
    if end >= hi or reading.tokens[end].text in ",.;:”—–" or reading.low(end) == "who":
        more = _apposition_end(reading, end, hi) if aged and end < hi else end
        return more if end > core + 1 else core
    return core


def _long_apposition(reading: Reading, at: int, hi: int) -> int:
    token = reading.tokens[at]
    start = at
    described = token.low in union("determiners", "possessives")
    while at < hi and at - start < 16 and reading.tokens[at].text not in ",.;:”—–":
        low = reading.low(at)
        if (
            low == "who"
            or low in words("auxiliaries")
            or (is_cue_word(low) and at > start + 1)
        ):
            return at if low == "who" else start
        described |= low in words("roles") and at - start < 8
        at += 1
    return (
        at
        if described and reading.low(start) not in words("speaker_pronouns")
        else start
    )


def object_after(reading: Reading, at: int, hi: int) -> int:
    """Where the hearer that begins at ``at`` ends ("told **the inquiry** the ferry was late")."""
    first = at
    while at < hi and at - first < 8:
        token = reading.tokens[at]
        if token.low in ("me", "him", "her", "us", "them", "you", "it") and at == first:
            return at + 1
        stops = token.low in union("determiners", "subject_pronouns")
        if at > first and stops and token.kind != "number":
            break
        before = reading.tokens[at - 1]
        if at > first and token.is_capital and not before.is_capital and _full(before):
            break
        if not is_inner(token) or (token.kind == "other" and token.text in _OPENERS):
            break
        at += 1
    return at


def _full(token: Token) -> bool:
    """Whether the word before can end a phrase: no determiner or possessive."""
    return token.kind == "word" and token.low not in words("determiners")
