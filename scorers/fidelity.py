"""Fidelity: is the printed quotation verbatim, cleaned, altered or fabricated?"""

from __future__ import annotations

from typing import get_args

from onrecord.document import Document, Fidelity, Quote

from .counts import Counts, Key, Tally
from .quotes import matched

LABELS: tuple[str, ...] = get_args(Fidelity)


def count(gold: Document, predicted: Document) -> Counts:
    """Gold quotes that bear a fidelity, by label; ``macro`` is the mean F1 over the labels.

    A gold quote's prediction is that of the quote matched to it (content overlap at least .5).
    A gold quote without a match, or whose match bears no label, is missed; labels predicted for
    quotes that bear none in gold are not judged.
    """
    theirs = {id(a): b for a, b in matched(gold, predicted)}
    counts: dict[Key, Tally] = {(f"label={label}", ""): Tally() for label in LABELS}
    for quote in gold.quotes:
        if quote.fidelity is not None:
            answer = _label(theirs.get(id(quote)))
            for label, tally in by_label(quote.fidelity, answer).items():
                key = (f"label={label}", "")
                counts[key] = counts[key] + tally
    return counts


def _label(quote: Quote | None) -> str | None:
    return quote.fidelity if quote else None


def by_label(gold: str, predicted: str | None) -> dict[str, Tally]:
    """One judged item: what it adds to the counts of its label and of the predicted one."""
    if gold == predicted:
        return {gold: Tally(1, 1, 1, 1)}
    found = {gold: Tally(gold=1)}
    if predicted is not None:
        found[predicted] = Tally(predicted=1)
    return found
