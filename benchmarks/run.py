"""Speed beside other scorers, in one run: W1 entities, W2 coreference, W3 claims, the bootstrap.

Run it with ``make bench``. Times are the best of three on this machine; what travels is the
ratio to the peers measured beside them. Writes ``benchmarks/results.json``.
"""

from __future__ import annotations

import json
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.document import Claim, Document, Entity, Mention
from onrecord.scorers import claims, coreference, entities, statements
from onrecord.scorers.counts import total
from onrecord.scorers.resampling import interval, mean_f1, resampled

RESULTS = Path(__file__).parent / "results.json"
TYPES = ("PERSON", "ORG", "GPE", "DATE")
Spans = list[tuple[str, int, int]]


def timed(function: Callable[[], Any], runs: int = 3) -> tuple[float, Any]:
    """The best of some runs, in seconds, and what the last returned."""
    best, result = float("inf"), None
    for _ in range(runs):
        start = time.perf_counter()
        result = function()
        best = min(best, time.perf_counter() - start)
    return best, result


def rates(documents: int, **seconds: float) -> dict[str, Any]:
    """Documents a second of each scorer, and how many times as fast the first is."""
    ours = next(iter(seconds.values()))
    return {
        "documents_per_second": {
            k: round(documents / s, 1) for k, s in seconds.items()
        },
        "times_as_fast_as": {
            k: round(s / ours, 1) for k, s in seconds.items() if s is not ours
        },
    }


def mentions(spans: Spans) -> Document:
    return Document(
        "s/d",
        "s",
        "article",
        "",
        entities=tuple(
            Entity(f"e{i}", kind, None, (Mention(start, end, ""),))
            for i, (kind, start, end) in enumerate(spans)
        ),
    )


def entity_workload(documents: int = 10_000, size: int = 20) -> dict[str, Any]:
    """W1: gold, and predictions of which a tenth each is missing, mistyped or cut short."""
    from nervaluate import Evaluator
    from seqeval.metrics import f1_score

    rng = random.Random(0)
    golds: list[Spans] = []
    predictions: list[Spans] = []
    for _ in range(documents):
        gold = [(rng.choice(TYPES), 10 * i, 10 * i + 6) for i in range(size)]
        predicted = []
        for kind, start, end in gold:
            chance = rng.random()
            if chance > 0.1:
                kind = rng.choice(TYPES) if chance > 0.9 else kind
                predicted.append((kind, start, end - (0.8 < chance <= 0.9)))
        golds.append(gold)
        predictions.append(predicted)

    def tags(spans: Spans) -> list[str]:
        line = ["O"] * (10 * size)
        for kind, start, end in spans:
            line[start:end] = [f"B-{kind}"] + [f"I-{kind}"] * (end - start - 1)
        return line

    pairs = [
        (mentions(g), mentions(p)) for g, p in zip(golds, predictions, strict=True)
    ]
    labelled = [
        [[{"label": k, "start": s, "end": e} for k, s, e in spans] for spans in side]
        for side in (golds, predictions)
    ]
    tagged = [[tags(spans) for spans in side] for side in (golds, predictions)]
    ours, sums = timed(lambda: total(entities.count(g, p) for g, p in pairs))
    peer, found = timed(lambda: Evaluator(*labelled, tags=list(TYPES)).evaluate(), 1)
    other, f1 = timed(lambda: f1_score(*tagged), 1)
    strict = sums["strict", ""].f1
    agree = (
        abs(strict - found["overall"]["strict"].f1) < 1e-9 and abs(strict - f1) < 1e-9
    )
    return {
        "workload": f"{documents:,} documents × {size} mentions, all SemEval schemas",
        "same_strict_f1": bool(agree),
        **rates(documents, onrecord=ours, nervaluate=peer, seqeval=other),
    }


def cluster_workload(documents: int = 1_000, size: int = 100) -> dict[str, Any]:
    """W2: mentions in 25 entities, a tenth of them put elsewhere."""
    from scorch import scores

    rng = random.Random(1)
    golds, predictions = [], []
    for _ in range(documents):
        home = [rng.randrange(25) for _ in range(size)]
        moved = [h if rng.random() > 0.1 else rng.randrange(25) for h in home]
        for side, homes in ((golds, home), (predictions, moved)):
            clusters: dict[int, set[int]] = {}
            for mention, cluster in enumerate(homes):
                clusters.setdefault(cluster, set()).add(mention)
            side.append(list(clusters.values()))

    def document(clusters: list[set[int]]) -> Document:
        return Document(
            "s/d",
            "s",
            "article",
            "",
            entities=tuple(
                Entity(
                    f"e{i}",
                    "PERSON",
                    None,
                    tuple(Mention(10 * n, 10 * n + 5, "") for n in sorted(cluster)),
                )
                for i, cluster in enumerate(clusters)
            ),
        )

    pairs = [
        (document(g), document(p)) for g, p in zip(golds, predictions, strict=True)
    ]
    functions = (scores.muc, scores.b_cubed, scores.ceaf_m, scores.ceaf_e, scores.blanc)
    ours, _ = timed(lambda: [coreference.count(g, p) for g, p in pairs])
    peer, _ = timed(
        lambda: [
            function(g, p)
            for g, p in zip(golds, predictions, strict=True)
            for function in functions
        ],
        1,
    )
    return {
        "workload": f"{documents:,} documents × {size} mentions in 25 entities; "
        "ours seven metrics twice (singletons kept and dropped), scorch's five once",
        **rates(documents, onrecord=ours, scorch=peer),
    }


def claim_workload(documents: int = 500, size: int = 10) -> dict[str, Any]:
    """W3: every claim against every claim, by text alone."""
    from rouge_score.rouge_scorer import RougeScorer

    rng = random.Random(2)
    nouns = "ferry dredger harbour captain inquiry radio order watch fog mayday".split()
    verbs = "struck left called ordered held refused sent heard opened closed".split()

    def sentence() -> str:
        return (
            f"The {rng.choice(nouns)} {rng.choice(verbs)} the {rng.choice(nouns)} "
            f"at {rng.randint(1, 12)}.{rng.randint(10, 59)} in the {rng.choice(nouns)}."
        )

    sides = [
        [[sentence() for _ in range(size)] for _ in range(documents)] for _ in "ab"
    ]

    def document(texts: list[str]) -> Document:
        found = (Claim(f"c{i}", text, ()) for i, text in enumerate(texts))
        return Document("s/d", "s", "article", "", claims=tuple(found))

    pairs = [(document(a), document(b)) for a, b in zip(*sides, strict=True)]
    scorer = RougeScorer(["rougeL"])

    def count() -> None:
        statements.read.cache_clear()  # each run reads its sentences anew, as the peer does
        for gold, predicted in pairs:
            claims.count(gold, predicted)

    ours, _ = timed(count)
    peer, _ = timed(
        lambda: [
            scorer.score(x, y)
            for a, b in zip(*sides, strict=True)
            for x in a
            for y in b
        ],
        1,
    )
    return {
        "workload": f"{documents} documents × {size} × {size} claims, by text",
        **rates(documents, onrecord=ours, rouge_l=peer),
    }


def bootstrap_workload(resamples: int = 1_000, stories: int = 10_000) -> dict[str, Any]:
    """The interval of one headline over as many stories as documents."""
    rng = np.random.default_rng(3)
    right = rng.integers(0, 20, size=stories).astype(float)
    sums = np.stack([np.full(stories, 20.0)] * 2 + [right] * 2, axis=1)[:, None, :]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds, _ = timed(lambda: interval(mean_f1(resampled(sums, resamples, 0))))
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "workload": f"{resamples:,} resamples × {stories:,} stories",
        "seconds": round(seconds, 3),
        "peak_memory_mb": round(after / 1024),
        "of_that_added_mb": round((after - before) / 1024),
    }


def command_workload() -> dict[str, Any]:
    """The whole process: start, load the packaged test split, score, intervals, print."""
    command = [sys.executable, "-m", "onrecord"]
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / "p.jsonl")
        extract = ["extract", "--system", "rules", "--split", "test", "-o", out]
        subprocess.run([*command, *extract], check=True, capture_output=True)
        score = [*command, "score", out, "--split", "test"]
        seconds, _ = timed(
            lambda: subprocess.run(score, check=True, capture_output=True)
        )
    return {
        "workload": "onrecord score on the test split",
        "seconds": round(seconds, 3),
    }


def main() -> None:
    results: dict[str, Any] = {
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "bootstrap": bootstrap_workload(),
        "W1": entity_workload(),
        "W2": cluster_workload(),
        "W3": claim_workload(),
        "command": command_workload(),
    }
    text = json.dumps(results, indent=2, ensure_ascii=False) + "\n"
    RESULTS.write_text(text, "utf-8")
    print(text, end="")


if __name__ == "__main__":
    main()
