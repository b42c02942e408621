"""The meaning rules: what a schema cannot say. One rule, one generator of findings.

A rule sees a document and all documents of its story (id → document, itself included), so that
references across documents can be followed. ``GOLD_RULES`` judge documents and annotations;
``PREDICTION_RULES`` are those that a system's output must keep too.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from .document import AUTHOR, Document, Evidence, Mention, Quote, Section, Span
from .findings import Finding, Pointer

Story = Mapping[str, Document]
Rule = Callable[[Document, Story], Iterator[Finding]]
Placed = Span | Section | Mention
QUOTE_MARKS = frozenset("\"'“”‘’«»‹›„‚")


def spans_of(document: Document) -> Iterator[tuple[Pointer, Placed]]:
    """Every span of a document's own text, with its pointer."""
    for i, section in enumerate(document.sections):
        yield ("sections", i), section
    for i, sentence in enumerate(document.sentences):
        yield ("sentences", i), sentence
    for i, entity in enumerate(document.entities):
        for j, mention in enumerate(entity.mentions):
            yield ("entities", i, "mentions", j), mention
    for i, quote in enumerate(document.quotes):
        for key in ("content", "direct", "cue", "source"):
            for j, span in enumerate(getattr(quote, key)):
                yield ("quotes", i, key, j), span
    for i, claim in enumerate(document.claims):
        for j, span in enumerate(claim.spans):
            yield ("claims", i, "spans", j), span


def overlap(a: Iterable[Span], b: Sequence[Span]) -> bool:
    """Whether any span of ``a`` shares a character with one of ``b``; touching is not sharing."""
    return any(x.start < y.end and y.start < x.end for x in a for y in b)


def inside(a: Iterable[Span], b: Sequence[Span]) -> bool:
    """Whether each span of ``a`` lies within one of ``b``."""
    return all(any(y.start <= x.start and x.end <= y.end for y in b) for x in a)


def text_form(document: Document, story: Story) -> Iterator[Finding]:
    """The text is NFC with LF line ends and holds no byte-order mark or control characters."""
    text, at = document.text, ("text",)
    if "\ufeff" in text:
        yield Finding("text-bom", "the text holds a byte-order mark; remove it", at)
    if "\r" in text:
        yield Finding("text-line-end", "the text holds a CR; use LF line ends", at)
    if not unicodedata.is_normalized("NFC", text):
        yield Finding("text-not-nfc", "the text is not in normal form C (NFC)", at)
    controls = {c for c in text if unicodedata.category(c) == "Cc"} - set("\n\t\r")
    if controls:
        shown = ", ".join(f"U+{ord(c):04X}" for c in sorted(controls))
        yield Finding("text-control", f"control characters in the text: {shown}", at)


def span_range(document: Document, story: Story) -> Iterator[Finding]:
    """Every span is in the text and not empty."""
    for at, span in spans_of(document):
        if not 0 <= span.start < span.end <= len(document.text):
            message = (
                f"[{span.start}, {span.end}) is not in the text, which has "
                f"{len(document.text)} characters, or is empty"
            )
            yield Finding("span-range", message, at)


def span_order(document: Document, story: Story) -> Iterator[Finding]:
    """The parts of one field stand in the order of the text and do not overlap."""
    last: tuple[Pointer, Placed] | None = None
    for at, span in spans_of(document):
        in_field = last is not None and last[0][:-1] == at[:-1]
        if in_field and last and span.start < last[1].end and "mentions" not in at:
            message = (
                f"[{span.start}, {span.end}) starts before the part before it ends"
            )
            yield Finding("span-order", message, at)
        last = (at, span)


def span_edge(document: Document, story: Story) -> Iterator[Finding]:
    """No span begins or ends with white space."""
    for at, span in spans_of(document):
        words = document.text[span.start : span.end]
        if words != words.strip():
            yield Finding("span-edge", f"{words[:60]!r} begins or ends in a space", at)


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


def parents_acyclic(document: Document, story: Story) -> Iterator[Finding]:
    """No quote is reported inside itself."""
    parents = {quote.id: quote.parent for quote in document.quotes}
    for i, quote in enumerate(document.quotes):
        seen, at = {quote.id}, quote.parent
        while at is not None and at not in seen:
            seen.add(at)
            at = parents.get(at)
        if at == quote.id:
            message = f"{quote.id} is reported inside itself"
            yield Finding("parent-cycle", message, ("quotes", i, "parent"))


def parent_contains(document: Document, story: Story) -> Iterator[Finding]:
    """A nested quote's content lies within its parent's."""
    by_id = {quote.id: quote for quote in document.quotes}
    for i, quote in enumerate(document.quotes):
        parent = by_id.get(quote.parent or "")
        if parent and not inside(quote.content, parent.content):
            message = f"the content is not inside that of its parent {parent.id}"
            yield Finding("parent-outside", message, ("quotes", i, "content"))


def quote_parts(document: Document, story: Story) -> Iterator[Finding]:
    """``direct`` fits the type and lies in the content; cue and source lie outside it."""
    for i, quote in enumerate(document.quotes):
        at: Pointer = ("quotes", i)
        if not inside(quote.direct, quote.content):
            message = "a direct part is not inside the content"
            yield Finding("direct-outside", message, (*at, "direct"))
        if fault := _type_fault(quote):
            yield Finding("quote-type", f"{quote.type}, but {fault}", (*at, "type"))
        for j, part in enumerate(quote.direct):
            words = document.text[part.start : part.end]
            if not QUOTE_MARKS & {words[:1], words[-1:]}:
                message = f"{words[:60]!r} has no quotation mark at either end"
                yield Finding("direct-unmarked", message, (*at, "direct", j))
        for key in ("cue", "source"):
            if overlap(getattr(quote, key), quote.content):
                message = f"the {key} overlaps the content of its own quote"
                yield Finding(f"{key}-inside", message, (*at, key))


def _type_fault(quote: Quote) -> str | None:
    if quote.type == "indirect" and quote.direct:
        return "there are direct parts"
    if quote.type == "direct" and quote.direct != quote.content:
        return "the direct parts are not all of the content"
    if quote.type == "mixed" and not quote.direct:
        return "no direct part is named"
    if quote.type == "mixed" and quote.direct == quote.content:
        return "the direct parts are all of the content"
    return None


def quote_speaker(document: Document, story: Story) -> Iterator[Finding]:
    """A quote has a speaker unless its source is unknown."""
    for i, quote in enumerate(document.quotes):
        at: Pointer = ("quotes", i, "speaker_kind")
        if (quote.speaker is None) != (quote.speaker_kind == "unknown"):
            message = f"speaker {quote.speaker!r} with kind {quote.speaker_kind}"
            yield Finding("speaker-kind", message, at)
        if quote.source and quote.speaker is None:
            message = "the text names a source, so the quote has a speaker"
            yield Finding("speaker-missing", message, at)


def quote_fidelity(document: Document, story: Story) -> Iterator[Finding]:
    """Fidelity is judged of direct words where there is a transcript, and rests on evidence."""
    for i, quote in enumerate(document.quotes):
        at: Pointer = ("quotes", i, "fidelity")
        if quote.fidelity and (quote.type == "indirect" or not document.transcript):
            why = "an indirect quote" if document.transcript else "no transcript"
            message = f"{quote.fidelity}, but there is {why}; use null"
            yield Finding("fidelity-baseless", message, at)
        needed = quote.fidelity not in (None, "fabricated")
        if needed != bool(quote.evidence):
            message = f"{quote.fidelity or 'null'} {_evidence_fault(needed)}"
            yield Finding("fidelity-evidence", message, at)


def _evidence_fault(needed: bool) -> str:
    return "needs evidence in the record" if needed else "has no evidence; remove it"


def claim_quote(document: Document, story: Story) -> Iterator[Finding]:
    """A claim from a quote has that quote's speaker, and shares words with its content."""
    by_id = {quote.id: quote for quote in document.quotes}
    for i, claim in enumerate(document.claims):
        quote = by_id.get(claim.quote or "")
        if quote and claim.claimant != quote.speaker:
            message = f"claimant {claim.claimant}, but {quote.id} is by {quote.speaker}"
            yield Finding("claimant-mismatch", message, ("claims", i, "claimant"))
        if quote and not overlap(claim.spans, quote.content):
            message = f"no part of it lies in the content of {quote.id}"
            yield Finding("claim-outside", message, ("claims", i, "spans"))
        if claim.claimant is None and claim.quote is None:
            message = "a claim has a claimant, or a quote without a known speaker"
            yield Finding("claimant-missing", message, ("claims", i, "claimant"))


def verdict_present(document: Document, story: Story) -> Iterator[Finding]:
    """A claim has a verdict exactly where the story has a record to judge it by."""
    has_record = any(other.kind == "record" for other in story.values())
    for i, claim in enumerate(document.claims):
        at: Pointer = ("claims", i, "verdict")
        if has_record and claim.verdict is None:
            yield Finding("verdict-missing", "the story has a record: judge it", at)
        if claim.verdict is not None and not has_record:
            message = "the story has no record to judge it by; use null"
            yield Finding("verdict-baseless", message, at)


def verdict_evidence(document: Document, story: Story) -> Iterator[Finding]:
    """Supported and refuted rest on evidence; the others have none."""
    for i, claim in enumerate(document.claims):
        needed = claim.verdict in ("supported", "refuted")
        if needed != bool(claim.evidence):
            message = f"{claim.verdict or 'null'} {_evidence_fault(needed)}"
            yield Finding("verdict-evidence", message, ("claims", i, "verdict"))


def evidence_place(document: Document, story: Story) -> Iterator[Finding]:
    """Evidence lies in the text of a record of the same story."""
    items: list[tuple[Pointer, Evidence]] = [
        ((layer, i, "evidence", j), evidence)
        for layer in ("quotes", "claims")
        for i, item in enumerate(getattr(document, layer))
        for j, evidence in enumerate(item.evidence)
    ]
    for at, evidence in items:
        target = story.get(evidence.document)
        if target is None or target.kind != "record":
            message = f"{evidence.document} is not a record of this story"
            yield Finding("evidence-record", message, at)
        elif not 0 <= evidence.start < evidence.end <= len(target.text):
            message = f"[{evidence.start}, {evidence.end}) is not in {target.id}"
            yield Finding("evidence-range", message, at)


def record_bare(document: Document, story: Story) -> Iterator[Finding]:
    """A record carries no claims: it is what claims are judged by."""
    if document.kind == "record" and document.claims:
        yield Finding("record-claims", "a record carries no claims", ("claims", 0))


def text_covered(document: Document, story: Story) -> Iterator[Finding]:
    """Sections and sentences leave out nothing but white space."""
    parts: dict[str, tuple[Placed, ...]] = {
        "sections": document.sections,
        "sentences": document.sentences,
    }
    for key, spans in parts.items():
        covered = 0
        for span in (*spans, Span(len(document.text), len(document.text))):
            left_out = document.text[covered : max(covered, span.start)].strip()
            if left_out:
                message = f"{left_out[:60]!r} is in none of the {key}"
                yield Finding(f"{key}-gap", message, (key,))
            covered = max(covered, span.end)


def date_real(document: Document, story: Story) -> Iterator[Finding]:
    """The date is a day of the calendar."""
    try:
        date.fromisoformat(document.date or "2000-01-01")
    except ValueError:
        message = f"{document.date!r} is not a day of the calendar"
        yield Finding("date-impossible", message, ("date",))


PREDICTION_RULES: tuple[Rule, ...] = (ids_unique, references_resolve, parents_acyclic)
DOCUMENT_RULES: tuple[Rule, ...] = (
    *PREDICTION_RULES,
    text_form,
    span_range,
    span_order,
    span_edge,
    mention_text,
    mention_twice,
    entity_mentioned,
    parent_contains,
    quote_parts,
    quote_speaker,
    quote_fidelity,
    claim_quote,
    verdict_evidence,
    record_bare,
    text_covered,
    date_real,
)
STORY_RULES: tuple[Rule, ...] = (entity_conflict, verdict_present, evidence_place)
"""Rules that can be judged only where every document of the story is at hand."""
GOLD_RULES = (*DOCUMENT_RULES, *STORY_RULES)


def check(
    document: Document, story: Story, rules: Iterable[Rule] = GOLD_RULES
) -> Iterator[Finding]:
    """Everything that ``rules`` find in one document of a story; nothing when it is sound."""
    for rule in rules:
        yield from rule(document, story)
