"""Which predicted entity is which gold entity: ids in a prediction are arbitrary names."""

from __future__ import annotations

from onrecord.document import AUTHOR, Document, Entity, Span

from .align import Edge, align
from .similarity import normalised_name

_Placed = tuple[Entity, frozenset[Span]]


def entity_map(gold: Document, predicted: Document) -> dict[str, str]:
    """Predicted entity id → gold entity id, one to one.

    Entities that share mentions are aligned by the Dice coefficient of their mention sets
    (φ4 of Luo 2005); what is left, by equal names or descriptions, case and punctuation aside.
    """
    ours, theirs = _ordered(gold), _ordered(predicted)
    where: dict[Span, list[int]] = {}
    for i, (_, places) in enumerate(ours):
        for place in places:
            where.setdefault(place, []).append(i)
    common: dict[tuple[int, int], int] = {}
    for j, (_, places) in enumerate(theirs):
        for place in places:
            for i in where.get(place, ()):
                common[i, j] = common.get((i, j), 0) + 1
    edges = [
        (i, j, 2 * n / (len(ours[i][1]) + len(theirs[j][1])))
        for (i, j), n in common.items()
    ]
    pairs = align(edges)
    pairs += align(_alias_edges(ours, theirs, pairs))
    return {theirs[j][0].id: ours[i][0].id for i, j in pairs}


def _ordered(document: Document) -> list[_Placed]:
    """Entities by first mention, with their places; ungrounded mentions have none."""
    entities = [
        (entity, frozenset(m.span for m in entity.mentions if m.end > m.start))
        for entity in document.entities
    ]
    return sorted(
        entities, key=lambda e: (sorted(e[1]), e[0].type, e[0].name or "", e[0].id)
    )


def _alias_edges(
    ours: list[_Placed], theirs: list[_Placed], pairs: list[tuple[int, int]]
) -> list[Edge]:
    """Edges between entities not in ``pairs``: 1 for the same name, less for other aliases.

    Descriptions ("the minister") may fit several people, so they count only where one of the
    two entities has no place of its own, being just named by a speaker or claimant.
    """
    known: dict[str, list[tuple[int, float]]] = {}
    taken_ours, taken_theirs = {i for i, _ in pairs}, {j for _, j in pairs}
    for i, (entity, _) in enumerate(ours):
        if i not in taken_ours:
            for alias, weight in _aliases(entity).items():
                known.setdefault(alias, []).append((i, weight))
    best: dict[tuple[int, int], float] = {}
    for j, (entity, places) in enumerate(theirs):
        if j in taken_theirs:
            continue
        for alias, weight in _aliases(entity).items():
            for i, other in known.get(alias, ()):
                both = weight * other
                if both == 1.0 or not places or not ours[i][1]:
                    best[i, j] = max(best.get((i, j), 0.0), both)
    return [(i, j, weight) for (i, j), weight in best.items()]


def _aliases(entity: Entity) -> dict[str, float]:
    """What an entity is called, normalised: its name (1), other names and descriptions (½)."""
    called = {
        normalised_name(m.text): 0.5 for m in entity.mentions if m.form != "pronoun"
    }
    called[normalised_name(entity.name or "")] = 1.0
    return {alias: weight for alias, weight in called.items() if alias}


def canonical(reference: str | None, ids: dict[str, str]) -> str:
    """A sort key for a reference that does not depend on the ids a prediction happens to use."""
    return AUTHOR if reference == AUTHOR else ids.get(reference or "", "")


def same_reference(
    gold: str | None, predicted: str | None, ids: dict[str, str]
) -> bool:
    """Whether a predicted reference means the gold one: the same entity, author, or nobody."""
    if predicted is None or predicted == AUTHOR:
        return gold == predicted
    return gold is not None and ids.get(predicted) == gold
