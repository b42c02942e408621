"""The stages of the rules baseline, in order."""

from __future__ import annotations

from msgspec.structs import replace

from onrecord.document import Document, Entity, Mention, Span

from .claims import Spoken, find_claims
from .continuations import find_quotes
from .marks import find_marked
from .mentions import add_descriptions, cast_names
from .names import find_names
from .reading import Reading, prepare, read
from .records import to_quotes
from .runs import Name
from .sources import Scene, companies
from .speakers import hearer_of, link_turns, speakers_of
from .stretches import paragraphs
from .turns import find_turns
from .values import Value, find_values, overlapping
from .works import with_works


def label(document: Document) -> Document:
    """Reads the text, then finds names, quotes, speakers and claims, each from the ones before."""
    document = prepare(document.unlabelled())
    reading = read(document)
    marked = find_marked(document.text)
    values = find_values(document.text)
    turns = find_turns(reading)
    names = find_names(reading, _dated(reading, values), turns)
    names = with_works(reading, names, marked)
    values = _outside(reading, values, names)
    cast, found = cast_names(reading, names)
    add_descriptions(reading, cast, names, found)
    outer = tuple(Span(m.start, m.end) for m in marked if m.depth == 0)
    scene = Scene(reading, cast, tuple(names), tuple(found), outer, companies(cast))
    link_turns(scene, turns)
    drafts = find_quotes(reading, marked)
    speakers = speakers_of(scene, drafts)
    hearers = [hearer_of(scene, draft) for draft in drafts]
    entities, ids = cast.entities()
    quotes, order = to_quotes(scene, drafts, speakers, hearers, ids)
    every = _with_values(document, entities, values)
    document = replace(document, entities=every, quotes=quotes)
    if document.kind == "record":
        return document
    spoken = [
        Spoken(quote, drafts[i], speakers[i][0])
        for quote, i in zip(quotes, order, strict=True)
    ]
    lines = list(paragraphs(reading, marked))
    return replace(document, claims=find_claims(scene, lines, spoken, values))


def _dated(reading: Reading, values: tuple[Value, ...]) -> frozenset[int]:
    """The tokens inside dates and times: their capitals begin no name."""
    return frozenset(
        index
        for value in values
        if value.type in ("DATE", "TIME", "MONEY", "QUANTITY", "PERCENT")
        for index in range(reading.at(value.start), reading.at(value.end))
    )


def _outside(
    reading: Reading, values: tuple[Value, ...], names: list[Name]
) -> tuple[Value, ...]:
    """The values that are no part of a name."""
    spans = (reading.span(n.first, n.last) for n in names)
    inside = overlapping(values, ((s.start, s.end) for s in spans))
    return tuple(v for i, v in enumerate(values) if i not in inside)


def _with_values(
    document: Document, entities: tuple[Entity, ...], values: tuple[Value, ...]
) -> tuple[Entity, ...]:
    """Each value as an entity of its own, after the named ones."""
    places = {m.span for entity in entities for m in entity.mentions}
    counts: dict[str, int] = {}
    made: list[Entity] = []
    for value in values:
        if Span(value.start, value.end) in places:
            continue
        counts[value.type] = counts.get(value.type, 0) + 1
        text = document.text[value.start : value.end]
        mention = Mention(value.start, value.end, text)
        name = f"{value.type.lower()}:{counts[value.type]}"
        made.append(Entity(name, value.type, text, (mention,)))  # type: ignore[arg-type]
    return (*entities, *made)
