"""Who is meant by a source's words: a name, a description, a pronoun."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.document import Span, SpeakerKind

from .cast import Cast, Character
from .lexicon import union, words
from .mentions import nominal_end
from .phrases import Phrase
from .reading import Reading
from .runs import Name

_LOOK_BACK = 4
"""Sentences before the pronoun's own in which its antecedent is looked for."""
_CANDIDATES = 20
"""So many characters of one description are looked at, the latest; more only in odd texts."""


@dataclass(frozen=True)
class Scene:
    """A text, its characters, and where their names and the marked words stand."""

    reading: Reading
    cast: Cast
    names: tuple[Name, ...]
    found: tuple[Character, ...]
    """The character of each name."""
    marked: tuple[Span, ...]
    """The outermost marked stretches, by place."""
    companies: tuple[Character, ...] = ()

    def is_marked(self, offset: int) -> bool:
        """Whether the place is inside quotation marks."""
        at = bisect_right(self.marked, offset, key=lambda s: s.start) - 1
        return at >= 0 and offset < self.marked[at].end

    def named(self, first: int, last: int) -> list[tuple[Name, Character]]:
        """The names among the tokens ``[first, last)``."""
        at = bisect_left(self.names, first, key=lambda n: n.first)
        found = []
        while at < len(self.names) and self.names[at].first < last:
            if self.names[at].last <= last:
                character = self.cast.owner[
                    self.reading.span(self.names[at].first, self.names[at].last)
                ]
                found.append((self.names[at], character))
            at += 1
        return found


def resolve_source(scene: Scene, phrase: Phrase) -> Character | None:
    """The character that a source's phrase names or describes; pronouns by their mentions."""
    reading, cast = scene.reading, scene.cast
    if phrase.last - phrase.first == 1 and (
        reading.low(phrase.first) in union("speaker_pronouns", "possessives")
    ):
        return cast.owner.get(reading.span(phrase.first, phrase.last))
    if (
        reading.tokens[phrase.last - 1].kind == "clitic"
        and phrase.core == phrase.last - 1
    ):
        phrase = Phrase(phrase.first, phrase.core, phrase.core)
    named = scene.named(phrase.first, phrase.core)
    together = _coordinated(scene, phrase, named)
    if together:
        return together
    if phrase.last > phrase.core:
        # "His lawyer, Rosa Quint": the name may stand in the apposition
        for name, character in scene.named(phrase.core, phrase.last):
            titles = range(phrase.core + 1, name.first)
            beside = name.last == phrase.last and all(
                reading.low(i) in words("honorifics") for i in titles
            )
            if beside and not named and character.type in ("PERSON", "ORG"):
                return character
    for name, character in reversed(named):
        head = name.last == phrase.core or character.type == "PERSON"
        if (
            head
            and reading.low(name.last) != "'s"
            and not _governed(reading, phrase, name)
        ):
            return character
    return describe(scene, phrase)


def _governed(reading: Reading, phrase: Phrase, name: Name) -> bool:
    """Whether the name only belongs to another head: "a spokesman **for Velkara**"."""
    if name.last == phrase.core and reading.low(name.first - 1) in union(
        "roles", "titles"
    ):
        return False  # "Rights of way officer Jen Abara"
    before = range(phrase.first, name.first)
    return any(reading.low(i) in words("inner_prepositions") for i in before)


def _coordinated(
    scene: Scene, phrase: Phrase, named: Sequence[tuple[Name, Character]]
) -> Character | None:
    reading = scene.reading
    inside = [i for i in range(phrase.first, phrase.core) if reading.low(i) == "and"]
    people = [n for n, c in named if c.type == "PERSON"]
    pronoun = reading.low(phrase.first) in ("he", "she")
    if not inside or len(people) + pronoun < 2:
        return None
    group = scene.cast.new("PERSON")
    group.plural = True
    return scene.cast.mention(group, reading.span(phrase.first, phrase.core), "nominal")


def describe(scene: Scene, phrase: Phrase) -> Character | None:
    """The character of a described source, made when the description is new."""
    reading, cast = scene.reading, scene.cast
    end = min(nominal_end(reading, phrase.first), phrase.core)
    empty = (
        reading.low(end - 1) in union("determiners")
        or reading.tokens[end - 1].kind == "number"
    )
    if empty and reading.low(end) == "of":
        end = phrase.core
    if end <= phrase.first:
        return None
    head, span = reading.low(end - 1), reading.span(phrase.first, end)
    if span in cast.owner:
        return cast.owner[span]
    definite = reading.low(phrase.first) not in (
        "a",
        "an",
        "one",
        "another",
        "two",
        "three",
    )
    character = known_by(scene, head, span.start) if definite else None
    if character is None:
        character = _new_source(reading, cast, phrase, end, head)
    if character is not None:
        cast.call(character, head)
        cast.mention(character, span, "nominal")
    return character


def _new_source(
    reading: Reading, cast: Cast, phrase: Phrase, end: int, head: str
) -> Character | None:
    if head in words("roles") and head not in ("police", "authorities"):
        character = cast.new("PERSON")
        several = head.endswith("s") and reading.low(phrase.first) in (
            "two",
            "three",
            "four",
            "five",
            "several",
            "some",
        )
        single = (
            reading.low(phrase.first) in ("one", "a", "an") and end - phrase.first > 1
        )
        character.plural = (head in words("groups") or several) and not single
        female, male = head in words("female_roles"), head in words("male_roles")
        character.gender = "female" if female else "male" if male else ""
        return character
    if head in union("bodies", "hearers") or head in ("police", "authorities"):
        return cast.new("ORG")
    if head in words("documents"):
        return cast.new("WORK_OF_ART")
    determined = reading.low(phrase.first) in union("determiners", "possessives")
    if determined or reading.tokens[end - 1].text.islower() or head.endswith("s"):
        character = cast.new("PERSON")
        character.plural = head.endswith("s") and not head.endswith("ss")
        return character
    return None


def known_by(scene: Scene, head: str, before: int) -> Character | None:
    """The character that the text has called so, or whose name says it is such a body."""
    best: tuple[int, Character] | None = None
    for character in scene.cast.called.get(head, [])[-_CANDIDATES:]:
        if character.mentions:
            first = min(character.mentions).start
            nearness = first if first < before else -first
            if best is None or nearness > best[0]:
                best = (nearness, character)
    if best:
        return best[1]
    business = head in (
        "company",
        "firm",
        "business",
        "group",
        "operator",
        "manufacturer",
    )
    return scene.companies[0] if business and len(scene.companies) == 1 else None


def companies(cast: Cast) -> tuple[Character, ...]:
    """The characters that may be meant by "the company"."""
    return tuple(c for c in cast.characters if c.type == "ORG" and _is_company(c))


def _is_company(character: Character) -> bool:
    last = (character.name or "").lower().split()[-1:]
    public = union("actor_bodies", "hearers", "organisation_heads")
    return bool(last) and last[0] not in public and len(character.mentions) > 1


def antecedent(scene: Scene, token: int, gender: str) -> Character | None:
    """The person a pronoun refers to: the first fitting one of the nearest sentence with any."""
    reading, people = scene.reading, scene.cast.people
    place = reading.tokens[token].start
    at = bisect_left(people, place, key=lambda p: p[0].start)
    own = reading.sentence_of[token]
    best: Character | None = None
    best_sentence = own + 1
    described: Character | None = None
    for span, character in reversed(people[max(0, at - 24) : at]):
        sentence = reading.sentence_of[
            min(reading.at(span.start), len(reading.tokens) - 1)
        ]
        if sentence < own - _LOOK_BACK or (best and sentence < best_sentence):
            break
        fits = character.gender in ("", gender) and not character.plural
        if fits and not scene.is_marked(span.start) and span.end <= place:
            if character.name is None and not character.gender:
                described = (
                    described or character
                )  # a name a little further back is likelier
            else:
                best, best_sentence = character, sentence
    return best or described


def kind_of_speaker(character: Character, head: str) -> SpeakerKind:
    """Person, group, organisation, document or anonymous, by what the speaker is."""
    if character.type == "WORK_OF_ART":
        return "document"
    if character.type == "NORP":
        return "group"
    if character.type != "PERSON":
        return "organisation"
    if character.name is not None:
        return "person"
    if head in words("anonymous_groups") or not character.plural:
        return "anonymous"
    return "group"
