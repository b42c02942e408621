"""Cues of speech: verb groups, "according to", and nouns such as "claim"."""

from __future__ import annotations

from typing import NamedTuple

from .lexicon import Form, cue_forms, frame, given_names, union, words
from .reading import Reading


class Cue(NamedTuple):
    """Words that say that something was said, in tokens ``[first, last)``."""

    first: int
    last: int
    lemma: str
    kind: str
    """``verb``, ``noun`` or ``according``."""
    tense: str = "past"
    passive: bool = False
    negated: bool = False
    hypothetical: bool = False


def find_cues(reading: Reading, lo: int, hi: int) -> list[Cue]:
    """The cues among the tokens ``[lo, hi)``, by place and never overlapping."""
    found: list[Cue] = []
    at = lo
    while at < hi:
        cue = _cue_at(reading, at, lo, hi)
        if cue and (not found or cue.first >= found[-1].last):
            found.append(cue)
            at = max(cue.last, at + 1)
        elif cue and cue.last > found[-1].last and _has_content(reading, cue.last, hi):
            # "declined to say": the second verb completes the first, which governs it
            found[-1] = cue._replace(
                first=found[-1].first, negated=found[-1].negated or cue.negated
            )
            at = cue.last
        else:
            at += 1
    return found


def _has_content(reading: Reading, at: int, hi: int) -> bool:
    """Whether a second verb has content of its own: "declined to say **whether**"."""
    opening = ("whether", "if", "why", "how", "what", "when", "where", "who", "that")
    return at < hi and reading.low(at) in opening


def _cue_at(reading: Reading, at: int, lo: int, hi: int) -> Cue | None:
    low = reading.low(at)
    if low == "according" and reading.low(at + 1) == "to" and at + 2 < hi:
        return Cue(at, at + 2, "according", "according")
    verb = _verb_at(reading, at, lo, hi)
    return verb or _noun_at(reading, at, lo, hi)


def _noun_at(reading: Reading, at: int, lo: int, hi: int) -> Cue | None:
    """ "his claim that", "the company's forecast that"; only with its possessor."""
    if reading.low(at) not in words("cue_nouns") or reading.low(at + 1) != "that":
        return None
    before = at - 1
    while before > lo and reading.tokens[before].kind == "word" and before > at - 3:
        if reading.low(before) in words("possessives"):
            break
        if reading.low(before) in union("determiners", "prepositions"):
            return None
        before -= 1
    owned = reading.tokens[before].kind == "clitic" and reading.low(before) == "'s"
    owned |= reading.low(before) in words("possessives")
    return Cue(at, at + 1, reading.low(at), "noun") if owned and before >= lo else None


def _verb_at(reading: Reading, at: int, lo: int, hi: int) -> Cue | None:
    token = reading.tokens[at]
    if token.kind != "word" or (
        token.text[0].isupper() and at > lo and _titled(reading, at)
    ):
        return None
    last, form = at + 1, cue_forms().get(token.low)
    pair = (
        cue_forms().get(f"{token.low} {reading.low(at + 1)}") if at + 1 < hi else None
    )
    if pair:
        last, form = at + 2, pair
    if form is None:
        return None
    first = _group_start(reading, at, lo)
    if not _is_verb(reading, form, first, at, lo):
        return None
    group = [reading.low(i) for i in range(first, at)]
    negated = any(w in words("negations") for w in group) or form.lemma in frame(
        "negative"
    )
    passive = form.tense in ("past", "participle") and _is_passive(group)
    if any(w in ("should", "must", "can", "shall") for w in group):
        return None  # a duty or an ability to say is not a saying
    modal = any(w in words("modals") for w in group)
    could = any(w.startswith("could") for w in group)
    prospect = "to" in group and reading.low(first) in words("prospects")
    hypothetical = prospect or (modal and (could or not negated))
    tense = form.tense if first == at else "finite"
    return Cue(first, last, form.lemma, "verb", tense, passive, negated, hypothetical)


def _titled(reading: Reading, at: int) -> bool:
    """A capital inside a sentence: part of a name, unless all is written in capitals."""
    token = reading.tokens[at]
    return not token.text.isupper() and reading.tokens[at - 1].text not in "“\"‘':"


def _is_passive(group: list[str]) -> bool:
    verbs = [w for w in group if w in words("auxiliaries")]
    return bool(verbs) and verbs[-1] in words("be_forms")


def is_adverb(low: str) -> bool:
    """Whether the word is an adverb by the list or its ending."""
    return low in words("adverbs") or (
        low.endswith("ly") and low not in words("ly_words") and low not in given_names()
    )


def _group_start(reading: Reading, verb: int, lo: int) -> int:
    """Where the verb group that ends in ``verb`` begins: auxiliaries, negation, inner adverbs."""
    first = at = verb
    while at > lo:
        low = reading.low(at - 1)
        if low == "to":
            if not _governs(reading, at - 2, lo):
                break
            at = first = at - 2
        elif low in words("group_words"):
            at = first = at - 1
        elif is_adverb(low) and at - 1 > lo:
            at -= 1
        else:
            break
    return first


def _governs(reading: Reading, at: int, lo: int) -> bool:
    """Whether the word takes the infinitive of speech after it ("declined to say")."""
    if at < lo:
        return False
    low = reading.low(at)
    form = cue_forms().get(low)
    by_speech = form is not None and form.lemma in frame("infinitive") | {"try"}
    return by_speech or low in words("prospects") | {"had", "has", "have"}


def _is_verb(reading: Reading, form: Form, first: int, at: int, lo: int) -> bool:
    """Tells verbs from the nouns and adjectives that look like them."""
    before = reading.low(first - 1) if first > lo else ""
    if first < at:
        # "to comment" with nothing that governs it was not taken into the group
        return not (form.tense == "base" and reading.low(at - 1) in words("be_forms"))
    if before == "you" and form.tense == "base":
        return False  # "can you tell us": a question, not a saying
    if before in words("speaker_pronouns") or before == "who":
        return True
    nominal = before in union("determiners", "prepositions") or before == "'s"
    if form.tense == "ing":
        return first == lo or not (before[:1].isalpha() or nominal) or before == "and"
    if nominal and form.tense in ("past", "participle", "base", "s"):
        return form.lemma in ("say", "tell") and form.tense != "base"
    if form.tense == "base":
        return before.endswith("s") and before.isalpha() and first - 1 >= lo
    return form.tense != "participle"


def is_cue_word(low: str) -> bool:
    """Whether the word can be a verb of speech."""
    return low in cue_forms()


def is_finite(low: str) -> bool:
    """Whether the word looks like a finite verb; past participles cannot be told apart."""
    if low in union("auxiliaries", "irregular_pasts", "present_verbs"):
        return low not in ("be", "been", "being", "having")
    form = cue_forms().get(low)
    if form and form.tense in ("s", "past"):
        return True
    return len(low) > 4 and low.endswith("ed") and not low.endswith(("eed", "hundred"))
