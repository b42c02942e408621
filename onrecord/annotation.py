"""Labels written by quoting the text (``corpus/annotations/…yaml``) → a labelled ``Document``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from .anchors import AnchorError, resolve
from .contract import violations
from .document import Claim, Document, Entity, Evidence, Mention, Quote, Span
from .files import parse_yaml, read_text
from .findings import Finding, Lines, Pointer, Rejected, in_order, locate

_FORMS = {
    "names": ("name", False),
    "metonyms": ("name", True),
    "nominals": ("nominal", False),
    "pronouns": ("pronoun", False),
}


@dataclass(frozen=True)
class Compiled:
    """A labelled document, and the line of its annotation file that each part comes from."""

    document: Document
    path: str
    lines: Lines


def read_annotation(path: Path, story: Mapping[str, Document]) -> Compiled:
    """Compile one annotation file against its story's documents (id → document).

    Raises:
        Rejected: with every fault of its YAML, its shape, or its anchors.
    """
    value, lines = parse_yaml(read_text(path), str(path))
    findings = list(violations(value, "annotation"))
    if not findings and value["document"] not in story:
        message = f"no document {value['document']!r} in the story; it has "
        message += ", ".join(sorted(story))
        findings.append(Finding("document-unknown", message, ("document",)))
    if findings:
        raise Rejected(in_order(locate(f, str(path), lines) for f in findings))
    compiler = _Compiler(value, story)
    document = compiler.document()
    if compiler.findings:
        raise Rejected(in_order(locate(f, str(path), lines) for f in compiler.findings))
    return Compiled(document, str(path), {**lines, **_origins(compiler, lines)})


def _origins(compiler: _Compiler, lines: Lines) -> dict[Pointer, int]:
    """The lines of what stands under other keys in the file than in the document."""
    return {place: lines[source] for place, source in compiler.sources.items()}


class _Compiler:
    """One pass over one annotation, gathering every fault instead of stopping at the first."""

    def __init__(self, value: dict[str, Any], story: Mapping[str, Document]) -> None:
        self.value = value
        self.story = story
        self.bare = story[value["document"]]
        self.findings: list[Finding] = []
        self.sources: dict[Pointer, Pointer] = {}

    def document(self) -> Document:
        """The labelled document; without the parts whose anchors are faulty."""
        return msgspec.structs.replace(
            self.bare,
            entities=tuple(self._entities()),
            quotes=tuple(self._quotes()),
            claims=tuple(self._claims()),
        )

    def _span(self, anchor: str, at: Pointer, text: str) -> Iterator[Span]:
        try:
            yield resolve(anchor, text)
        except AnchorError as error:
            self.findings.append(Finding(error.code, str(error), at))

    def _spans(self, item: dict[str, Any], key: str, at: Pointer) -> tuple[Span, ...]:
        """The spans of one field, in the order of the text."""
        anchors = item.get(key, [])
        if isinstance(anchors, str):
            return tuple(self._span(anchors, (*at, key), self.bare.text))
        return tuple(
            sorted(
                span
                for i, anchor in enumerate(anchors)
                for span in self._span(anchor, (*at, key, i), self.bare.text)
            )
        )

    def _evidence(self, item: dict[str, Any], at: Pointer) -> tuple[Evidence, ...]:
        """Anchors into the record of the story."""
        if not item.get("evidence"):
            return ()
        records = [d for d in self.story.values() if d.kind == "record"]
        if len(records) != 1:
            message = (
                f"the story has {len(records)} records; evidence needs exactly one"
            )
            self.findings.append(Finding("evidence-record", message, (*at, "evidence")))
            return ()
        record, anchors = records[0], item["evidence"]
        anchors = [anchors] if isinstance(anchors, str) else anchors
        return tuple(
            Evidence(record.id, span.start, span.end)
            for anchor in anchors
            for span in self._span(anchor, (*at, "evidence"), record.text)
        )

    def _mention(self, anchor: str, at: Pointer, form: Any, metonym: bool) -> Any:
        for span in self._span(anchor, at, self.bare.text):
            words = self.bare.text[span.start : span.end]
            yield Mention(span.start, span.end, words, form, metonym)

    def _entities(self) -> Iterator[Entity]:
        index = 0
        for entity_id, item in self.value.get("entities", {}).items():
            at: Pointer = ("entities", entity_id)
            self.sources[("entities", index)] = at
            mentions = [
                mention
                for key, (form, metonym) in _FORMS.items()
                for i, anchor in enumerate(item.get(key, []))
                for mention in self._mention(anchor, (*at, key, i), form, metonym)
            ]
            mentions.sort(key=lambda m: (m.start, m.end))
            yield Entity(entity_id, item["type"], item["name"], tuple(mentions))
            index += 1
        yield from self._values(index)

    def _values(self, index: int) -> Iterator[Entity]:
        """Each value is an entity of its own, with an id that no other document can have."""
        name = self.bare.id.rsplit("/", 1)[-1]
        for kind, anchors in self.value.get("values", {}).items():
            for i, anchor in enumerate(anchors):
                at: Pointer = ("values", kind, i)
                for mention in self._mention(anchor, at, "name", False):
                    self.sources[("entities", index)] = at
                    value_id = f"{name}.{kind.lower()}-{i + 1}"
                    yield Entity(value_id, kind, mention.text, (mention,))
                    index += 1

    def _quotes(self) -> Iterator[Quote]:
        for index, item in enumerate(self.value.get("quotes", [])):
            at: Pointer = ("quotes", index)
            content = self._spans(item, "content", at)
            yield Quote(
                id=item["id"],
                type=item["type"],
                content=content,
                direct=content
                if item["type"] == "direct"
                else self._spans(item, "direct", at),
                cue=self._spans(item, "cue", at),
                source=self._spans(item, "source", at),
                speaker=item["speaker"],
                speaker_kind=item["speaker_kind"],
                addressee=item.get("addressee"),
                parent=item.get("parent"),
                negated=item.get("negated", False),
                hypothetical=item.get("hypothetical", False),
                fidelity=item.get("fidelity"),
                evidence=self._evidence(item, at),
            )

    def _claims(self) -> Iterator[Claim]:
        for index, item in enumerate(self.value.get("claims", [])):
            at: Pointer = ("claims", index)
            yield Claim(
                id=item["id"],
                text=item["text"],
                spans=self._spans(item, "spans", at),
                claimant=item["claimant"],
                quote=item.get("quote"),
                kind=item["kind"],
                check_worthy=item["check_worthy"],
                verdict=item.get("verdict"),
                evidence=self._evidence(item, at),
            )
