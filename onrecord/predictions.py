"""What a system extracted, in any accepted form → checked documents, its words grounded.

A predicted place is ``{"start", "end"}`` or ``{"text", "occurrence"}``: language models quote
better than they count. Words are looked for as they stand, then with any white space, quotation
mark, dash and ellipsis for another. What is not in the text keeps the span ``UNGROUNDED``: it
stays a prediction, matches nothing, and is counted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from .anchors import occurrences
from .contract import violations
from .document import (
    UNGROUNDED,
    Document,
    Entity,
    Evidence,
    Mention,
    PredictedClaim,
    Quote,
    Span,
)
from .files import parse_json, read_jsonl
from .findings import Finding, Pointer, Rejected, in_order, locate
from .labels import LabelMap
from .validate import PREDICTION_RULES, check

LAYERS = ("entities", "quotes", "claims")
_SHOWN = 80
"""Characters shown of words that are not in their document."""


@dataclass(frozen=True)
class Predictions:
    """One system's output over a set of documents."""

    documents: Mapping[str, Document]
    """By document id; only what was predicted."""
    layers: frozenset[str]
    """The layers that stand in at least one record: what the system does."""
    ungrounded: tuple[str, ...] = ()
    """Predicted places whose words are not in their document: where, and the words."""


def load_predictions(
    path: str | Path, gold: Iterable[Document], labels: LabelMap | None = None
) -> Predictions:
    """Read a JSONL file of predictions for ``gold``, one record a line.

    Args:
        labels: the inventory of a system that has another one than ours.

    Raises:
        Rejected: with every finding of every line; nothing is half accepted.
    """
    known = {document.id: document for document in gold}
    records: list[tuple[int, Any]] = []
    findings: list[Finding] = []
    for line, data in read_jsonl(Path(path)):
        try:
            record = parse_json(data, str(path), line)
            if labels:
                faults = labels.faults(record)
                findings += [locate(f, str(path), {(): line}) for f in faults]
                record = labels.translated(record)
            records.append((line, record))
        except Rejected as rejected:
            findings += rejected.findings
    try:
        predictions = check_predictions(records, known, str(path))
    except Rejected as rejected:
        raise Rejected(in_order([*findings, *rejected.findings])) from None
    if findings:
        raise Rejected(in_order(findings))
    return predictions


def check_predictions(
    records: Iterable[tuple[int, Any]], known: Mapping[str, Document], path: str
) -> Predictions:
    """Ground and check parsed records (line, value) against the documents they are about.

    Raises:
        Rejected: with every finding of every record.
    """
    documents: dict[str, Document] = {}
    findings: list[Finding] = []
    layers: set[str] = set()
    ungrounded: list[str] = []
    for line, record in records:
        faults = list(_shape_faults(record, known))
        if not faults:
            grounding = _Grounding(record, known)
            document = grounding.document()
            faults = grounding.findings or list(
                check(document, {document.id: document}, PREDICTION_RULES)
            )
            if document.id in documents:
                message = f"{document.id} was predicted before; keep one record"
                faults.append(Finding("document-duplicate", message, ("id",)))
            documents[document.id] = document
            layers |= {layer for layer in LAYERS if layer in record}
            ungrounded += grounding.ungrounded
        findings += [locate(fault, path, {(): line}) for fault in faults]
    if findings:
        raise Rejected(in_order(findings))
    return Predictions(documents, frozenset(layers), tuple(ungrounded))


def _shape_faults(record: Any, known: Mapping[str, Document]) -> Iterator[Finding]:
    """What makes a record unfit to be grounded."""
    faults = list(violations(record, "prediction"))
    yield from faults
    if not faults and record["id"] not in known:
        message = (
            f"{record['id']} is none of the {len(known)} documents to be scored; "
            "remove it, or score the split that it is in"
        )
        yield Finding("document-unknown", message, ("id",))


def ground(words: str, occurrence: int, text: str) -> Span | None:
    """The place of the n-th occurrence of ``words`` in ``text``, or ``None``."""
    exact = list(occurrences(words, text))
    if len(exact) >= occurrence:
        start = exact[occurrence - 1]
        return Span(start, start + len(words))
    loose = re.compile(_loosely(words))
    for number, match in enumerate(loose.finditer(text), 1):
        if number == occurrence:
            return Span(match.start(), match.end())
    return None


_CLASSES = {
    **dict.fromkeys('"“”„«»', '["“”„«»]'),
    **dict.fromkeys("'‘’‚‹›`", "['‘’‚‹›`]"),
    **dict.fromkeys("-–—‐‑−", "[-–—‐‑−]"),
}


def _loosely(words: str) -> str:
    """A pattern for ``words`` with any white space, quotation mark or dash for another."""
    normal = unicodedata.normalize("NFC", words).strip().replace("...", "…")
    parts = []
    for token in re.findall(r"\s+|.", normal, re.DOTALL):
        if token.isspace():
            parts.append(r"\s+")
        elif token == "…":
            parts.append(r"(?:…|\.\.\.)")
        else:
            parts.append(_CLASSES.get(token, re.escape(token)))
    before = r"(?<!\w)" if normal[:1].isalnum() else ""
    after = r"(?!\w)" if normal[-1:].isalnum() else ""
    # A pattern of nothing would be found everywhere.
    return before + "".join(parts) + after if normal else r"(?!)"


@dataclass
class _Grounding:
    """One record being placed in the document that it is about, gathering every fault."""

    record: dict[str, Any]
    known: Mapping[str, Document]
    findings: list[Finding] = field(default_factory=list)
    ungrounded: list[str] = field(default_factory=list)
    extra: dict[str, Entity] = field(default_factory=dict)
    """Entities that are only named by a speaker or claimant."""

    def document(self) -> Document:
        """The gold document's text with the predicted layers."""
        bare = self.known[self.record["id"]].unlabelled()
        self.entities = [
            self._entity(item, ("entities", i), bare)
            for i, item in enumerate(self.record.get("entities", []))
        ]
        self.by_name = {e.name: e.id for e in reversed(self.entities) if e.name}
        quotes = [
            self._quote(item, ("quotes", i), bare)
            for i, item in enumerate(self.record.get("quotes", []))
        ]
        claims = [
            self._claim(item, ("claims", i), bare)
            for i, item in enumerate(self.record.get("claims", []))
        ]
        return msgspec.structs.replace(
            bare,
            entities=(*self.entities, *self.extra.values()),
            quotes=tuple(quotes),
            claims=tuple(claims),
        )

    def _place(self, item: dict[str, Any], at: Pointer, document: Document) -> Span:
        text = document.text
        if "start" not in item:
            found = ground(item["text"], item.get("occurrence", 1), text)
            if found is None:
                where = "/".join(map(str, (self.record["id"], *at)))
                self.ungrounded.append(f"{where}: {item['text'][:_SHOWN]!r}")
            return found or UNGROUNDED
        span = Span(item["start"], item["end"])
        if not 0 <= span.start < span.end <= len(text):
            message = (
                f"[{span.start}, {span.end}) is empty or not in {document.id}, "
                f"which has {len(text)} characters"
            )
            self.findings.append(Finding("span-range", message, at))
        elif item.get("text", there := text[span.start : span.end]) != there:
            message = f"says {item['text'][:60]!r}, but the text has {there[:60]!r}"
            self.findings.append(Finding("mention-text", message, at))
        return span

    def _places(
        self, item: dict[str, Any], key: str, at: Pointer, document: Document
    ) -> tuple[Span, ...]:
        places = [
            self._place(part, (*at, key, i), document)
            for i, part in enumerate(item.get(key, []))
        ]
        return tuple(sorted(places))

    def _evidence(self, item: dict[str, Any], at: Pointer) -> tuple[Evidence, ...]:
        found = []
        for i, part in enumerate(item.get("evidence", [])):
            place: Pointer = (*at, "evidence", i)
            if target := self.known.get(part["document"]):
                span = self._place(part, place, target)
                found.append(Evidence(target.id, span.start, span.end))
            else:
                message = f"{part['document']} is not among the documents"
                self.findings.append(Finding("evidence-record", message, place))
        return tuple(found)

    def _entity(self, item: dict[str, Any], at: Pointer, document: Document) -> Entity:
        mentions = []
        for i, part in enumerate(item.get("mentions", [])):
            span = self._place(part, (*at, "mentions", i), document)
            words = part.get("text", document.text[span.start : span.end])
            form, metonym = part.get("form", "name"), part.get("metonym", False)
            mentions.append(Mention(span.start, span.end, words, form, metonym))
        return Entity(item["id"], item["type"], item.get("name"), tuple(mentions))

    def _reference(self, value: Any) -> str | None:
        """An entity's id; a plain name becomes the predicted entity of that name, or a new one."""
        if not isinstance(value, dict):
            return None if value is None else str(value)
        name = value["name"]
        if name in self.by_name:
            return self.by_name[name]
        entity_id = f"name:{name}"
        self.extra[entity_id] = Entity(entity_id, "PERSON", name)
        return entity_id

    def _quote(self, item: dict[str, Any], at: Pointer, document: Document) -> Quote:
        speaker = self._reference(item.get("speaker"))
        return Quote(
            id=item["id"],
            type=item.get("type", "indirect"),
            content=self._places(item, "content", at, document),
            direct=self._places(item, "direct", at, document),
            cue=self._places(item, "cue", at, document),
            source=self._places(item, "source", at, document),
            speaker=speaker,
            speaker_kind=item.get("speaker_kind", "person" if speaker else "unknown"),
            addressee=self._reference(item.get("addressee")),
            parent=item.get("parent"),
            negated=item.get("negated", False),
            hypothetical=item.get("hypothetical", False),
            fidelity=item.get("fidelity"),
            evidence=self._evidence(item, at),
        )

    def _claim(
        self, item: dict[str, Any], at: Pointer, document: Document
    ) -> PredictedClaim:
        return PredictedClaim(
            id=item["id"],
            text=item.get("text", ""),
            spans=self._places(item, "spans", at, document),
            claimant=self._reference(item.get("claimant")),
            quote=item.get("quote"),
            kind=item.get("kind", "event"),
            check_worthy=item.get("check_worthy", False),
            verdict=item.get("verdict"),
            evidence=self._evidence(item, at),
            check_worthy_score=item.get("check_worthy_score"),
        )


def prediction_record(document: Document) -> dict[str, Any]:
    """A labelled document as a prediction record: its layers without its text.

    The inverse of loading one: grounding the record gives the same layers back.
    """
    record: dict[str, Any] = msgspec.to_builtins(document)
    return {"id": document.id, **{layer: record[layer] for layer in LAYERS}}
