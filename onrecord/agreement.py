"""How far two annotators agree: the project's own scorers, and Cohen's κ for closed labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from .document import Claim, Document, Quote
from .evaluation import evaluate
from .scorers import claims, quotes
from .scorers.profiles import PROFILES

_TASKS = ("entities", "coreference", "quotes", "claims")
"""What two passes can be compared in; their claims have no ids in common to verify."""
_QUOTE_LABELS: dict[str, Callable[[Quote], object]] = {
    "quote type": lambda quote: quote.type,
    "quote speaker_kind": lambda quote: quote.speaker_kind,
    "quote negated": lambda quote: quote.negated,
    "quote fidelity": lambda quote: quote.fidelity,
}
_CLAIM_LABELS: dict[str, Callable[[Claim], object]] = {
    "claim kind": lambda claim: claim.kind,
    "claim check_worthy": lambda claim: claim.check_worthy,
    "claim verdict": lambda claim: claim.verdict,
}


def cohen_kappa(pairs: Sequence[tuple[object, object]]) -> float | None:
    """Agreement beyond chance of two annotators over the same items (Cohen 1960).

    Args:
        pairs: one (first, second) label an item.

    Returns:
        (observed − expected) / (1 − expected); ``None`` for no items, or where both always give
        the same one label, so that chance alone explains everything.
    """
    if not pairs:
        return None
    n = len(pairs)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    expected = sum(first[label] * second[label] for label in first) / n**2
    observed = sum(a == b for a, b in pairs) / n
    return (observed - expected) / (1 - expected) if expected < 1 else None


def agreement(first: Iterable[Document], second: Iterable[Document]) -> dict[str, Any]:
    """Two passes over the same documents compared; JSON-ready.

    The first pass stands as gold and the second as prediction: F1 does not change when they
    swap. Closed labels are compared on the items that both passes have (content overlap at
    least .5, or the same claim).
    """
    ours = tuple(first)
    theirs = {document.id: document for document in second}
    report = evaluate(ours, theirs, _TASKS)
    return {
        task: {
            "headline": _rounded(result.headline.value),
            "metrics": {
                metric: _number(row) for metric, row in sorted(result.metrics.items())
            },
            "slices": {
                name: {metric: _number(row) for metric, row in sorted(rows.items())}
                for name, rows in result.slices.items()
                if not name.startswith(("document=", "length=", "phenomenon="))
            },
        }
        for task, result in report.tasks.items()
    } | {"labels": _labels(ours, theirs)}


def _number(row: Mapping[str, float | None]) -> float | None:
    return _rounded(row.get("f1", row.get("value")))


def _rounded(value: float | None) -> float | None:
    """Six places: the figures are committed, and the last bits vary with the platform."""
    return None if value is None else round(value, 6)


def _labels(
    ours: Iterable[Document], theirs: Mapping[str, Document]
) -> dict[str, dict[str, float | int | None]]:
    prepare = PROFILES["onrecord"]
    pairs: dict[str, list[tuple[object, object]]] = {}
    for document in ours:
        a, b = prepare(document), prepare(theirs[document.id])
        for mine, other in quotes.matched(a, b):
            for label, quote_value in _QUOTE_LABELS.items():
                values = quote_value(mine), quote_value(other)
                pairs.setdefault(label, []).append(values)
        for claim, twin in claims.matched(a, b):
            for label, claim_value in _CLAIM_LABELS.items():
                values = claim_value(claim), claim_value(twin)
                pairs.setdefault(label, []).append(values)
    # Where there is nothing to judge by, both leave the label out: that is no agreement.
    judged = {k: [p for p in v if p != (None, None)] for k, v in pairs.items()}
    return {
        label: {
            "kappa": _rounded(cohen_kappa(found)),
            "same": _rounded(sum(a == b for a, b in found) / len(found))
            if found
            else None,
            "items": len(found),
        }
        for label, found in judged.items()
    }
