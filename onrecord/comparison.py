"""Two systems or more on the same gold: differences, how sure they are, and who is level."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from .contract import violations
from .evaluation import Report, evaluate
from .files import parse_json, read_bytes
from .findings import Finding, Rejected, in_order, locate
from .gold import load_gold
from .intervals import SEED, array_of
from .predictions import load_predictions
from .scorers.resampling import (
    RESAMPLES,
    Array,
    defined_mean,
    detectable,
    holm,
    interval,
    mean_f1,
    permutation,
    resampled,
)

SCORE = "score"
"""The pseudo-task of the OnRecord score: the mean of the headlines."""
LEVEL = 0.05


class Incompatible(Exception):
    """Reports that were not made the same way, so that no difference between them means anything."""


class Difference(msgspec.Struct, frozen=True):
    """The first system's headline less the second's, in one task."""

    task: str
    first: str
    second: str
    value: float | None
    interval: tuple[float, float] | None
    p: float | None
    """Holm-corrected over all pairs and tasks compared."""
    detectable: float | None


class Comparison(msgspec.Struct, frozen=True):
    """Systems by score, the groups of them that are level, and all differences."""

    systems: dict[str, float | None]
    groups: list[list[str]]
    """Best first; the systems of a group do not differ significantly from its best."""
    differences: list[Difference]


def read_report(path: Path) -> Report:
    """A report that was written before.

    Raises:
        Rejected: it is not a report.
    """
    value = parse_json(read_bytes(path), str(path))
    found = [locate(f, str(path), {}) for f in violations(value, "report")]
    if found:
        raise Rejected(in_order(found))
    return msgspec.convert(value, Report)


def compare_files(
    paths: Sequence[Path], gold: Path | None = None, split: str | None = None
) -> Comparison:
    """Compare reports and predictions, each named by its file.

    Raises:
        Incompatible: the reports' signatures differ.
        Rejected: a file is not valid, or two have the same name.
    """
    reports: dict[str, Report] = {}
    for path in paths:
        name = path.stem if path.stem not in reports else str(path)
        if name in reports:
            message = f"{path} is named twice"
            raise Rejected([Finding("compare-two", message, (), str(path), 1)])
        if path.suffix == ".json":
            reports[name] = read_report(path)
        else:
            labelled = load_gold(gold, split)
            reports[name] = evaluate(labelled, load_predictions(path, labelled))
    return compare(reports)


def compare(reports: Mapping[str, Report]) -> Comparison:
    """Compare reports of different systems, by name.

    Each task's headline, and their mean, by a cluster bootstrap of the paired difference and a
    paired permutation test over stories; the p-values are corrected together (Holm 1979).

    Raises:
        Incompatible: the reports' signatures differ.
        Rejected: there are fewer than two reports.
    """
    if len(reports) < 2:
        raise Rejected([Finding("compare-two", "name two reports or more to compare")])
    _same_signature(reports)
    order = sorted(reports, key=lambda name: (-(reports[name].score or 0.0), name))
    pairs = list(itertools.combinations(order, 2))
    rows = [
        _difference(a, b, task, reports[a], reports[b])
        for a, b in pairs
        for task in (*reports[a].tasks, SCORE)
    ]
    known = [i for i, row in enumerate(rows) if row.p is not None]
    corrected = holm([rows[i].p or 0.0 for i in known])
    for i, p in zip(known, corrected, strict=True):
        rows[i] = msgspec.structs.replace(rows[i], p=p)
    scores = {name: reports[name].score for name in order}
    return Comparison(scores, _groups(order, rows), rows)


def _same_signature(reports: Mapping[str, Report]) -> None:
    (name, first), *others = reports.items()
    for other, report in others:
        if report.signature != first.signature:
            ours: dict[str, Any] = msgspec.to_builtins(first.signature)
            theirs: dict[str, Any] = msgspec.to_builtins(report.signature)
            unlike = [
                f"{key} {json.dumps(ours[key])} and {json.dumps(theirs[key])}"
                for key in ours
                if ours[key] != theirs[key]
            ]
            message = f"{name} and {other} were not scored alike: {'; '.join(unlike)}"
            raise Incompatible(message)


def _difference(first: str, second: str, task: str, a: Report, b: Report) -> Difference:
    tasks = tuple(a.tasks) if task == SCORE else (task,)
    ours, theirs = _stacked(tasks, a), _stacked(tasks, b)
    widths = [array.shape[1] for array in _arrays(tasks, a)]
    edges = np.cumsum([0, *widths])

    def statistic(sums: Array) -> Array:
        values = [mean_f1(sums[..., lo:hi, :]) for lo, hi in itertools.pairwise(edges)]
        return defined_mean(np.stack(values), axis=0)

    value = float(statistic(ours.sum(0)) - statistic(theirs.sum(0)))
    p: float | None = None
    spread: Array = np.empty(0)
    if len(ours) > 1 and not np.isnan(value):
        p = permutation(ours, theirs, statistic, seed=SEED)
        drawn = [resampled(side, RESAMPLES, SEED) for side in (ours, theirs)]
        spread = statistic(drawn[0]) - statistic(drawn[1])
    return Difference(
        task,
        first,
        second,
        None if np.isnan(value) else value,
        interval(spread),
        p,
        detectable(spread),
    )


def _arrays(tasks: Sequence[str], report: Report) -> list[Array]:
    return [array_of(task, list(report.tasks[task].stories.values())) for task in tasks]


def _stacked(tasks: Sequence[str], report: Report) -> Array:
    return np.concatenate(_arrays(tasks, report), axis=1)


def _groups(order: Sequence[str], rows: Sequence[Difference]) -> list[list[str]]:
    """Each group's best, and the next ones as long as they are not significantly behind it."""
    p = {(r.first, r.second): r.p for r in rows if r.task == SCORE}
    groups: list[list[str]] = []
    for name in order:
        value = p.get((groups[-1][0], name)) if groups else 0.0
        if groups and (value is None or value > LEVEL):
            groups[-1].append(name)
        else:
            groups.append([name])
    return groups
