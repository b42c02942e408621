"""Figures in documents: tables made from the data, standing between markers that name them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from .document import Document
from .files import parse_yaml
from .scorers import SCORERS

_BLOCK = re.compile(
    r"(<!-- figures: (?P<name>[a-z-]+) -->\n).*?(<!-- /figures -->)", re.DOTALL
)


def fill(text: str, figures: Mapping[str, str]) -> str:
    """``text`` with each block ``<!-- figures: NAME -->…<!-- /figures -->`` made anew.

    Raises:
        KeyError: a block names figures that there are none of.
    """
    return _BLOCK.sub(lambda m: f"{m[1]}{figures[m['name']]}\n{m[3]}", text)


def markdown_table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table; numbers to the right."""
    lines = [" | ".join(header), " | ".join(["---", *["---:"] * (len(header) - 1)])]
    lines += [" | ".join(_cell(value) for value in row) for row in rows]
    return "\n".join(f"| {line} |" for line in lines)


def _cell(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.3f}"
    if isinstance(value, int):
        return f"{value:,}"
    return str(value).replace("|", "\\|")


def codes_table() -> str:
    """Every code that a finding can bear."""
    source = (files("onrecord") / "codes.yaml").read_text(encoding="utf-8")
    codes, _ = parse_yaml(source, "codes.yaml")
    lines = ["| code | what is wrong, and what to do |", "| --- | --- |"]
    lines += [f"| `{code}` | {_cell(meaning)} |" for code, meaning in codes.items()]
    return "\n".join(lines)


def metrics_table() -> str:
    """Every task's metric keys, as the scorers themselves give them."""
    empty = Document("none/none", "none", "article", "")
    rows = []
    for task, scorer in SCORERS.items():
        keys = [m for m, part in scorer.count(empty, empty) if not part]
        shown = [f"`{key}`" for key in (*keys, *scorer.means)]
        values = ", ".join(f"`{key}`" for key in sorted(scorer.values)) or "none"
        rows.append(
            f"| `{task}` | `{scorer.headline}` | {', '.join(shown)} | {values} |"
        )
    header = ["| task | headline | metrics | of these, a single value |"]
    return "\n".join([*header, "| --- | --- | --- | --- |", *rows])


def composition_table(splits: Mapping[str, Sequence[Document]]) -> str:
    """What each split holds, counted."""
    columns = {**splits, "all": [d for documents in splits.values() for d in documents]}
    counted = {name: composition(documents) for name, documents in columns.items()}
    labels = list(counted["all"])
    rows = [
        [label, *(counted[name].get(label, 0) for name in columns)] for label in labels
    ]
    return markdown_table(["", *columns], rows)


def composition(documents: Sequence[Document]) -> dict[str, int]:
    """The numbers of stories, documents, words and labels of a set of documents."""
    quotes = [quote for d in documents for quote in d.quotes]
    claims = [claim for d in documents for claim in d.claims]
    mentions = [m for d in documents for e in d.entities for m in e.mentions]
    counted = {
        "stories": len({d.story for d in documents}),
        "articles": sum(d.kind == "article" for d in documents),
        "records": sum(d.kind == "record" for d in documents),
        "words": sum(len(d.text.split()) for d in documents),
        "sentences": sum(len(d.sentences) for d in documents),
        "mentions": len(mentions),
    }
    counted |= {f"… {f}": sum(m.form == f for m in mentions) for f in _FORMS}
    counted["quotes"] = len(quotes)
    counted |= {f"… {t}": sum(q.type == t for q in quotes) for t in _TYPES}
    counted["… nested"] = sum(q.parent is not None for q in quotes)
    counted["… in several parts"] = sum(len(q.content) > 1 for q in quotes)
    counted["… with a judged fidelity"] = sum(q.fidelity is not None for q in quotes)
    counted["claims"] = len(claims)
    counted["… check-worthy"] = sum(c.check_worthy for c in claims)
    return counted | {
        f"… {v.replace('_', ' ')}": sum(c.verdict == v for c in claims)
        for v in _VERDICTS
    }


_FORMS = ("name", "nominal", "pronoun")
_TYPES = ("direct", "indirect", "mixed")
_VERDICTS = ("supported", "refuted", "not_enough_evidence")


def shortcuts_table(measured: Mapping[str, Mapping[str, float | None]]) -> str:
    """What shortcuts score, a column a split."""
    splits = list(next(iter(measured.values())))
    rows = [[name, *(found[s] for s in splits)] for name, found in measured.items()]
    return markdown_table(["", *splits], rows)


def audit_table(rows: Sequence[Sequence[object]]) -> str:
    """The error rates of an audit, a row a layer."""
    if not rows:
        return "Not audited yet."
    header = ["layer", "judged", "wrong", "error rate", "95 % interval", "two readings"]
    return markdown_table(header, rows)


def agreement_table(figures: Mapping[str, Any]) -> str:
    """Agreement by split as Markdown."""
    return markdown_table(*agreement_rows(figures))


def agreement_rows(figures: Mapping[str, Any]) -> tuple[list[str], list[list[str]]]:
    """Agreement by split: F1 of one pass against the other, and κ with the items it is over."""
    splits: Mapping[str, Any] = figures["splits"]
    rows: list[list[str]] = []
    for task, metric, name in _AGREEMENT:
        found = [_figure(splits[split].get(task, {}), metric, name) for split in splits]
        of = name.partition("=")[2]
        label = f"{task} {metric}{f', {of}' if of else ''}"
        rows.append([label, *map(_cell, found)])
    for label in splits["all"]["labels"]:
        cells = []
        for split in splits:
            found = splits[split]["labels"].get(label, {})
            items = found.get("items", 0)
            cells.append(f"{_cell(found.get('kappa'))} ({items})" if items else "–")
        rows.append([f"κ of {label}", *cells])
    return ["", *splits], rows


def _figure(task: Mapping[str, Any], metric: str, name: str) -> object:
    rows = task.get("slices", {}).get(name, {}) if name else task.get("metrics", {})
    return rows.get(metric)


_AGREEMENT = (
    ("entities", "strict", ""),
    ("entities", "exact", ""),
    ("entities", "strict", "form=nominal"),
    ("entities", "strict", "form=pronoun"),
    ("coreference", "conll", ""),
    ("quotes", "iou50", ""),
    ("quotes", "iou50", "type=direct"),
    ("quotes", "iou50", "type=indirect"),
    ("quotes", "iou50", "type=mixed"),
    ("quotes", "iou80", ""),
    ("quotes", "speaker_entity", ""),
    ("quotes", "attributed", ""),
    ("claims", "match", ""),
    ("claims", "claimant", ""),
    ("claims", "attributed", ""),
)
