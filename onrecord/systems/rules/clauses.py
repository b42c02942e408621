"""Clauses: where a sentence may safely be cut, and what sort of statement one makes."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import NamedTuple

from onrecord.document import ClaimKind

from .cues import is_adverb, is_finite
from .lexicon import cue_forms, union, words
from .reading import Reading
from .sources import Scene
from .values import Value

_COUNTED = ("MONEY", "PERCENT", "QUANTITY", "CARDINAL")


class Clause(NamedTuple):
    """Tokens ``[first, last)`` without the punctuation at its ends."""

    first: int
    last: int


def split_clauses(reading: Reading, first: int, last: int) -> list[Clause]:
    """The stretch cut at semicolons and before conjoined clauses with their own subject."""
    cuts = [first]
    at = first
    opening = 0
    if reading.low(first) in ("while", "although", "though", "whereas"):
        opening = next((i for i in range(first, last) if reading.low(i) == ","), 0)
        cuts += [opening + 1] if opening else []
    for i in range(max(first, opening) + 2, last - 2):
        low = reading.low(i)
        if low == ";":
            cuts.append(i + 1)
        elif low == "and" and reading.low(i + 1) == "that":
            cuts.append(i + 2)
        elif low in ("and", "but", "while") and reading.low(i - 1) == ",":
            if _has_finite(reading, at, i) and _begins_clause(reading, i + 1, last):
                cuts.append(i + 1)
        else:
            continue
        at = cuts[-1]
    cuts.append(last)
    pieces = (trim(reading, a, _before_aside(reading, a, b)) for a, b in pairwise(cuts))
    return [piece for piece in pieces if piece.last - piece.first > 2]


def _before_aside(reading: Reading, first: int, last: int) -> int:
    """Where the author's comment begins: ", raising concerns"."""
    for i in range(first + 3, last - 1):
        if reading.low(i) == "," and reading.low(i + 1) in words("author_participles"):
            return i
    return last


def trim(reading: Reading, first: int, last: int) -> Clause:
    """The stretch without marks, commas and conjunctions at its ends."""
    while first < last and (
        (
            reading.tokens[first].kind == "other"
            and reading.tokens[first].text not in "$£€#"
        )
        or reading.low(first) in words("linkers")
    ):
        first += 1
    while last > first and (
        reading.tokens[last - 1].kind == "other"
        or reading.low(last - 1) in ("and", "but", "while")
    ):
        if reading.tokens[last - 1].text in "%$£€":
            break
        last -= 1
    return Clause(first, last)


def _has_finite(reading: Reading, first: int, last: int) -> bool:
    return any(is_finite(reading.low(i)) for i in range(first, last))


def _begins_clause(reading: Reading, at: int, last: int) -> bool:
    """Whether a subject stands at ``at`` with its verb soon after."""
    token = reading.tokens[at]
    while at < last and (is_adverb(token.low) or token.low in words("approximators")):
        at += 1
        token = reading.tokens[at]
    subject = token.is_capital or token.low in union("determiners", "subject_pronouns")
    plural = (
        token.kind == "word" and token.low.endswith("s") and not is_finite(token.low)
    )
    if not (subject or plural or token.kind == "number") or is_finite(token.low):
        return False
    return _has_finite(reading, at + 1, min(at + 9, last))


def values_in(values: tuple[Value, ...], start: int, end: int) -> list[Value]:
    """The values within an offset range; ``values`` are by place."""
    at = bisect_left(values, start, key=lambda v: v.start)
    found = []
    while at < len(values) and values[at].start < end:
        found.append(values[at])
        at += 1
    return found


def is_checkable(scene: Scene, clause: Clause, values: tuple[Value, ...]) -> bool:
    """A finite statement about something definite, and no question, opinion or hedge."""
    reading = scene.reading
    lows = [reading.low(i) for i in range(clause.first, clause.last)]
    if (
        not any(is_finite(low) for low in lows)
        and "'s" not in lows
        and "'re" not in lows
    ):
        return False
    if clause.last < len(reading.tokens) and reading.low(clause.last) == "?":
        return False
    if lows[0] in (
        "if",
        "why",
        "how",
        "what",
        "who",
        "let",
        "please",
        "thank",
        "imagine",
    ):
        return False
    span = reading.span(clause.first, clause.last)
    counted = any(v.type != "ORDINAL" for v in values_in(values, span.start, span.end))
    subjective = any(low in union("opinion_words", "hedges") for low in lows)
    if subjective and not any(
        v.type in _COUNTED for v in values_in(values, span.start, span.end)
    ):
        return False
    named = bool(scene.named(clause.first, clause.last))
    weighty = any(low in words("weighty_words") for low in lows)
    if not counted and _only_speech(lows):
        return False
    person = any(low in ("he", "she", "i") for low in lows[:1])
    return named or counted or weighty or person


def _only_speech(lows: list[str]) -> bool:
    """That somebody said something is a quote, not a claim."""
    finite = [low for low in lows if is_finite(low)]
    said = cue_forms().get(finite[-1] if finite else "")
    first = cue_forms().get(finite[0] if finite else "")
    silent = any(
        low in ("respond", "comment", "reply", "disputed", "agreed") for low in lows
    )
    return first is not None or (said is not None and said.lemma == "say") or silent


def kind_of_claim(
    scene: Scene, clause: Clause, values: tuple[Value, ...], *, reported: bool = False
) -> ClaimKind:
    """The first kind that fits, in the guidelines' order; reported "would" is a future."""
    reading = scene.reading
    lows = [reading.low(i) for i in range(clause.first, clause.last)]
    text = f" {' '.join(lows)} "
    if _is_prediction(lows, text, reported=reported):
        return "prediction"
    if any(low in words("rule_words") for low in lows) or " have to " in text:
        return "rule"
    if any(f" {cue} " in text for cue in words("causal_words")):
        return "causal"
    if any(f" {cue} " in text for cue in words("comparison_words")):
        return "comparison"
    verb = next((low for low in lows if is_finite(low)), "")
    span = reading.span(clause.first, clause.last)
    counts = [v for v in values_in(values, span.start, span.end) if v.type in _COUNTED]
    changed = any(
        reading.tokens[i].text in words("change_words") for i in range(*clause)
    )
    if counts and changed:
        return "comparison"
    state = _is_state(lows, verb)
    measures = state or verb in ("cost", "costs", "totalled", "stood", "weighs")
    if counts and (measures or _opens_with(reading, clause, counts[0])):
        return "quantity"
    return "state" if state else "event"


def _opens_with(reading: Reading, clause: Clause, value: Value) -> bool:
    """Whether the clause is about a number: "About 30,000 passengers were stranded"."""
    first = clause.first
    while reading.low(first) in words("approximators"):
        first += 1
    return reading.tokens[first].start == value.start


def _is_prediction(lows: list[str], text: str, *, reported: bool) -> bool:
    if reported and "would" in lows and "would have" not in text:
        return True
    return any(low in words("prediction_words") for low in lows) or any(
        f" {cue} " in text for cue in words("prediction_phrases")
    )


def _is_state(lows: list[str], verb: str) -> bool:
    if verb not in words("stative_words"):
        return False
    following = lows[lows.index(verb) + 1 :][:2]
    # "was hurt", "has left": the auxiliary of an event
    return not any(is_finite(w) or w.endswith(("ed", "en")) for w in following)


def is_weighty(
    scene: Scene, clause: Clause, kind: ClaimKind, values: tuple[Value, ...]
) -> bool:
    """Whether a reader would want it checked: money, numbers, safety, rights, blame."""
    reading = scene.reading
    span = reading.span(clause.first, clause.last)
    found = {v.type for v in values_in(values, span.start, span.end)}
    if found & {"MONEY", "PERCENT"} or kind in ("rule", "causal"):
        return True
    lows = [reading.low(i) for i in range(clause.first, clause.last)]
    weighty = any(low in words("weighty_words") for low in lows)
    return weighty or (kind in ("quantity", "comparison", "prediction") and bool(found))
