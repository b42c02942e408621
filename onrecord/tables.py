"""The four dataset configs: what a row of each holds, and the rows of a document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from .document import AUTHOR, Document, Evidence, Span

Row = dict[str, Any]
FieldType = str | list["Field"]
"""``string``, ``int64``, ``bool``, ``[string]`` (a list of them), or a list of structs."""
Field = tuple[str, FieldType]

_SPANS: FieldType = [("start", "int64"), ("end", "int64")]
_EVIDENCE: FieldType = [("document", "string"), ("start", "int64"), ("end", "int64")]
_MENTIONS: FieldType = [
    ("start", "int64"),
    ("end", "int64"),
    ("text", "string"),
    ("form", "string"),
    ("metonym", "bool"),
]
_QUOTES: FieldType = [
    ("id", "string"),
    ("type", "string"),
    ("content", _SPANS),
    ("direct", _SPANS),
    ("cue", _SPANS),
    ("source", _SPANS),
    ("speaker", "string"),
    ("speaker_kind", "string"),
    ("addressee", "string"),
    ("parent", "string"),
    ("negated", "bool"),
    ("hypothetical", "bool"),
    ("fidelity", "string"),
    ("evidence", _EVIDENCE),
]
_CLAIMS: FieldType = [
    ("id", "string"),
    ("text", "string"),
    ("spans", _SPANS),
    ("claimant", "string"),
    ("quote", "string"),
    ("kind", "string"),
    ("check_worthy", "bool"),
    ("verdict", "string"),
    ("evidence", _EVIDENCE),
]
FEATURES: dict[str, list[Field]] = {
    "documents": [
        ("id", "string"),
        ("story", "string"),
        ("kind", "string"),
        ("text", "string"),
        ("schema_version", "string"),
        ("language", "string"),
        ("title", "string"),
        ("outlet", "string"),
        ("date", "string"),
        ("style", "string"),
        ("licence", "string"),
        ("transcript", "bool"),
        ("phenomena", "[string]"),
        ("sections", [("kind", "string"), ("start", "int64"), ("end", "int64")]),
        ("sentences", _SPANS),
        (
            "entities",
            [
                ("id", "string"),
                ("type", "string"),
                ("name", "string"),
                ("mentions", _MENTIONS),
            ],
        ),
        ("quotes", _QUOTES),
        ("claims", _CLAIMS),
    ],
    "entities": [
        ("document", "string"),
        ("story", "string"),
        ("document_kind", "string"),
        ("entity", "string"),
        ("type", "string"),
        ("name", "string"),
        ("text", "string"),
        ("form", "string"),
        ("metonym", "bool"),
        ("start", "int64"),
        ("end", "int64"),
    ],
    "quotes": [
        ("document", "string"),
        ("story", "string"),
        ("document_kind", "string"),
        ("quote", "string"),
        ("type", "string"),
        ("text", "string"),
        ("speaker", "string"),
        ("speaker_name", "string"),
        ("speaker_kind", "string"),
        ("source_text", "string"),
        ("cue_text", "string"),
        ("addressee", "string"),
        ("addressee_name", "string"),
        ("parent", "string"),
        ("negated", "bool"),
        ("hypothetical", "bool"),
        ("fidelity", "string"),
        ("evidence_text", "string"),
        ("content", _SPANS),
        ("direct", _SPANS),
        ("cue", _SPANS),
        ("source", _SPANS),
        ("evidence", _EVIDENCE),
    ],
    "claims": [
        ("document", "string"),
        ("story", "string"),
        ("claim", "string"),
        ("text", "string"),
        ("claimant", "string"),
        ("claimant_name", "string"),
        ("quote", "string"),
        ("kind", "string"),
        ("check_worthy", "bool"),
        ("verdict", "string"),
        ("span_text", "string"),
        ("evidence_text", "string"),
        ("spans", _SPANS),
        ("evidence", _EVIDENCE),
    ],
}
"""Each config's columns. Those of ``documents`` are the fields of the records themselves."""


def canonical(document: Document) -> Document:
    """The document with its labels in the order of the text, so that files never vary by chance."""

    def first(spans: tuple[Span, ...]) -> tuple[int, int]:
        return (spans[0].start, -spans[-1].end)

    return msgspec.structs.replace(
        document,
        entities=tuple(
            sorted(document.entities, key=lambda e: (e.mentions[0].span, e.id))
        ),
        quotes=tuple(sorted(document.quotes, key=lambda q: (first(q.content), q.id))),
        claims=tuple(sorted(document.claims, key=lambda c: (first(c.spans), c.id))),
    )


def rows(config: str, documents: Iterable[Document]) -> list[Row]:
    """The rows of one config for the documents of one split, in the order of their ids.

    ``documents`` must hold the whole of each story, so that evidence can be quoted.
    """
    ordered = sorted(documents, key=lambda document: document.id)
    texts = {document.id: document.text for document in ordered}
    return [row for d in ordered for row in _ROWS[config](canonical(d), texts)]


def _documents(document: Document, texts: dict[str, str]) -> Iterator[Row]:
    yield msgspec.to_builtins(document)


def _entities(document: Document, texts: dict[str, str]) -> Iterator[Row]:
    mentions = sorted(
        ((m, e) for e in document.entities for m in e.mentions),
        key=lambda pair: (pair[0].start, -pair[0].end),
    )
    for mention, entity in mentions:
        yield {
            "document": document.id,
            "story": document.story,
            "document_kind": document.kind,
            "entity": entity.id,
            "type": entity.type,
            "name": entity.name,
            "text": mention.text,
            "form": mention.form,
            "metonym": mention.metonym,
            "start": mention.start,
            "end": mention.end,
        }


def _quotes(document: Document, texts: dict[str, str]) -> Iterator[Row]:
    for quote in document.quotes:
        record = msgspec.to_builtins(quote)
        yield record | {
            "document": document.id,
            "story": document.story,
            "document_kind": document.kind,
            "quote": record.pop("id"),
            "text": document.words(quote.content),
            "speaker_name": called(document, quote.speaker),
            "source_text": document.words(quote.source) or None,
            "cue_text": document.words(quote.cue) or None,
            "addressee_name": called(document, quote.addressee),
            "evidence_text": _evidence_text(quote.evidence, texts),
        }


def _claims(document: Document, texts: dict[str, str]) -> Iterator[Row]:
    for claim in document.claims:
        record = msgspec.to_builtins(claim)
        yield record | {
            "document": document.id,
            "story": document.story,
            "claim": record.pop("id"),
            "claimant_name": called(document, claim.claimant),
            "span_text": document.words(claim.spans),
            "evidence_text": _evidence_text(claim.evidence, texts),
        }


_ROWS: dict[str, Callable[[Document, dict[str, str]], Iterator[Row]]] = {
    "documents": _documents,
    "entities": _entities,
    "quotes": _quotes,
    "claims": _claims,
}


def called(document: Document, reference: str | None) -> str | None:
    """What to call a speaker or claimant in a table: its name, or else its first description."""
    entity = document.entity(reference)
    if entity is None:
        return AUTHOR if reference == AUTHOR else None
    return entity.name or entity.mentions[0].text


def _evidence_text(evidence: Iterable[Evidence], texts: dict[str, str]) -> str | None:
    return " … ".join(texts[e.document][e.start : e.end] for e in evidence) or None


def features_yaml(fields: list[Field]) -> list[dict[str, Any]]:
    """Columns as the ``features`` of a dataset card's ``dataset_info``."""
    found: list[dict[str, Any]] = []
    for name, kind in fields:
        if isinstance(kind, list):
            found.append({"name": name, "list": features_yaml(kind)})
        elif kind.startswith("["):
            found.append({"name": name, "list": kind[1:-1]})
        else:
            found.append({"name": name, "dtype": kind})
    return found


def arrow_schema(fields: list[Field]) -> Any:
    """Columns as a ``pyarrow.Schema``: types are declared, never guessed from the rows."""
    import pyarrow as pa

    def of(kind: FieldType) -> Any:
        if isinstance(kind, list):
            return pa.list_(pa.struct([pa.field(n, of(k)) for n, k in kind]))
        if kind.startswith("["):
            return pa.list_(of(kind[1:-1]))
        return {"string": pa.string(), "int64": pa.int64(), "bool": pa.bool_()}[kind]

    return pa.schema([pa.field(name, of(kind)) for name, kind in fields])
