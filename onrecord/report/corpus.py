"""The corpus as tables for people: what it holds, and how far its annotators agree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from rich.console import Group as Views
from rich.table import Table
from rich.text import Text

from onrecord.figures import agreement_rows
from onrecord.overlap import GRAM, Overlap
from onrecord.stats import WINDOW, Group, Stats

from .terminal import plain

_SHOWN = 12
"""Cues and overlaps that are shown; ``--format json`` gives all."""
_FEW = 10
"""Cases below which a difficulty's slice says little."""
_ROWS: dict[str, Callable[[Group], object]] = {
    "documents": lambda g: g.documents,
    "words": lambda g: g.words,
    "median words": lambda g: g.median_words,
    "words a sentence": lambda g: g.words_a_sentence,
    f"types a {WINDOW} words": lambda g: g.type_token_ratio,
    "quotes": lambda g: g.quotes,
    "… direct": lambda g: _percent(g.types["direct"]),
    "… indirect": lambda g: _percent(g.types["indirect"]),
    "… mixed": lambda g: _percent(g.types["mixed"]),
    "… source a pronoun": lambda g: _percent(g.pronoun_sources),
    "… no source": lambda g: _percent(g.no_source),
    "… discontinuous": lambda g: _percent(g.discontinuous),
    "… nested": lambda g: _percent(g.nested),
    "claims": lambda g: g.claims,
}


def stats_view(found: Stats) -> Views:
    """Figures by split and by style, then cues, difficulties and what stories share."""
    splits = {k: g for k, g in found.groups.items() if not k.startswith("style=")}
    styles = {k: g for k, g in found.groups.items() if k.startswith("style=")}
    return Views(
        _figures("by split", splits),
        _figures("by style", styles),
        _ranked("cues", found.cues, _SHOWN),
        _ranked(
            "difficulties, documents that hold them",
            found.phenomena,
            len(found.phenomena),
        ),
        Text(_few(found.phenomena)),
        _shared(found),
    )


def _figures(title: str, groups: Mapping[str, Group]) -> Table:
    """A row a figure, a column a group of documents."""
    out = plain(title)
    out.add_column("", no_wrap=True)
    for name in groups:
        out.add_column(name.partition("=")[2] or name, justify="right")
    for label, value in _ROWS.items():
        out.add_row(label, *(_cell(value(g)) for g in groups.values()))
    for layer in ("kinds", "verdicts", "entities"):
        for label in getattr(next(iter(groups.values())), layer):
            counts = (getattr(g, layer)[label] for g in groups.values())
            out.add_row(f"… {label.replace('_', ' ')}", *map(_cell, counts))
        out.add_section()
    return out


def _cell(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def _percent(value: float | None) -> str | None:
    return None if value is None else f"{value:.0%}"


def _ranked(title: str, counts: Mapping[str, int], shown: int) -> Table:
    total = sum(counts.values())
    out = plain(f"{title} ({len(counts)} different)")
    for name in ("", "count", "share"):
        out.add_column(name, justify="right" if name else "left")
    for name, count in list(counts.items())[:shown]:
        out.add_row(Text(name), str(count), f"{count / total:.1%}")
    return out


def _few(counts: Mapping[str, int]) -> str:
    few = [f"{code} {count}" for code, count in counts.items() if count < _FEW]
    return f"fewer than {_FEW} cases: {', '.join(few) or 'none'}"


def _shared(found: Stats) -> Text:
    """What stories have in common, a line each."""
    lines = [f"pairs of stories' documents that share {GRAM} words in a row:"]
    lines += _listed(map(_overlap, found.overlaps[:_SHOWN]))
    lines.append("articles that begin alike:")
    lines += _listed(f"{k}: {', '.join(v)}" for k, v in found.openings.items())
    lines.append("names in two stories:")
    lines += _listed(f"{k}: {', '.join(v)}" for k, v in found.names.items())
    return Text("\n".join(lines))


def _overlap(pair: Overlap) -> str:
    return f"{pair.containment:.1%} {pair.first}, {pair.second}"


def _listed(lines: Iterable[str]) -> list[str]:
    return [f"  {line}" for line in lines] or ["  none"]


def agreement_view(figures: Mapping[str, Any]) -> Table:
    """The agreement of two passes, a column a split."""
    first, second = figures["annotators"]
    out = plain(f"pass {first} against pass {second}")
    header, rows = agreement_rows(figures)
    for index, name in enumerate(header):
        out.add_column(name, justify="right" if index else "left", no_wrap=True)
    for row in rows:
        out.add_row(*row)
    return out
