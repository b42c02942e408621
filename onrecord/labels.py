"""Label maps: fair entity scores for systems whose types are coarser or fewer than ours.

A map gives, for each label of the system, those of our types that it covers. Each label is
stood for by the first of its types: predictions are translated to it when they are read, and
gold when it is scored. Types that no label covers are left out of the entity scores.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from .document import NAME_TYPES, VALUE_TYPES, Document
from .files import parse_yaml, read_text
from .findings import Finding, Rejected, in_order, locate


@dataclass(frozen=True)
class LabelMap:
    """A system's inventory; ``name`` stands in the report's signature."""

    name: str
    covers: dict[str, tuple[str, ...]]
    """The system's label → our types, at least one; no type under two labels."""

    def faults(self, record: Any) -> Iterator[Finding]:
        """Labels in a prediction record that the map does not know."""
        for i, entity in enumerate(_entities(record)):
            label = entity.get("type")
            if isinstance(label, str) and label not in self.covers:
                message = f"{label[:60]!r} is no label of {self.name}; it has "
                message += ", ".join(self.covers)
                yield Finding("label-unknown", message, ("entities", i, "type"))

    def translated(self, record: Any) -> Any:
        """The record with each label replaced by the type that stands for it."""
        entities = [
            {**entity, "type": self.covers[entity["type"]][0]}
            if entity.get("type") in self.covers
            else entity
            for entity in _entities(record)
        ]
        return {**record, "entities": entities} if entities else record

    def collapsed(self, document: Document) -> Document:
        """The document with its types replaced likewise, and those that have no label left out."""
        stands = {t: types[0] for types in self.covers.values() for t in types}
        entities = tuple(
            msgspec.structs.replace(entity, type=stands[entity.type])
            for entity in document.entities
            if entity.type in stands
        )
        return msgspec.structs.replace(document, entities=entities)


def _entities(record: Any) -> list[dict[str, Any]]:
    found = record.get("entities") if isinstance(record, dict) else None
    if not isinstance(found, list):
        return []
    return [entity for entity in found if isinstance(entity, dict)]


def load_labels(name: str) -> LabelMap:
    """A built-in map by its name (``conll4``, ``spacy``, ``ace``), or one from a YAML file.

    Raises:
        Rejected: there is no such map, or it is not a map of labels to our types.
    """
    source = (files("onrecord") / "label_maps.yaml").read_text(encoding="utf-8")
    built_in, _ = parse_yaml(source, "label_maps.yaml")
    if name in built_in:
        return LabelMap(name, {k: tuple(v) for k, v in built_in[name].items()})
    if not Path(name).is_file():
        message = (
            f"no label map {name!r}; there are {', '.join(built_in)}, or name a file"
        )
        raise Rejected([Finding("labels-invalid", message)])
    value, lines = parse_yaml(read_text(Path(name)), name)
    found = list(_map_faults(value))
    if found:
        raise Rejected(in_order(locate(f, name, lines) for f in found))
    covers = {label: tuple(types) for label, types in value.items()}
    shown = ";".join(f"{label}={'+'.join(types)}" for label, types in covers.items())
    return LabelMap(shown, covers)


def _map_faults(value: Any) -> Iterator[Finding]:
    if not isinstance(value, dict) or not value:
        message = "write label: [TYPE, …], a line each"
        yield Finding("labels-invalid", message)
        return
    seen: set[str] = set()
    for label, types in value.items():
        known = isinstance(types, list) and types and set(types) <= _TYPES
        if not known or seen & set(types):
            message = (
                f"{label}: give a list of our types, none of them under two labels"
            )
            yield Finding("labels-invalid", message, (label,))
        else:
            seen |= set(types)


_TYPES = {*NAME_TYPES, *VALUE_TYPES}
