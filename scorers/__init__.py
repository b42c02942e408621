"""The scorers: pure functions of (gold document, predicted document, profile) → counts."""

if __name__ != "onrecord.scorers":
    raise ImportError(
        "the scorers are a part of the package onrecord: `import onrecord.scorers`"
    )

from collections.abc import Callable
from dataclasses import dataclass

from onrecord.document import Document

from . import claims, entities, quotes
from .counts import Counts


@dataclass(frozen=True)
class Scorer:
    """A task: how a document pair is counted, and which metric is its headline."""

    count: Callable[[Document, Document], Counts]
    headline: str
    values: frozenset[str] = frozenset()
    """Metrics with a single value instead of precision, recall and F1."""


SCORERS: dict[str, Scorer] = {
    "entities": Scorer(entities.count, "strict"),
    "quotes": Scorer(quotes.count, "attributed", frozenset({"speaker_entity"})),
    "claims": Scorer(claims.count, "attributed", frozenset({"claimant"})),
}
THRESHOLDS: dict[str, float] = {**quotes.THRESHOLDS, **claims.THRESHOLDS}
"""Similarities from which a pair may match: a part of every report's signature."""
