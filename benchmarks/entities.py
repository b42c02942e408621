"""W1: strict and exact entity scores of 10,000 documents × 20 mentions, beside nervaluate, in one run.

Run it with ``make bench``. Times are of one process on this machine; only their ratio travels.
"""

from __future__ import annotations

import json
import platform
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nervaluate import Evaluator

from onrecord.document import Document, Entity, Mention
from onrecord.scorers.counts import total
from onrecord.scorers.entities import count

DOCUMENTS, MENTIONS, TYPES = 10_000, 20, ("PERSON", "ORG", "GPE", "DATE")
RESULTS = Path(__file__).parent / "results.json"
Spans = list[tuple[str, int, int]]


def corpus(seed: int) -> tuple[list[Spans], list[Spans]]:
    """Gold, and predictions of which a tenth each is missing, mistyped or cut short."""
    rng = random.Random(seed)
    golds, predictions = [], []
    for _ in range(DOCUMENTS):
        gold = [(rng.choice(TYPES), 10 * i, 10 * i + 6) for i in range(MENTIONS)]
        predicted = []
        for kind, start, end in gold:
            chance = rng.random()
            if chance > 0.1:
                kind = rng.choice(TYPES) if chance > 0.9 else kind
                predicted.append((kind, start, end - (0.8 < chance <= 0.9)))
        golds.append(gold)
        predictions.append(predicted)
    return golds, predictions


def document(spans: Spans) -> Document:
    entities = tuple(
        Entity(f"e{i}", kind, None, (Mention(start, end, ""),))
        for i, (kind, start, end) in enumerate(spans)
    )
    return Document("s/d", "s", "article", "", entities=entities)


def timed(function: Callable[[], Any]) -> tuple[float, Any]:
    """The best of three runs, in seconds, and what it returned."""
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        result = function()
        best = min(best, time.perf_counter() - start)
    return best, result


def main() -> None:
    golds, predictions = corpus(0)
    ours = [(document(g), document(p)) for g, p in zip(golds, predictions, strict=True)]
    theirs = [
        [[{"label": k, "start": s, "end": e} for k, s, e in spans] for spans in side]
        for side in (golds, predictions)
    ]
    seconds, sums = timed(lambda: total(count(g, p) for g, p in ours))
    peer, found = timed(lambda: Evaluator(*theirs, tags=list(TYPES)).evaluate())
    same = abs(sums["strict", ""].f1 - found["overall"]["strict"].f1) < 1e-9
    results = {
        "workload": f"W1: {DOCUMENTS:,} documents × {MENTIONS} mentions",
        "python": platform.python_version(),
        "onrecord_documents_per_second": round(DOCUMENTS / seconds),
        "nervaluate_documents_per_second": round(DOCUMENTS / peer),
        "ratio": round(peer / seconds, 1),
        "same_strict_f1": same,
    }
    RESULTS.write_text(json.dumps(results, indent=2) + "\n", "utf-8")
    print(json.dumps(results, indent=2))


if __name__ == "__main__":
    main()
