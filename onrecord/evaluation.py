"""Gold × predictions → a report: every number a ratio of sums over documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import fsum

import msgspec

from . import __version__
from .document import Document
from .findings import Finding, Rejected
from .gold import Gold
from .intervals import SEED, Intervals, Stories, headline_sums
from .labels import LabelMap
from .predictions import Predictions
from .scorers import SCORERS, Scorer, scorers, thresholds
from .scorers.counts import Counts, Key, Tally, total
from .scorers.profiles import PROFILES, Profile
from .scorers.statements import WORDS, Matcher

Row = dict[str, float | None]


_LISTED = 50
"""Ungrounded predictions that a report lists; it counts all."""
_LENGTHS = {"long": 600, "middling": 300}
"""Words from which a document is long, or middling; fewer is short."""


class Signature(msgspec.Struct, frozen=True):
    """What was scored and how. Only reports with equal signatures may be compared."""

    onrecord: str
    corpus: str | None
    digest: str
    split: str | None
    tasks: tuple[str, ...]
    profile: str
    thresholds: dict[str, float]
    labels: str | None = None
    """The label map that entities were scored by; ``None`` for our own inventory."""
    seed: int | None = None
    matcher: str | None = None
    """What matched the texts of claims; ``None`` for the default, their words."""

    def __str__(self) -> str:
        """One line, in the manner of sacreBLEU."""
        parts = {
            "onrecord": self.onrecord,
            "corpus": self.corpus or "none",
            "digest": self.digest[:12],
            "split": self.split or "all",
            "tasks": "+".join(self.tasks),
            "profile": self.profile,
            **({"labels": self.labels} if self.labels else {}),
            **({"matcher": self.matcher} if self.matcher else {}),
        }
        thresholds = [f"{k}:{v:g}" for k, v in self.thresholds.items()]
        return "|".join([f"{k}:{v}" for k, v in parts.items()] + thresholds)


class Coverage(msgspec.Struct, frozen=True):
    """How much of the gold was answered."""

    documents: int
    missing: int
    ungrounded: int
    places: tuple[str, ...] = ()
    """The first ungrounded predictions: where they stand, and their words."""


class Headline(msgspec.Struct, frozen=True):
    """A task's one number, its 95 % interval, and the two annotators' agreement by it."""

    metric: str
    value: float | None
    interval: tuple[float, float] | None = None
    """Cluster bootstrap by story; ``None`` for fewer than two stories."""
    detectable: float | None = None
    """The smallest difference to another system that this split finds four times in five."""
    ceiling: float | None = None


class TaskReport(msgspec.Struct, frozen=True):
    """Everything measured in one task."""

    headline: Headline
    metrics: dict[str, Row]
    slices: dict[str, dict[str, Row]]
    stories: Stories
    """Story → metric → sums, of the metrics that the headline is made of: for paired tests."""


class Report(msgspec.Struct, frozen=True):
    """The scores of one system, as in ``schema/report.schema.json``."""

    signature: Signature
    system: str | None
    coverage: Coverage
    score: float | None
    interval: tuple[float, float] | None
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
    labels: LabelMap | None = None,
    matcher: Matcher = WORDS,
) -> Report:
    """Score predictions against gold.

    Args:
        gold: from ``load_gold``, or any documents.
        predictions: from ``load_predictions``, or documents by id. A gold document without a
            prediction counts as an empty one.
        tasks: keys of ``SCORERS``; by default those whose layer the system predicted.
        profile: a key of ``PROFILES``: the conventions of span comparison.
        system: a name to stand in the report.
        labels: the map that the predictions were read with; entities are scored by it.
        matcher: what tells whether the texts of two claims are alike; by default their words.

    Raises:
        Rejected: an unknown task or profile, or predictions for documents not in the gold.
    """
    gold = gold if isinstance(gold, Gold) else Gold(tuple(gold))
    if not isinstance(predictions, Predictions):
        predictions = Predictions(dict(predictions), frozenset(SCORERS))
    names = tuple(_asked(predictions) if tasks is None else tasks)
    _check(names, profile, gold, predictions)
    table = scorers(matcher)
    counted = {
        name: _count(
            table[name],
            gold,
            predictions,
            _preparing(profile, labels if name == "entities" else None),
        )
        for name in names
    }
    stories = {
        name: headline_sums(name, _by_story(gold, counts))
        for name, counts in counted.items()
    }
    usual = profile == "onrecord" and not labels and matcher is WORDS
    ceilings = (gold.agreement or {}) if usual else {}
    intervals = Intervals(stories)
    results = {
        name: _report(name, counted[name], stories[name], intervals, ceilings)
        for name in names
    }
    headlines = [r.headline.value for r in results.values()]
    return Report(
        signature=Signature(
            onrecord=__version__,
            corpus=gold.version,
            digest=gold.digest,
            split=gold.split,
            tasks=names,
            profile=profile,
            thresholds=dict(sorted(thresholds(matcher).items())),
            labels=labels.name if labels else None,
            seed=SEED,
            matcher=None if matcher is WORDS else matcher.name,
        ),
        system=system,
        coverage=Coverage(
            documents=len(gold),
            missing=sum(d.id not in predictions.documents for d in gold),
            ungrounded=len(predictions.ungrounded),
            places=predictions.ungrounded[:_LISTED],
        ),
        score=_mean(headlines),
        interval=intervals.score(),
        tasks=results,
    )


def _asked(predictions: Predictions) -> list[str]:
    """The tasks that the predictions answer: their layer is there, or a label of theirs."""
    documents = predictions.documents.values()
    return [
        name
        for name, scorer in SCORERS.items()
        if name in predictions.layers or any(map(scorer.answered, documents))
    ]


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


def _preparing(profile: str, labels: LabelMap | None) -> Profile:
    """What is done to both sides before they are counted."""
    trimmed = PROFILES[profile]
    if labels is None:
        return trimmed
    return lambda document: labels.collapsed(trimmed(document))


def _count(
    scorer: Scorer, gold: Gold, predictions: Predictions, prepare: Profile
) -> list[Counts]:
    """One vector of sums a gold document, in their order."""
    found: list[Counts] = []
    for document in gold:
        predicted = predictions.documents.get(document.id, document.unlabelled())
        counts = scorer.count(prepare(document), prepare(predicted))
        whole = {metric: tally for (metric, part), tally in counts.items() if not part}
        cut = {(m, part): t for part in parts_of(document) for m, t in whole.items()}
        found.append({**counts, **cut})
    return found


def parts_of(document: Document) -> list[str]:
    """The slices that a whole document belongs to: its kind, its length, its difficulties."""
    words = len(document.text.split())
    size = next((name for name, least in _LENGTHS.items() if words >= least), "short")
    return [
        f"document={document.kind}",
        f"length={size}",
        *(f"phenomenon={code}" for code in document.phenomena),
    ]


def _by_story(gold: Gold, counts: Iterable[Counts]) -> dict[str, dict[Key, Tally]]:
    stories: dict[str, list[Counts]] = {}
    for document, vector in zip(gold, counts, strict=True):
        stories.setdefault(document.story, []).append(vector)
    return {story: total(vectors) for story, vectors in sorted(stories.items())}


def _report(
    name: str,
    counted: list[Counts],
    stories: Stories,
    intervals: Intervals,
    ceilings: Mapping[str, float | None],
) -> TaskReport:
    scorer, sums = SCORERS[name], total(counted)
    metrics: dict[str, Row] = {}
    slices: dict[str, dict[str, Row]] = {}
    for (metric, part), tally in sums.items():
        row = _row(tally, metric in scorer.values)
        if part:
            slices.setdefault(part, {})[metric] = row
        else:
            metrics[metric] = row
    for rows in (metrics, *slices.values()):
        rows |= _means(scorer, rows)
    best = metrics.get(scorer.headline, {})
    return TaskReport(
        Headline(
            scorer.headline,
            best.get("f1", best.get("value")),
            intervals.of(name),
            intervals.detectable(name),
            ceilings.get(name),
        ),
        metrics,
        dict(sorted(slices.items())),
        stories,
    )


def _row(tally: Tally, single: bool) -> Row:
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


def _means(scorer: Scorer, rows: Mapping[str, Row]) -> dict[str, Row]:
    """The metrics that are means of others' precision, recall and F1, where those are defined."""
    found: dict[str, Row] = {}
    for metric, parts in scorer.means.items():
        present = [rows[part] for part in parts if part in rows]
        if present:
            found[metric] = {
                key: _mean(row[key] for row in present)
                for key in ("precision", "recall", "f1")
            }
    return found


def _mean(values: Iterable[float | None]) -> float | None:
    defined = [value for value in values if value is not None]
    # fsum: plain sum() rounds otherwise from Python 3.12 on.
    return fsum(defined) / len(defined) if defined else None
