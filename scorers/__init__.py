"""The scorers: pure functions of (gold document, predicted document) → counts that add."""

if __name__ != "onrecord.scorers":
    raise ImportError(
        "the scorers are a part of the package onrecord: `import onrecord.scorers`"
    )

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from onrecord.document import Document

from . import claims, coreference, entities, fidelity, quotes, verification
from .counts import Counts
from .statements import WORDS, Matcher


@dataclass(frozen=True)
class Scorer:
    """A task: how a document pair is counted, and what the report makes of the sums."""

    count: Callable[[Document, Document], Counts]
    headline: str
    values: frozenset[str] = frozenset()
    """Metrics with a single value instead of precision, recall and F1."""
    means: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Metrics that are the mean of others', each of precision, recall and F1 by itself."""
    answered: Callable[[Document], bool] = lambda document: True
    """Whether a predicted document holds what the task asks for."""


def scorers(matcher: Matcher = WORDS) -> dict[str, Scorer]:
    """The six tasks, in the order of a report; the texts of claims are matched by ``matcher``."""
    return {
        "entities": Scorer(
            entities.count,
            "strict",
            answered=lambda d: any(e.mentions for e in d.entities),
        ),
        "coreference": Scorer(
            coreference.count,
            "conll",
            means={
                "blanc": ("blanc_links", "blanc_rest"),
                "conll": ("muc", "b3", "ceafe"),
            },
            answered=lambda d: any(len(e.mentions) > 1 for e in d.entities),
        ),
        "quotes": Scorer(
            quotes.count,
            "attributed",
            frozenset({"type", "speaker_mention", "speaker_entity"}),
            answered=lambda d: bool(d.quotes),
        ),
        "fidelity": Scorer(
            fidelity.count,
            "macro",
            means={"macro": tuple(f"label={label}" for label in fidelity.LABELS)},
            answered=lambda d: any(q.fidelity for q in d.quotes),
        ),
        "claims": Scorer(
            partial(claims.count, matcher=matcher),
            "attributed",
            frozenset({"claimant", "kind", "check_worthy"}),
            answered=lambda d: bool(d.claims),
        ),
        "verification": Scorer(
            partial(verification.count, matcher=matcher),
            "verdict",
            frozenset({"accuracy", "joint"}),
            {"verdict": tuple(f"label={label}" for label in verification.LABELS)},
            lambda d: any(c.verdict for c in d.claims),
        ),
    }


SCORERS: dict[str, Scorer] = scorers()
"""The tasks as they are by default."""


def thresholds(matcher: Matcher = WORDS) -> dict[str, float]:
    """Similarities from which a pair may match, by name: a part of every report's signature."""
    return {
        **quotes.THRESHOLDS,
        **claims.THRESHOLDS,
        "claim_text": matcher.threshold,
        "claim_covered": claims.COVERED,
        "evidence_shown": verification.JOINT_OVERLAP,
    }
