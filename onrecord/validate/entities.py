"""Rules of entities: mentions that are what they say, and ids that resolve."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from onrecord.document import AUTHOR, Document, Span
from onrecord.findings import Finding, Pointer

from .rule import Story


def mention_text(document: Document, story: Story) -> Iterator[Finding]:
    """A mention's words are those that stand at its offsets."""
    for i, entity in enumerate(document.entities):
        for j, mention in enumerate(entity.mentions):
            there = document.text[mention.start : mention.end]
            if there != mention.text:
                message = f"says {mention.text[:60]!r}, but the text has {there[:60]!r}"
                yield Finding("mention-text", message, ("entities", i, "mentions", j))


def mention_twice(document: Document, story: Story) -> Iterator[Finding]:
    """No two mentions have the same place."""
    seen: dict[Span, str] = {}
    for i, entity in enumerate(document.entities):
        for j, mention in enumerate(entity.mentions):
            if other := seen.get(mention.span):
                message = f"{mention.text[:60]!r} is already a mention of {other}"
                at: Pointer = ("entities", i, "mentions", j)
                yield Finding("mention-twice", message, at)
            seen[mention.span] = entity.id


def entity_mentioned(document: Document, story: Story) -> Iterator[Finding]:
    """An entity has a mention; one with a mention by name has a name."""
    for i, entity in enumerate(document.entities):
        if not entity.mentions:
            message = f"{entity.id} has no mention in this document; remove it"
            yield Finding("entity-unmentioned", message, ("entities", i))
        named = any(m.form == "name" and not m.metonym for m in entity.mentions)
        if named and entity.name is None:
            message = f"{entity.id} is mentioned by name, so its name is not null"
            yield Finding("entity-nameless", message, ("entities", i))


def entity_conflict(document: Document, story: Story) -> Iterator[Finding]:
    """An entity has the same type and name in every document of its story."""
    others = {
        entity.id: (other.id, entity)
        for other in story.values()
        if other.id < document.id
        for entity in other.entities
    }
    for i, entity in enumerate(document.entities):
        where, other = others.get(entity.id, ("", entity))
        if (entity.type, entity.name) != (other.type, other.name):
            message = (
                f"{entity.id} is {entity.type} {entity.name!r} here, "
                f"but {other.type} {other.name!r} in {where}"
            )
            yield Finding("entity-conflict", message, ("entities", i))


def ids_unique(document: Document, story: Story) -> Iterator[Finding]:
    """No id twice among the entities, the quotes or the claims; none is reserved."""
    for layer in ("entities", "quotes", "claims"):
        counts = Counter(item.id for item in getattr(document, layer))
        for i, item in enumerate(getattr(document, layer)):
            if counts[item.id] > 1:
                message = f"the id {item.id!r} stands {counts[item.id]} times"
                yield Finding("id-duplicate", message, (layer, i))
            if item.id == AUTHOR:
                message = f"the id {AUTHOR!r} means the article's own voice; rename it"
                yield Finding("id-reserved", message, (layer, i))


def references_resolve(document: Document, story: Story) -> Iterator[Finding]:
    """Speakers, addressees and claimants are entities of the document; parents and quotes exist."""
    entities = {entity.id for entity in document.entities}
    quotes = {quote.id for quote in document.quotes}
    for i, quote in enumerate(document.quotes):
        for key, known in (
            ("speaker", entities),
            ("addressee", entities),
            ("parent", quotes),
        ):
            yield from _unknown(getattr(quote, key), known, ("quotes", i, key))
    for i, claim in enumerate(document.claims):
        yield from _unknown(claim.quote, quotes, ("claims", i, "quote"))
        known = entities | {AUTHOR}
        yield from _unknown(claim.claimant, known, ("claims", i, "claimant"))


def _unknown(name: str | None, known: set[str], at: Pointer) -> Iterator[Finding]:
    if name is not None and name not in known:
        message = f"{at[-1]} {name!r} is not in this document"
        yield Finding("reference-unknown", message, at)
