"""The audit of gold: labels drawn at random, judged by a fresh reader, and the error rate.

``corpus/audit/<layer>.yaml`` holds one sheet a layer: what was drawn, whether it is right, and
if not, why. Errors are mended in the gold afterwards; the sheets stay as they were judged.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import msgspec

from .document import Document, Span
from .files import parse_yaml, read_text
from .findings import Finding, Rejected

SIZE = 60
"""Labels drawn a layer."""
LAYERS = ("entities", "quotes", "claims", "verdicts")


class Item(msgspec.Struct, frozen=True):
    """A label to be judged: where it is, and what it says."""

    document: str
    id: str
    """Of the quote or claim; of a mention, its entity's."""
    label: str


class Judged(Item, frozen=True):
    """A label that was judged."""

    right: bool
    why: str | None = None


_Sheet = Annotated[tuple[Judged, ...], msgspec.Meta(min_length=1)]


def draw(documents: Iterable[Document], layer: str, seed: int = 0) -> list[Item]:
    """``SIZE`` of a layer's labels, drawn without replacement, in the order of the corpus."""
    items = [item for document in documents for item in _items(document, layer)]
    chosen = random.Random(f"{layer} {seed}").sample(
        range(len(items)), min(SIZE, len(items))
    )
    return [items[i] for i in sorted(chosen)]


def _items(document: Document, layer: str) -> list[Item]:
    if layer == "entities":
        found = [
            (e.id, f"{_at(document, [m.span])} is {m.form} of {e.id}, {e.type}")
            for e in document.entities
            for m in e.mentions
        ]
    elif layer == "quotes":
        found = [
            (
                q.id,
                f"{q.type} {_at(document, q.content)}; cue {_at(document, q.cue)}; source "
                f"{_at(document, q.source)}; speaker {q.speaker}, {q.speaker_kind}"
                f"{'; negated' * q.negated}{'; hypothetical' * q.hypothetical}"
                f"{f'; inside {q.parent}' if q.parent else ''}",
            )
            for q in document.quotes
        ]
    elif layer == "claims":
        found = [
            (
                c.id,
                f"{c.text} [{_at(document, c.spans)}; by {c.claimant}; {c.kind}; "
                f"{'check-worthy' if c.check_worthy else 'not check-worthy'}]",
            )
            for c in document.claims
        ]
    else:
        found = [
            (c.id, f"{c.text} [{c.verdict}; {len(c.evidence)} stretches of evidence]")
            for c in document.claims
            if c.verdict
        ]
    return [Item(document.id, name, label) for name, label in found]


def _at(document: Document, spans: Sequence[Span]) -> str:
    """The words of a span and the line it starts in."""
    if not spans:
        return "none"
    line = document.text.count("\n", 0, spans[0].start) + 1
    return f"{line}: “{document.words(spans)}”"


def sheet(items: Iterable[Item]) -> str:
    """Items as YAML to be filled in: ``right`` and, where it is not, ``why``."""
    import yaml

    rows = [msgspec.to_builtins(item) | {"right": None, "why": None} for item in items]
    return yaml.safe_dump(rows, sort_keys=False, allow_unicode=True, width=100)


def read_audit(folder: Path) -> dict[str, tuple[Judged, ...]]:
    """Layer → what was judged, of the sheets that are there.

    Raises:
        Rejected: ``audit-invalid``, for a sheet that is not filled in.
    """
    paths = {layer: folder / f"{layer}.yaml" for layer in LAYERS}
    return {layer: read_sheet(path) for layer, path in paths.items() if path.is_file()}


def read_sheet(path: Path) -> tuple[Judged, ...]:
    """One filled-in sheet.

    Raises:
        Rejected: ``audit-invalid``.
    """
    rows, _ = parse_yaml(read_text(path), str(path))
    try:
        return msgspec.convert(rows, _Sheet)
    except msgspec.ValidationError as error:
        message = f"{error}; each label needs right: true or false"
        raise Rejected([Finding("audit-invalid", message, (), str(path), 1)]) from None


def error_rates(judged: Mapping[str, Sequence[Judged]]) -> list[list[Any]]:
    """A row a layer: judged, wrong, error rate, its 95 % interval (Wilson 1927), and how many are
    right by one of two readings: right, with a reason.
    """
    from scipy.stats import binomtest

    rows: list[list[Any]] = []
    for layer, items in judged.items():
        wrong = sum(not item.right for item in items)
        found = binomtest(wrong, len(items)).proportion_ci(method="wilson")
        rate = wrong / len(items)
        rows.append(
            [
                layer,
                len(items),
                wrong,
                rate,
                f"{found.low:.3f}–{found.high:.3f}",
                sum(item.right and item.why is not None for item in items),
            ]
        )
    return rows
