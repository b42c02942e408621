"""Gold × predictions → a report: every number a ratio of sums over documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from . import __version__
from .document import Document
from .findings import Finding, Rejected
from .gold import Gold
from .predictions import Predictions
from .scorers import SCORERS, THRESHOLDS, Scorer
from .scorers.counts import Key, Tally, total
from .scorers.profiles import PROFILES


class Signature(msgspec.Struct, frozen=True):
    """What was scored and how. Only reports with equal signatures may be compared."""

    onrecord: str
    corpus: str | None
    digest: str
    split: str | None
    tasks: tuple[str, ...]
    profile: str
    thresholds: dict[str, float]
    seed: int | None = None

    def __str__(self) -> str:
        """One line, in the manner of sacreBLEU."""
        parts = {
            "onrecord": self.onrecord,
            "corpus": self.corpus or "none",
            "digest": self.digest[:12],
            "split": self.split or "all",
            "tasks": "+".join(self.tasks),
            "profile": self.profile,
        }
        thresholds = [f"{k}:{v:g}" for k, v in self.thresholds.items()]
        return "|".join([f"{k}:{v}" for k, v in parts.items()] + thresholds)


class Coverage(msgspec.Struct, frozen=True):
    """How much of the gold was answered."""

    documents: int
    missing: int
    ungrounded: int


class Headline(msgspec.Struct, frozen=True):
    """A task's one number, its 95 % interval, and the two annotators' agreement by it."""

    metric: str
    value: float | None
    interval: tuple[float, float] | None = None
    ceiling: float | None = None


class TaskReport(msgspec.Struct, frozen=True):
    """Everything measured in one task."""

    headline: Headline
    metrics: dict[str, dict[str, float | None]]
    slices: dict[str, dict[str, dict[str, float | None]]]


class Report(msgspec.Struct, frozen=True):
    """The scores of one system, as in ``schema/report.schema.json``."""

    signature: Signature
    system: str | None
    coverage: Coverage
    score: float | None
    tasks: dict[str, TaskReport]

    def to_json(self) -> str:
        """The report as indented JSON with a final line end; the same report, the same bytes."""
        raw = msgspec.json.encode(self)
        return msgspec.json.format(raw, indent=2).decode() + "\n"


def evaluate(
    gold: Gold | Iterable[Document],
    predictions: Predictions | Mapping[str, Document],
    tasks: Sequence[str] | None = None,
    profile: str = "onrecord",
    system: str | None = None,
) -> Report:
    """Score predictions against gold.

    Args:
        gold: from ``load_gold``, or any documents.
        predictions: from ``load_predictions``, or documents by id. A gold document without a
            prediction counts as an empty one.
        tasks: keys of ``SCORERS``; by default those whose layer the system predicted.
        profile: a key of ``PROFILES``: the conventions of span comparison.
        system: a name to stand in the report.

    Raises:
        Rejected: an unknown task or profile, or predictions for documents not in the gold.
    """
    gold = gold if isinstance(gold, Gold) else Gold(tuple(gold))
    if not isinstance(predictions, Predictions):
        predictions = Predictions(dict(predictions), frozenset(SCORERS))
    names = tuple(
        name
        for name in (SCORERS if tasks is None else tasks)
        if tasks is not None or name in predictions.layers
    )
    _check(names, profile, gold, predictions)
    results = {
        name: _report(SCORERS[name], _sums(SCORERS[name], gold, predictions, profile))
        for name in names
    }
    if gold.agreement is not None and profile == "onrecord":
        results = {
            n: _with_ceiling(r, gold.agreement.get(n)) for n, r in results.items()
        }
    headlines = [r.headline.value for r in results.values()]
    defined = [value for value in headlines if value is not None]
    return Report(
        signature=Signature(
            onrecord=__version__,
            corpus=gold.version,
            digest=gold.digest,
            split=gold.split,
            tasks=names,
            profile=profile,
            thresholds=dict(sorted(THRESHOLDS.items())),
        ),
        system=system,
        coverage=Coverage(
            documents=len(gold),
            missing=sum(d.id not in predictions.documents for d in gold),
            ungrounded=predictions.ungrounded,
        ),
        score=sum(defined) / len(defined) if defined else None,
        tasks=results,
    )


def _check(
    tasks: Iterable[str], profile: str, gold: Gold, predictions: Predictions
) -> None:
    findings = [
        Finding("task-unknown", f"no task {name!r}; there are {', '.join(SCORERS)}")
        for name in tasks
        if name not in SCORERS
    ]
    if profile not in PROFILES:
        message = f"no profile {profile!r}; there are {', '.join(PROFILES)}"
        findings.append(Finding("profile-unknown", message))
    unknown = sorted(set(predictions.documents) - {d.id for d in gold})
    findings += [
        Finding("document-unknown", f"{name} is not in the gold") for name in unknown
    ]
    if findings:
        raise Rejected(findings)


def _sums(
    scorer: Scorer, gold: Gold, predictions: Predictions, profile: str
) -> dict[Key, Tally]:
    prepare = PROFILES[profile]
    return total(
        scorer.count(
            prepare(document),
            prepare(predictions.documents.get(document.id, document.unlabelled())),
        )
        for document in gold
    )


def _report(scorer: Scorer, sums: Mapping[Key, Tally]) -> TaskReport:
    metrics: dict[str, dict[str, float | None]] = {}
    slices: dict[str, dict[str, dict[str, float | None]]] = {}
    for (metric, name), tally in sums.items():
        row = _row(tally, metric in scorer.values)
        if name:
            slices.setdefault(name, {})[metric] = row
        else:
            metrics[metric] = row
    best: dict[str, Any] = metrics.get(scorer.headline, {})
    headline = Headline(scorer.headline, best.get("f1", best.get("value")))
    return TaskReport(headline, metrics, dict(sorted(slices.items())))


def _row(tally: Tally, single: bool) -> dict[str, float | None]:
    if single:
        return {"value": tally.recall, "gold": tally.gold, "matched": tally.recalled}
    return {
        "precision": tally.precision,
        "recall": tally.recall,
        "f1": tally.f1,
        "gold": tally.gold,
        "predicted": tally.predicted,
        "matched": tally.correct,
    }


def _with_ceiling(report: TaskReport, ceiling: float | None) -> TaskReport:
    headline = msgspec.structs.replace(report.headline, ceiling=ceiling)
    return msgspec.structs.replace(report, headline=headline)
