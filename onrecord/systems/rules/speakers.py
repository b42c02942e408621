"""Drafts of quotes → quotes with speakers; and the pronouns that this settles."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from onrecord.document import Span, SpeakerKind

from .cast import Character
from .drafts import Draft
from .lexicon import words
from .mentions import nominal_end
from .phrases import Phrase
from .reading import Reading
from .sources import Scene, antecedent, kind_of_speaker, known_by, resolve_source
from .turns import Turn

_CANDIDATES = 12


def link_pronouns(scene: Scene) -> None:
    """He and she outside quotation marks → the person they most likely refer to."""
    reading, cast = scene.reading, scene.cast
    for index, token in enumerate(reading.tokens):
        if token.low not in words("third_pronouns") or scene.is_marked(token.start):
            continue
        gender = "male" if token.low in words("male_pronouns") else "female"
        character = antecedent(scene, index, gender)
        if character:
            character.gender = character.gender or gender
            cast.mention(character, Span(token.start, token.end), "pronoun")


def speakers_of(
    scene: Scene, drafts: Sequence[Draft]
) -> list[tuple[Character | None, SpeakerKind]]:
    """The speaker of each draft and its kind; draws descriptions and pronouns into the cast."""
    described = [_described(scene, draft) for draft in drafts]
    link_pronouns(scene)
    found: list[tuple[Character | None, SpeakerKind]] = []
    for draft, character in zip(drafts, described, strict=True):
        if draft.source and character is None:
            character = _by_pronoun(scene, draft, found)
        head = _head(scene, draft.source) if draft.source else ""
        kind: SpeakerKind = kind_of_speaker(character, head) if character else "unknown"
        if draft.like is not None and draft.source is None and draft.like < len(found):
            character, kind = found[draft.like]
        found.append((character, kind))
    for i, draft in enumerate(drafts):  # those that wait for the quote after them
        if draft.like is not None and draft.like > i:
            found[i] = found[draft.like]
    # the shortest first: a quote inside another has its own "I"
    for i in sorted(range(len(drafts)), key=lambda i: _length(drafts[i])):
        _first_person(scene, drafts[i], found[i][0])
    return found


def _length(draft: Draft) -> int:
    return sum(s.end - s.start for s in draft.content)


def link_turns(scene: Scene, turns: Sequence[Turn]) -> None:
    """The labels of turns, and I, me and my in them: whoever has the turn."""
    reading, cast = scene.reading, scene.cast
    described: dict[str, Character] = {}
    for turn in turns:
        named = scene.named(turn.first, turn.colon)
        if named:
            character = next((c for _, c in named if c.type == "PERSON"), named[0][1])
        else:
            label = reading.words(turn.first, turn.colon)
            if label.lower() not in described:
                described[label.lower()] = cast.new("PERSON")
            character = described[label.lower()]
            cast.mention(character, reading.span(turn.first, turn.colon), "nominal")
        for index in range(turn.begin, turn.last):
            token = reading.tokens[index]
            if token.low in words("first_pronouns") and not scene.is_marked(
                token.start
            ):
                cast.mention(character, Span(token.start, token.end), "pronoun")


def _described(scene: Scene, draft: Draft) -> Character | None:
    if draft.source is None:
        return None
    return resolve_source(scene, draft.source)


def _head(scene: Scene, source: Phrase) -> str:
    end = min(nominal_end(scene.reading, source.first), source.core)
    return scene.reading.low(max(end, source.first + 1) - 1)


def _by_pronoun(
    scene: Scene,
    draft: Draft,
    found: Sequence[tuple[Character | None, SpeakerKind]],
) -> Character | None:
    """I, we, it, they and whom the pronouns pass could not place, by the quotes before."""
    source = draft.source
    if source is None:
        return None
    reading, low = scene.reading, scene.reading.low(source.first)
    span = reading.span(source.first, source.last)
    if span in scene.cast.owner:
        return scene.cast.owner[span]
    character: Character | None = None
    if (
        low in ("i", "we", "my", "our")
        and draft.parent is not None
        and draft.parent < len(found)
    ):
        character = found[draft.parent][0]
    elif low in ("it", "they", "its", "their"):
        character = _body_before(scene, source.first, plural=low in ("they", "their"))
    elif low in words("third_pronouns"):
        gender = "male" if low in words("male_pronouns") else "female"
        character = antecedent(scene, source.first, gender)
    if character and low not in ("we", "our"):
        scene.cast.mention(character, span, "pronoun")
    return character


def _body_before(scene: Scene, token: int, *, plural: bool) -> Character | None:
    """The first body of the nearest sentence that has one; for "they" the last group."""
    reading, cast = scene.reading, scene.cast
    place, own = reading.tokens[token].start, reading.sentence_of[token]
    if plural:
        at = bisect_left(cast.people, place, key=lambda p: p[0].start)
        for _, character in reversed(cast.people[max(0, at - _CANDIDATES) : at]):
            if character.plural:
                return character
    at = bisect_left(cast.bodies, place, key=lambda p: p[0].start)
    best: Character | None = None
    nearest = own
    for span, character in reversed(cast.bodies[max(0, at - _CANDIDATES) : at]):
        sentence = reading.sentence_of[reading.at(span.start)]
        if sentence < own - 2 or (best and sentence < nearest):
            break
        best, nearest = character, sentence
    return best


def _first_person(scene: Scene, draft: Draft, character: Character | None) -> None:
    """I, me and my in a person's own words are that person."""
    reading = scene.reading
    if character is None or character.type != "PERSON" or character.plural:
        return
    for span in draft.direct:
        for index in range(reading.at(span.start), reading.at(span.end)):
            token = reading.tokens[index]
            if token.low in words("first_pronouns") and not _is_pit(reading, index):
                scene.cast.mention(character, Span(token.start, token.end), "pronoun")


def _is_pit(reading: Reading, index: int) -> bool:
    """Whether "mine" is the noun."""
    before = reading.low(index - 1)
    return reading.low(index) == "mine" and before not in (
        "is",
        "was",
        "of",
        "and",
        "are",
    )


def hearer_of(scene: Scene, draft: Draft) -> Character | None:
    """The character spoken to, where it is one already."""
    if draft.hearer is None:
        return None
    first, last = draft.hearer
    reading = scene.reading
    span = reading.span(first, last)
    if span in scene.cast.owner:
        return scene.cast.owner[span]
    for name, character in scene.named(first, last):
        governed = any(
            reading.low(i) in words("prepositions") for i in range(first, name.first)
        )
        if name.last == last and not governed:
            return character
    end = min(nominal_end(reading, first), last)
    if end > first and reading.low(first) in (
        "the",
        "his",
        "her",
        "its",
        "their",
        "this",
    ):
        return known_by(scene, reading.low(end - 1), span.start)
    return None
