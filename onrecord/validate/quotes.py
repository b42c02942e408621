"""Rules of quotes: parts that fit together, speakers, nesting, fidelity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from onrecord.document import Document, Quote, Span
from onrecord.findings import Finding, Pointer

from .rule import Story, evidence_fault

QUOTE_MARKS = frozenset("\"'“”‘’«»‹›„‚")


def overlap(a: Iterable[Span], b: Sequence[Span]) -> bool:
    """Whether any span of ``a`` shares a character with one of ``b``; touching is not sharing."""
    return any(x.start < y.end and y.start < x.end for x in a for y in b)


def inside(a: Iterable[Span], b: Sequence[Span]) -> bool:
    """Whether each span of ``a`` lies within one of ``b``."""
    return all(any(y.start <= x.start and x.end <= y.end for y in b) for x in a)


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
            message = f"{quote.fidelity or 'null'} {evidence_fault(needed)}"
            yield Finding("fidelity-evidence", message, at)
