"""The records every part of OnRecord shares: immutable, typed, and importing nothing of ours.

Offsets, said once for the whole project: a span is the half-open range ``[start, end)`` of
*Unicode code points* (what Python's ``str`` indexes) into a document's ``text``, which is in
Unicode normal form C and has LF line ends and no byte-order mark.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

import msgspec

SCHEMA_VERSION = "1"

DocumentKind = Literal["article", "record"]
SectionKind = Literal["headline", "standfirst", "byline", "body", "note"]
NameType = Literal[
    "PERSON",
    "NORP",
    "FAC",
    "ORG",
    "GPE",
    "LOC",
    "PRODUCT",
    "EVENT",
    "WORK_OF_ART",
    "LAW",
    "LANGUAGE",
]
ValueType = Literal[
    "DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"
]
EntityType = Literal[NameType, ValueType]
MentionForm = Literal["name", "nominal", "pronoun"]
QuoteType = Literal["direct", "indirect", "mixed"]
SpeakerKind = Literal[
    "person", "group", "organisation", "document", "anonymous", "unknown"
]
Fidelity = Literal["verbatim", "cleaned", "altered", "fabricated"]
ClaimKind = Literal[
    "event", "state", "quantity", "comparison", "causal", "rule", "prediction"
]
Verdict = Literal["supported", "refuted", "not_enough_evidence"]

NAME_TYPES: tuple[str, ...] = get_args(NameType)
VALUE_TYPES: tuple[str, ...] = get_args(ValueType)
AUTHOR = "author"
"""The claimant of what an article asserts in its own voice; no entity may bear this id."""


class Span(msgspec.Struct, frozen=True, order=True):
    """The half-open code-point range ``[start, end)`` of a document's text."""

    start: int
    end: int


UNGROUNDED = Span(0, 0)
"""The span of a prediction that is not in the text: it overlaps nothing, so it earns nothing."""


class Section(msgspec.Struct, frozen=True):
    """A stretch of the text that plays one part on the page."""

    kind: SectionKind
    start: int
    end: int


class Mention(msgspec.Struct, frozen=True):
    """One reference to an entity: where it stands, its exact words, and their grammatical form."""

    start: int
    end: int
    text: str
    form: MentionForm = "name"
    metonym: bool = False
    """A capital or place that stands for a government or institution ("Moscow rejected…")."""

    @property
    def span(self) -> Span:
        """The mention's place, without its words."""
        return Span(self.start, self.end)


class Entity(msgspec.Struct, frozen=True):
    """Somebody or something, with every mention of it in one document."""

    id: str
    type: EntityType
    name: str | None = None
    """The fullest name the story gives; ``None`` when it is only described."""
    mentions: tuple[Mention, ...] = ()


class Evidence(msgspec.Struct, frozen=True):
    """A stretch of another document of the same story."""

    document: str
    start: int
    end: int


class Quote(msgspec.Struct, frozen=True):
    """Words or thoughts-as-spoken that the text attributes to a source other than its author."""

    id: str
    type: QuoteType
    content: tuple[Span, ...]
    direct: tuple[Span, ...] = ()
    """The parts of ``content`` inside quotation marks."""
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()
    speaker: str | None = None
    speaker_kind: SpeakerKind = "unknown"
    addressee: str | None = None
    parent: str | None = None
    """The quote inside which this one is reported."""
    negated: bool = False
    hypothetical: bool = False
    fidelity: Fidelity | None = None
    evidence: tuple[Evidence, ...] = ()


class Claim(msgspec.Struct, frozen=True):
    """A statement that a third party could check, by a source or by the author."""

    id: str
    text: str
    spans: tuple[Span, ...] = ()
    claimant: str | None = None
    """An entity's id, ``"author"``, or ``None`` where the quote's speaker is unknown."""
    quote: str | None = None
    kind: ClaimKind = "event"
    check_worthy: bool = False
    verdict: Verdict | None = None
    evidence: tuple[Evidence, ...] = ()


class PredictedClaim(Claim, frozen=True):
    """A claim as a system gives it."""

    check_worthy_score: float | None = None
    """In [0, 1], for ranking; ``check_worthy`` alone says yes or no."""


class Document(msgspec.Struct, frozen=True):
    """One source text with its labels; the same shape serves gold and (grounded) predictions."""

    id: str
    story: str
    kind: DocumentKind
    text: str
    schema_version: str = SCHEMA_VERSION
    language: str = "en"
    title: str | None = None
    outlet: str | None = None
    date: str | None = None
    """The day of publication, ISO 8601."""
    style: str | None = None
    licence: str | None = None
    transcript: bool = False
    """True where the story's record is a transcript, so that quotes can be checked word for word."""
    phenomena: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    sentences: tuple[Span, ...] = ()
    entities: tuple[Entity, ...] = ()
    quotes: tuple[Quote, ...] = ()
    claims: tuple[Claim, ...] = ()

    def unlabelled(self) -> Document:
        """The document as a system may see it: text, sections and sentences, without the labels."""
        return msgspec.structs.replace(
            self, phenomena=(), entities=(), quotes=(), claims=()
        )

    def words(self, spans: Iterable[Span]) -> str:
        """The text of ``spans``, in their order, joined by ``" … "`` where they are apart."""
        return " … ".join(self.text[span.start : span.end] for span in spans)

    def entity(self, entity_id: str | None) -> Entity | None:
        """The entity of that id, or ``None``."""
        return next((e for e in self.entities if e.id == entity_id), None)
