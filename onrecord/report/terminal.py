"""The report as a table for people."""

from __future__ import annotations

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from onrecord.comparison import Comparison
from onrecord.evaluation import Report

_PLACES = 5
"""Ungrounded predictions shown; the report itself lists more."""


def table(report: Report) -> Group:
    """Every task's metrics, its headline marked, the ceiling beside it, and the signature."""
    out = plain(_title(report))
    out.add_column("task", no_wrap=True)
    out.add_column("metric", no_wrap=True)
    for name in ("P", "R", "F1", "gold", "pred.", "ceiling"):
        out.add_column(name, justify="right", no_wrap=True)
    for task, result in report.tasks.items():
        for metric, row in result.metrics.items():
            head = metric == result.headline.metric
            out.add_row(
                Text(task if metric == next(iter(result.metrics)) else ""),
                Text(f"{metric} ◂" if head else metric),
                _ratio(row.get("precision")),
                _ratio(row.get("recall")),
                _ratio(row.get("f1", row.get("value"))),
                *(_number(row.get(k)) for k in ("gold", "predicted")),
                _ratio(result.headline.ceiling) if head else "",
                style="bold" if head else "",
            )
        out.add_section()
    return Group(out, Text(_score(report)), Text(str(report.signature), style="dim"))


def comparison_view(comparison: Comparison) -> Group:
    """Systems by score in their groups, then every difference."""
    ranked = plain("systems")
    for name in ("rank", "system", "score"):
        ranked.add_column(name, justify="left" if name == "system" else "right")
    place = 1
    for group in comparison.groups:
        last = place + len(group) - 1
        rank = f"{place}" if last == place else f"{place}–{last}"
        for name in group:
            ranked.add_row(rank, Text(name), _ratio(comparison.systems[name]))
        place = last + 1
    rows = plain("differences")
    for name in ("task", "first − second", "by", "95 % interval", "p (Holm)", "finds"):
        left = name in ("task", "first − second")
        rows.add_column(name, justify="left" if left else "right")
    for row in comparison.differences:
        rows.add_row(
            row.task,
            Text(f"{row.first} − {row.second}"),
            _ratio(row.value),
            _interval(row.interval).strip() or "–",
            "–" if row.p is None else f"{row.p:.3f}",
            _ratio(row.detectable),
        )
    note = (
        "Ranks like 1–2 are level: no significant difference of the score at .05. "
        "“finds”: the smallest difference found four times in five."
    )
    return Group(ranked, rows, Text(note, style="dim"))


def plain(title: str) -> Table:
    """A table that fits 80 columns: a rule under the header and no other lines."""
    return Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        pad_edge=False,
    )


def _title(report: Report) -> str:
    return f"{report.system or 'predictions'} on {report.signature.split or 'all'}"


def _score(report: Report) -> str:
    covered, missing = report.coverage.documents, report.coverage.missing
    parts = [
        f"OnRecord score {_ratio(report.score)}{_interval(report.interval)}: mean of the "
        f"headlines ◂ of {len(report.tasks)} tasks; a task not submitted is left out",
        f"{covered} documents, {missing} without a prediction (counted as empty)",
    ]
    if report.coverage.ungrounded:
        parts.append(
            f"{report.coverage.ungrounded} predicted places are not in their document; "
            "they match nothing:"
        )
        shown = report.coverage.places[:_PLACES]
        parts += [f"  {place}" for place in shown]
        if len(shown) < report.coverage.ungrounded:
            parts.append(f"  … and {report.coverage.ungrounded - len(shown)} more")
    return "\n".join([*parts, _intervals(report)])


def _intervals(report: Report) -> str:
    """What is known of the spread; it cannot be known from one story."""
    lines = [
        f"{task} {result.headline.metric}{_interval(result.headline.interval)}, "
        f"finds differences of {_ratio(result.headline.detectable)}"
        for task, result in report.tasks.items()
        if result.headline.interval
    ]
    if not lines:
        return "no intervals: they need two stories or more"
    return "95 % intervals, by story: " + "; ".join(lines)


def _interval(value: tuple[float, float] | None) -> str:
    return f" [{value[0]:.3f}, {value[1]:.3f}]" if value else ""


def _ratio(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}"
