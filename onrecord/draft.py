"""A labelled document → an annotation file that quotes the text, for a curator to correct."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
import yaml

from .anchors import ELISION, AnchorError, line_spans, occurrences, resolve
from .document import VALUE_TYPES, Claim, Document, Entity, Mention, Quote, Span

_LONG = 70
"""Characters from which a span is written by its first and last words."""
_WIDTH = 110


def annotation_yaml(document: Document) -> str:
    """The labels of ``document`` as an annotation file; compiling it gives them back.

    Evidence is left out: a draft has none. A span that no anchor can name (one that starts
    inside a word) is left out too.
    """
    text = document.text
    named = [e for e in document.entities if e.type not in VALUE_TYPES]
    values: dict[str, list[str]] = {}
    for entity in document.entities:
        if entity.type in VALUE_TYPES:
            anchors = [a for m in entity.mentions for a in anchors_of([m.span], text)]
            values.setdefault(entity.type, []).extend(anchors)
    found: dict[str, Any] = {
        "document": document.id,
        "entities": {entity.id: _entity(entity, text) for entity in named},
        "values": values,
        "quotes": [_quote(quote, text) for quote in document.quotes],
        "claims": [_claim(claim, text) for claim in document.claims],
    }
    kept = {key: value for key, value in found.items() if value}
    return yaml.safe_dump(kept, sort_keys=False, allow_unicode=True, width=_WIDTH)


def anchors_of(spans: Iterable[Span], text: str) -> list[str]:
    """Anchors that name ``spans``, one or more a span: a span over several lines is divided."""
    found = []
    for span in spans:
        for number, line in enumerate(line_spans(text), 1):
            part = Span(max(span.start, line.start), min(span.end, line.end))
            if part.start < part.end:
                found += _anchor(part, line, number, text)
    return found


def _anchor(span: Span, line: Span, number: int, text: str) -> list[str]:
    """The shortest readable anchor that the compiler resolves to exactly this span."""
    words = text[span.start : span.end]
    tokens = words.split(" ")
    candidates = []
    if len(words) > _LONG:
        for size in range(3, len(tokens) // 2):
            head, tail = " ".join(tokens[:size]), " ".join(tokens[-size:])
            candidates.append(f"{number}: {head}{ELISION}{tail}")
    candidates.append(f"{number}: {words}")
    for nth, _ in enumerate(occurrences(words, text[line.start : line.end]), 1):
        candidates.append(f"{number}: {words} #{nth}")
    for candidate in candidates:
        try:
            if resolve(candidate, text) == span:
                return [candidate]
        except AnchorError:
            continue
    return []


def _entity(entity: Entity, text: str) -> dict[str, Any]:
    def of(mentions: Iterable[Mention]) -> list[str]:
        return anchors_of([m.span for m in mentions], text)

    lists = {
        "names": [m for m in entity.mentions if m.form == "name" and not m.metonym],
        "metonyms": [m for m in entity.mentions if m.metonym],
        "nominals": [m for m in entity.mentions if m.form == "nominal"],
        "pronouns": [m for m in entity.mentions if m.form == "pronoun"],
    }
    shown = {key: of(mentions) for key, mentions in lists.items() if mentions}
    return {"type": entity.type, "name": entity.name, **shown}


def _quote(quote: Quote, text: str) -> dict[str, Any]:
    record = msgspec.to_builtins(quote)
    del record["evidence"]
    for key in ("content", "direct", "cue", "source"):
        record[key] = anchors_of(getattr(quote, key), text)
    if quote.type == "direct":
        del record["direct"]
    needed = ("id", "type", "content", "speaker", "speaker_kind")
    return {k: v for k, v in record.items() if v or k in needed}


def _claim(claim: Claim, text: str) -> dict[str, Any]:
    record = msgspec.to_builtins(claim)
    del record["evidence"]
    record["spans"] = anchors_of(claim.spans, text)
    needed = ("id", "spans", "text", "claimant", "kind", "check_worthy")
    return {k: v for k, v in record.items() if v or k in needed}
