"""Our numbers beside an independent implementation's, where the definitions coincide."""

from __future__ import annotations

import random
from typing import Any

import pytest

from onrecord.document import Document, Entity, Mention
from onrecord.evaluation import evaluate

# nervaluate 1.0 asks for Python 3.11.
nervaluate = pytest.importorskip("nervaluate", reason="no nervaluate on this Python")
TYPES = ["PERSON", "ORG", "GPE"]
TEXT = "x" * 400


def _mentions(rng: random.Random) -> list[tuple[str, int, int]]:
    """Mentions that do not overlap: nervaluate knows no nesting."""
    at, found = 0, []
    while (at := at + rng.randint(1, 8)) < 380:
        end = at + rng.randint(1, 6)
        found.append((rng.choice(TYPES), at, end))
        at = end + 1
    return found


def _perturbed(gold: list[tuple[str, int, int]], rng: random.Random) -> Any:
    """Some dropped, some of another type, some shortened: one-to-one whoever matches."""
    out = []
    for kind, start, end in gold:
        chance = rng.random()
        if chance < 0.2:
            continue
        if chance < 0.4:
            kind = rng.choice(TYPES)
        if chance > 0.8 and end - start > 1:
            end -= 1
        out.append((kind, start, end))
    return out


def _document(items: list[tuple[str, int, int]], name: str) -> Document:
    entities = tuple(
        Entity(f"e{i}", kind, None, (Mention(start, end, TEXT[start:end]),))
        for i, (kind, start, end) in enumerate(items)
    )
    return Document(name, "s", "article", TEXT, entities=entities)


@pytest.mark.parametrize("seed", range(10))
def test_strict_and_exact_entities_are_nervaluates(seed: int) -> None:
    rng = random.Random(seed)
    golds = [_mentions(rng) for _ in range(5)]
    predictions = [_perturbed(gold, rng) for gold in golds]

    def theirs(items: list[tuple[str, int, int]]) -> list[dict[str, Any]]:
        return [{"label": k, "start": s, "end": e} for k, s, e in items]

    evaluator = nervaluate.Evaluator(
        [theirs(g) for g in golds], [theirs(p) for p in predictions], tags=TYPES
    )
    expected = evaluator.evaluate()["overall"]
    report = evaluate(
        [_document(g, f"s/d{i}") for i, g in enumerate(golds)],
        {f"s/d{i}": _document(p, f"s/d{i}") for i, p in enumerate(predictions)},
        ["entities"],
        "strict",
    )
    for metric in ("strict", "exact"):
        row = report.tasks["entities"].metrics[metric]
        assert row["precision"] == pytest.approx(expected[metric].precision)
        assert row["recall"] == pytest.approx(expected[metric].recall)
        assert row["f1"] == pytest.approx(expected[metric].f1)
