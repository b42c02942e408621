"""Rules of the text and its spans: clean characters, offsets that hold, nothing left out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date

from onrecord.document import Document, Mention, Section, Span
from onrecord.findings import Finding, Pointer

from .rule import Story

Placed = Span | Section | Mention


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
