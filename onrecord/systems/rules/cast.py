"""Who and what a text mentions, while it is being worked out."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Literal, cast

from onrecord.document import AUTHOR, Entity, EntityType, Mention, Span

Form = Literal["name", "nominal", "pronoun"]
_LONGEST_ID = 80


@dataclass(eq=False)
class Character:
    """An entity before its id: what it is called and where."""

    type: str
    name: str | None
    gender: str = ""
    plural: bool = False
    heads: set[str] = field(default_factory=set)
    """Head nouns by which the text has described it."""
    mentions: dict[Span, tuple[Form, bool]] = field(default_factory=dict)


@dataclass
class Cast:
    """All characters of a text; a place belongs to one of them only."""

    text: str
    characters: list[Character] = field(default_factory=list)
    owner: dict[Span, Character] = field(default_factory=dict)
    called: dict[str, list[Character]] = field(default_factory=dict)
    """Head noun → the characters so described, and the bodies with that word in their name."""
    bodies: list[tuple[Span, Character]] = field(default_factory=list)
    """Mentions of organisations and states by place."""
    people: list[tuple[Span, Character]] = field(default_factory=list)
    """Mentions of persons by place, for pronouns to look back at."""

    def new(self, kind: str, name: str | None = None) -> Character:
        """Adds a character."""
        character = Character(kind, name)
        self.characters.append(character)
        if kind == "ORG" and name:
            for word in dict.fromkeys(name.lower().split()):
                self.called.setdefault(word, []).append(character)
        return character

    def call(self, character: Character, head: str) -> None:
        """Notes a head noun by which the text describes the character."""
        if head not in character.heads:
            character.heads.add(head)
            self.called.setdefault(head, []).append(character)

    def mention(
        self, character: Character, span: Span, form: Form, metonym: bool = False
    ) -> Character:
        """Notes a mention; who already has the place keeps it and is returned."""
        if span in self.owner:
            return self.owner[span]
        self.owner[span] = character
        character.mentions[span] = (form, metonym)
        body = character.type in ("ORG", "GPE")
        for listed, fits in (
            (self.people, character.type == "PERSON"),
            (self.bodies, body),
        ):
            if fits:
                at = bisect_left(listed, span, key=lambda p: p[0])
                listed.insert(at, (span, character))
        return character

    def entities(self) -> tuple[tuple[Entity, ...], dict[Character, str]]:
        """The entities by first mention, and the id of each character."""
        taken: set[str] = {AUTHOR}
        ids: dict[Character, str] = {}
        found: list[Entity] = []
        mentioned = [c for c in self.characters if c.mentions]
        for character in sorted(mentioned, key=lambda c: min(c.mentions)):
            spans = sorted(character.mentions)
            described = next(
                (s for s in spans if character.mentions[s][0] != "pronoun"), spans[0]
            )
            first = self.text[described.start : described.end]
            made = _unique(_slug(character.name or first), taken)
            ids[character] = made
            printed = self._printed(character)
            found.append(
                Entity(
                    made,
                    cast(EntityType, character.type),
                    printed or character.name,
                    tuple(
                        Mention(
                            s.start,
                            s.end,
                            self.text[s.start : s.end],
                            *character.mentions[s],
                        )
                        for s in spans
                    ),
                )
            )
        return tuple(found), ids

    def _printed(self, character: Character) -> str | None:
        """The fullest name as the text prints it; a label in capitals has been rewritten."""
        named = [s for s, m in character.mentions.items() if m == ("name", False)]
        texts = [self.text[s.start : s.end] for s in sorted(named)]
        fullest = max(texts, key=len, default=None)
        shouted = (
            character.name
            and fullest
            and fullest.casefold() == character.name.casefold()
        )
        return None if shouted else fullest


def _slug(name: str) -> str:
    plain = (
        unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    )
    return (
        re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_ID].strip("-")
        or "entity"
    )


def _unique(slug: str, taken: set[str]) -> str:
    made, number = slug, 1
    while made in taken:
        number += 1
        made = f"{slug}-{number}"
    taken.add(made)
    return made
