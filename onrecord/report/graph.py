"""A picture of the graph of labels around one quote: an SVG made from the gold itself."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from html import escape

from onrecord.document import VALUE_TYPES, Document, Entity, Quote, Span

_CHAR, _LINE, _LEFT, _TOP, _COLUMNS = 8.43, 46, 30, 150, 104
"""Width of a monospace character at 14 px, line pitch, margins (px), and characters a line."""
_GREEN, _GOLD, _BLUE = "#2f7d43", "#a8790a", "#1d5fa8"
_BOX_WIDTH, _BOX_HEIGHT = 164, 50


def graph_svg(document: Document, quote_id: str) -> str:
    """The sentence of a quote with its mentions, their entities, the quote, and its claim.

    Raises:
        StopIteration: the document has no such quote, or no claim from it.
    """
    quote = next(q for q in document.quotes if q.id == quote_id)
    claim = next(c for c in document.claims if c.quote == quote_id)
    sentence = next(
        s for s in document.sentences if s.start <= quote.content[0].start < s.end
    )
    lines = _wrap(document.text[sentence.start : sentence.end], sentence.start)
    entities = [e for e in document.entities if _mentions(e, sentence)]
    entities = [e for e in entities if e.type not in VALUE_TYPES]
    boxes = {e.id: 30 + i * (_BOX_WIDTH + 16) for i, e in enumerate(entities)}
    below = _TOP + _LINE * len(lines) + 64
    said = document.words(quote.source), document.words(quote.cue)
    parts = [
        *_quote_marks(quote, lines),
        *_links(entities, boxes, sentence, lines, below),
        *_text(document, lines),
        *_box(30, 24, 400, _GOLD, f"claim {claim.id} · {claim.kind}", claim.text),
        *_box(
            520,
            24,
            380,
            _GREEN,
            f"quote {quote.id} · {quote.type}",
            f"source “{said[0]}”, cue “{said[1]}”",
        ),
        _path(430, 49, 520, 49, _GOLD, "from quote"),
        _path(720, 74, 720, _TOP - 18, _GREEN),
    ]
    for entity in entities:
        title = f"{entity.id} · {entity.type}"
        parts += _box(
            boxes[entity.id], below, _BOX_WIDTH, _BLUE, title, entity.name or ""
        )
    if quote.speaker in boxes:
        parts.append(_speaker(boxes[quote.speaker], below))
    width, height = 60 + int(_CHAR * _COLUMNS), below + _BOX_HEIGHT + 46
    label = f"The graph of labels around one quote of {document.id}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'role="img" aria-label="{escape(label)}" font-size="14" '
        'font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace">\n'
        f'<rect width="{width}" height="{height}" rx="10" fill="#ffffff"/>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def _wrap(text: str, start: int) -> list[Span]:
    spans, at = [], 0
    for line in textwrap.wrap(text, _COLUMNS, break_on_hyphens=False):
        at = text.index(line, at)
        spans.append(Span(start + at, start + at + len(line)))
        at += len(line)
    return spans


def _mentions(entity: Entity, sentence: Span) -> list[Span]:
    return [
        m.span
        for m in entity.mentions
        if sentence.start <= m.start and m.end <= sentence.end
    ]


def _rectangles(span: Span, lines: list[Span]) -> Iterator[tuple[float, float, float]]:
    """The (x, y of the base line, width) of each part of ``span`` on the lines, in px."""
    for row, line in enumerate(lines):
        start, end = max(span.start, line.start), min(span.end, line.end)
        if start < end:
            x = _LEFT + _CHAR * (start - line.start)
            yield x, _TOP + _LINE * row, _CHAR * (end - start)


def _quote_marks(quote: Quote, lines: list[Span]) -> Iterator[str]:
    for spans, fill in (
        (quote.content, "#d9f0df"),
        (quote.cue, "#f6e3a1"),
        (quote.source, "#bfe3c8"),
    ):
        for span in spans:
            for x, y, width in _rectangles(span, lines):
                yield (
                    f'<rect x="{x:.1f}" y="{y - 18:.1f}" width="{width:.1f}" '
                    f'height="26" rx="3" fill="{fill}"/>'
                )


def _text(document: Document, lines: list[Span]) -> Iterator[str]:
    for row, line in enumerate(lines):
        words = document.text[line.start : line.end]
        yield (
            f'<text x="{_LEFT}" y="{_TOP + _LINE * row}" xml:space="preserve" '
            f'textLength="{_CHAR * len(words):.1f}" fill="#1b1f24">{escape(words)}</text>'
        )


def _links(
    entities: list[Entity],
    boxes: dict[str, int],
    sentence: Span,
    lines: list[Span],
    below: int,
) -> Iterator[str]:
    for entity in entities:
        for span in _mentions(entity, sentence):
            for x, y, width in _rectangles(span, lines):
                yield (
                    f'<line x1="{x:.1f}" x2="{x + width:.1f}" y1="{y + 6:.1f}" '
                    f'y2="{y + 6:.1f}" stroke="{_BLUE}" stroke-width="2.5"/>'
                )
                target = boxes[entity.id] + _BOX_WIDTH / 2
                yield _path(x + width / 2, y + 7, target, below, _BLUE)


def _path(
    x1: float, y1: float, x2: float, y2: float, stroke: str, label: str = ""
) -> str:
    middle = (y1 + y2) / 2
    path = (
        f'<path d="M{x1:.1f} {y1:.1f} C{x1:.1f} {middle:.1f} {x2:.1f} {middle:.1f} '
        f'{x2:.1f} {y2:.1f}" fill="none" stroke="{stroke}" stroke-opacity=".75"/>'
    )
    if not label:
        return path
    return path + (
        f'<text x="{(x1 + x2) / 2:.1f}" y="{y1 - 6:.1f}" font-size="11" '
        f'text-anchor="middle" fill="{stroke}">{escape(label)}</text>'
    )


def _speaker(x: float, below: int) -> str:
    y = below + _BOX_HEIGHT + 22
    return (
        f'<text x="{x + _BOX_WIDTH / 2:.1f}" y="{y}" font-size="12" '
        f'text-anchor="middle" fill="{_GREEN}">↑ speaker and claimant</text>'
    )


def _box(
    x: float, y: float, width: float, stroke: str, title: str, words: str
) -> Iterator[str]:
    room = int((width - 20) / 7.3)
    shown = words if len(words) <= room else words[: room - 1].rstrip() + "…"
    yield (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width}" height="{_BOX_HEIGHT}" rx="7" '
        f'fill="#ffffff" stroke="{stroke}" stroke-width="1.5"/>'
        f'<text x="{x + 10:.1f}" y="{y + 20:.1f}" font-size="12" font-weight="bold" '
        f'fill="{stroke}">{escape(title)}</text>'
        f'<text x="{x + 10:.1f}" y="{y + 38:.1f}" font-size="12" '
        f'fill="#1b1f24">{escape(shown)}</text>'
    )
