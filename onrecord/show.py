"""A document in the terminal: numbered lines, its labels in colour, and what they say."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from .anchors import line_spans
from .document import VALUE_TYPES, Claim, Document, Quote, Span
from .tables import called

_QUOTE, _CUE, _SOURCE = "on grey19", "bold yellow", "bold underline"
_NAME, _VALUE, _REFERENCE = "cyan", "magenta", "blue"


def show(document: Document) -> Group:
    """The document as a rich renderable: under each line, the quotes and claims that start there."""
    styled = _styled(document)
    page = Table.grid(padding=(0, 2, 0, 0))
    page.add_column(justify="right", style="dim", no_wrap=True)
    page.add_column()
    for number, line in enumerate(line_spans(document.text), 1):
        page.add_row(f"{number:>4}", styled[line.start : line.end])
        for note in _notes(document, line):
            page.add_row("", Padding(note, (0, 0, 0, 4)))
    title = Text(f"{document.id}  ({document.kind})\n", style="bold")
    return Group(title, page, *([_legend()] if document.entities else []))


def _styled(document: Document) -> Text:
    text = Text(document.text)
    for quote in document.quotes:
        for style, spans in (
            (_QUOTE, quote.content),
            (_CUE, quote.cue),
            (_SOURCE, quote.source),
        ):
            for span in spans:
                text.stylize(style, span.start, span.end)
    for entity in document.entities:
        named = _VALUE if entity.type in VALUE_TYPES else _NAME
        for mention in entity.mentions:
            style = named if mention.form == "name" else _REFERENCE
            text.stylize(style, mention.start, mention.end)
    return text


def _notes(document: Document, line: Span) -> Iterator[Text]:
    for quote in document.quotes:
        if quote.content and line.start <= quote.content[0].start < line.end:
            yield Text(_quote(document, quote), style="green")
    for claim in document.claims:
        if claim.spans and line.start <= claim.spans[0].start < line.end:
            yield Text(_claim(document, claim), style="yellow")


def _quote(document: Document, quote: Quote) -> str:
    flags = [
        quote.type,
        "negated" if quote.negated else "",
        "hypothetical" if quote.hypothetical else "",
        f"in {quote.parent}" if quote.parent else "",
        quote.fidelity or "",
    ]
    said = called(document, quote.speaker) or "nobody named"
    return f"{quote.id} {said}: {' '.join(flag for flag in flags if flag)}"


def _claim(document: Document, claim: Claim) -> str:
    by = called(document, claim.claimant) or "nobody named"
    verdict = f" [{claim.verdict}]" if claim.verdict else ""
    worthy = "!" if claim.check_worthy else ""
    return f"{claim.id}{worthy} {by}, {claim.kind}{verdict}: {claim.text}"


def _legend() -> Text:
    legend = Text("\n      ")
    for word, style in (
        ("name", _NAME),
        ("value", _VALUE),
        ("description or pronoun", _REFERENCE),
        ("quote", _QUOTE),
        ("cue", _CUE),
        ("source", _SOURCE),
    ):
        legend.append(word, style=style)
        legend.append("  ")
    return legend
