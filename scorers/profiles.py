"""Profiles: the conventions under which spans are compared, each a function of a document.

A profile rewrites gold and prediction alike before any scorer sees them, so the scorers
themselves know no conventions.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from onrecord.document import Document, Mention, Quote, Span

Profile = Callable[[Document], Document]
_MARKS = "\"'“”‘’«»‹›„‚"
_FINAL = ".,;:!?…"


def trim(text: str, span: Span) -> Span:
    """``span`` without outer white space, outer quotation marks and one final punctuation mark.

    The mark may stand inside or outside the closing quotation marks. A span that holds nothing
    else is left as it is.
    """
    start, end = _bare(text, span.start, span.end)
    if end - start > 1 and text[end - 1] in _FINAL:
        start, end = _bare(text, start, end - 1)
    return Span(start, end) if start < end else span


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in _MARKS):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in _MARKS):
        end -= 1
    return start, end


def strict(document: Document) -> Document:
    """Spans are compared as given."""
    return document


def onrecord(document: Document) -> Document:
    """The default: outer white space, quotation marks and one final mark do not count."""
    text = document.text

    def spans(given: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(trim(text, span) for span in given)

    def mention(given: Mention) -> Mention:
        span = trim(text, given.span)
        return msgspec.structs.replace(given, start=span.start, end=span.end)

    def quote(given: Quote) -> Quote:
        return msgspec.structs.replace(
            given,
            content=spans(given.content),
            direct=spans(given.direct),
            cue=spans(given.cue),
            source=spans(given.source),
        )

    return msgspec.structs.replace(
        document,
        entities=tuple(
            msgspec.structs.replace(e, mentions=tuple(map(mention, e.mentions)))
            for e in document.entities
        ),
        quotes=tuple(map(quote, document.quotes)),
        claims=tuple(
            msgspec.structs.replace(c, spans=spans(c.spans)) for c in document.claims
        ),
    )


def outermost(document: Document) -> Document:
    """As ``onrecord``, without nested quotes."""
    quotes = tuple(quote for quote in document.quotes if quote.parent is None)
    return onrecord(msgspec.structs.replace(document, quotes=quotes))


def direct_only(document: Document) -> Document:
    """As ``onrecord``, with only what stands inside quotation marks."""
    quotes = tuple(
        msgspec.structs.replace(quote, content=quote.direct)
        for quote in document.quotes
        if quote.direct
    )
    return onrecord(msgspec.structs.replace(document, quotes=quotes))


PROFILES: dict[str, Profile] = {
    "onrecord": onrecord,
    "strict": strict,
    "outermost": outermost,
    "direct-only": direct_only,
}
