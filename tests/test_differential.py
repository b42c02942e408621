"""Our numbers beside independent implementations', where the definitions coincide.

Where they do not: seqeval reads BIO tags, so it knows neither nested nor overlapping mentions;
scorch takes BLANC's edge cases from Recasens & Hovy (2011) and gives 0 where we give null;
scikit-learn counts a label that neither side has as 0 where asked for it. ROUGE-L compares word
order and is no claim match: two claims that differ in "not" score .9 and more, so it appears in
the benchmark as a peer in speed only.
"""

from __future__ import annotations

import itertools
import random
from typing import Any

import pytest

from onrecord.document import Claim, Document, Entity, Mention, Quote, Span
from onrecord.evaluation import Report, evaluate
from onrecord.scorers.ranking import expected_average_precision

TYPES = ["PERSON", "ORG", "GPE"]
TEXT = "x" * 400
Spans = list[tuple[str, int, int]]


def _mentions(rng: random.Random) -> Spans:
    """Mentions that do not overlap: the peers know no nesting."""
    at, found = 0, []
    while (at := at + rng.randint(1, 8)) < 380:
        end = at + rng.randint(1, 6)
        found.append((rng.choice(TYPES), at, end))
        at = end + 1
    return found


def _perturbed(gold: Spans, rng: random.Random) -> Spans:
    """Some dropped, some of another type, some shortened: one-to-one whoever matches."""
    out = []
    for kind, start, end in gold:
        chance = rng.random()
        if chance < 0.2:
            continue
        if chance < 0.4:
            kind = rng.choice(TYPES)
        out.append((kind, start, end - (chance > 0.8 and end - start > 1)))
    return out


def _document(items: Spans, name: str) -> Document:
    entities = tuple(
        Entity(f"e{i}", kind, None, (Mention(start, end, TEXT[start:end]),))
        for i, (kind, start, end) in enumerate(items)
    )
    return Document(name, "s", "article", TEXT, entities=entities)


def _entities_report(golds: list[Spans], predictions: list[Spans]) -> Report:
    return evaluate(
        [_document(g, f"s/d{i}") for i, g in enumerate(golds)],
        {f"s/d{i}": _document(p, f"s/d{i}") for i, p in enumerate(predictions)},
        ["entities"],
        "strict",
    )


@pytest.mark.parametrize("seed", range(10))
def test_semeval_entities_are_nervaluates(seed: int) -> None:
    # nervaluate 1.0 asks for Python 3.11.
    nervaluate = pytest.importorskip("nervaluate", reason="not on this Python")
    rng = random.Random(seed)
    golds = [_mentions(rng) for _ in range(5)]
    predictions = [_perturbed(gold, rng) for gold in golds]
    theirs = [
        [[{"label": k, "start": s, "end": e} for k, s, e in spans] for spans in side]
        for side in (golds, predictions)
    ]
    expected = nervaluate.Evaluator(*theirs, tags=TYPES).evaluate()["overall"]
    metrics = _entities_report(golds, predictions).tasks["entities"].metrics
    # Its ends are inclusive, so a span cut by one still overlaps: as ours do here. Its partial
    # and type schemas count the same pairs, for nothing here overlaps two.
    for metric in ("strict", "exact", "partial"):
        for key in ("precision", "recall", "f1"):
            ours = metrics[metric][key]
            assert ours == pytest.approx(getattr(expected[metric], key)), (metric, key)


@pytest.mark.parametrize("seed", range(10))
def test_strict_entities_are_seqevals(seed: int) -> None:
    from seqeval.metrics import f1_score, precision_score, recall_score

    rng = random.Random(seed)
    golds = [_mentions(rng) for _ in range(5)]
    predictions = [_perturbed(gold, rng) for gold in golds]

    def tags(spans: Spans) -> list[str]:
        line = ["O"] * len(TEXT)
        for kind, start, end in spans:
            line[start:end] = [f"B-{kind}"] + [f"I-{kind}"] * (end - start - 1)
        return line

    sides = [list(map(tags, side)) for side in (golds, predictions)]
    row = _entities_report(golds, predictions).tasks["entities"].metrics["strict"]
    assert row["precision"] == pytest.approx(precision_score(*sides))
    assert row["recall"] == pytest.approx(recall_score(*sides))
    assert row["f1"] == pytest.approx(f1_score(*sides))


def _partition(items: list[int], rng: random.Random) -> list[set[int]]:
    clusters: dict[int, set[int]] = {}
    for item in items:
        clusters.setdefault(rng.randint(0, len(items) // 2), set()).add(item)
    return list(clusters.values())


def _clusters(clusters: list[set[int]]) -> Document:
    entities = tuple(
        Entity(
            f"e{i}",
            "PERSON",
            None,
            tuple(Mention(10 * n, 10 * n + 5, "xxxxx") for n in sorted(cluster)),
        )
        for i, cluster in enumerate(clusters)
    )
    return Document("s/d", "s", "article", TEXT, entities=entities)


def _coreference(gold: list[set[int]], predicted: list[set[int]]) -> Any:
    report = evaluate(
        [_clusters(gold)], {"s/d": _clusters(predicted)}, ["coreference"], "strict"
    )
    return report.tasks["coreference"].metrics


def _sides(seed: int) -> tuple[list[set[int]], list[set[int]]]:
    rng = random.Random(seed)
    mentions = list(range(rng.randint(4, 24)))
    ours = [m for m in mentions if rng.random() > 0.15] or mentions
    theirs = [m for m in mentions if rng.random() > 0.15] or mentions
    return _partition(ours, rng), _partition(theirs, rng)


@pytest.mark.parametrize("seed", range(40))
def test_coreference_is_scorchs(seed: int) -> None:
    from scorch import scores

    gold, predicted = _sides(seed)
    metrics = _coreference(gold, predicted)
    for metric, function in (
        ("muc", scores.muc),
        ("b3", scores.b_cubed),
        ("ceafm", scores.ceaf_m),
        ("ceafe", scores.ceaf_e),
    ):
        recall, precision, f1 = function(gold, predicted)
        assert (metrics[metric]["recall"] or 0) == pytest.approx(recall), metric
        assert (metrics[metric]["precision"] or 0) == pytest.approx(precision), metric
        assert (metrics[metric]["f1"] or 0) == pytest.approx(f1), metric
    sides = [metrics[part] for part in ("blanc_links", "blanc_rest")]
    if all(row["gold"] and row["predicted"] for row in sides):
        assert metrics["blanc"]["f1"] == pytest.approx(scores.blanc(gold, predicted)[2])


def _lea(gold: list[set[int]], predicted: list[set[int]]) -> float:
    """LEA's recall from its definition: every link of every entity looked up by hand."""

    def links(cluster: set[int]) -> set[tuple[int, int]]:
        pairs = set(itertools.combinations(sorted(cluster), 2))
        return pairs or {(n, n) for n in cluster}

    total = 0.0
    for entity in gold:
        kept = sum(len(links(entity) & links(other)) for other in predicted)
        total += len(entity) * kept / len(links(entity))
    return total / sum(map(len, gold))


def _blanc(gold: list[set[int]], predicted: list[set[int]]) -> list[tuple[float, ...]]:
    """(recall, precision) over coreferent and over other pairs, all pairs listed."""

    def pairs(clusters: list[set[int]]) -> tuple[set[Any], set[Any]]:
        together = {p for c in clusters for p in itertools.combinations(sorted(c), 2)}
        mentions = sorted(set().union(*clusters))
        return together, set(itertools.combinations(mentions, 2)) - together

    return [
        (len(a & b) / len(a) if a else -1, len(a & b) / len(b) if b else -1)
        for a, b in zip(pairs(gold), pairs(predicted), strict=True)
    ]


@pytest.mark.parametrize("seed", range(40))
def test_lea_and_blanc_are_what_their_definitions_say(seed: int) -> None:
    gold, predicted = _sides(seed)
    metrics = _coreference(gold, predicted)
    assert metrics["lea"]["recall"] == pytest.approx(_lea(gold, predicted))
    assert metrics["lea"]["precision"] == pytest.approx(_lea(predicted, gold))
    for name, (recall, precision) in zip(
        ("blanc_links", "blanc_rest"), _blanc(gold, predicted), strict=True
    ):
        row = metrics[name]
        assert (-1 if row["recall"] is None else row["recall"]) == pytest.approx(recall)
        given = -1 if row["precision"] is None else row["precision"]
        assert given == pytest.approx(precision)


@pytest.mark.parametrize("seed", range(10))
def test_labels_are_scikit_learns(seed: int) -> None:
    from sklearn.metrics import accuracy_score, f1_score

    rng = random.Random(seed)
    verdicts: tuple[Any, ...] = ("supported", "refuted", "not_enough_evidence")
    kinds: tuple[Any, ...] = ("verbatim", "cleaned", "altered", "fabricated")

    def side(labels: list[Any], marks: list[Any]) -> Document:
        return Document(
            "s/d",
            "s",
            "article",
            TEXT,
            quotes=tuple(
                Quote(f"q{i}", "direct", (Span(10 * i, 10 * i + 8),), fidelity=mark)
                for i, mark in enumerate(marks)
            ),
            claims=tuple(
                Claim(f"c{i}", "", (Span(i, i + 1),), verdict=label)
                for i, label in enumerate(labels)
            ),
        )

    gold = (
        [rng.choice(verdicts) for _ in range(30)],
        [rng.choice(kinds) for _ in range(30)],
    )
    said = (
        [rng.choice(verdicts) for _ in range(30)],
        [rng.choice(kinds) for _ in range(30)],
    )
    tasks = ["fidelity", "verification"]
    report = evaluate([side(*gold)], {"s/d": side(*said)}, tasks, "strict")
    verification = report.tasks["verification"].metrics
    expected = f1_score(gold[0], said[0], average="macro")
    assert verification["verdict"]["f1"] == pytest.approx(expected)
    right = accuracy_score(gold[0], said[0])
    assert verification["accuracy"]["value"] == pytest.approx(right)
    expected = f1_score(gold[1], said[1], average="macro")
    assert report.tasks["fidelity"].metrics["macro"]["f1"] == pytest.approx(expected)


@pytest.mark.parametrize("seed", range(10))
def test_average_precision_without_ties_is_scikit_learns(seed: int) -> None:
    from sklearn.metrics import average_precision_score

    rng = random.Random(seed)
    scores = rng.sample(range(100), 20)
    relevant = [rng.random() < 0.4 for _ in scores] + [True]
    scores.append(101)
    ours = expected_average_precision(zip(scores, relevant, strict=True))
    assert ours == pytest.approx(average_precision_score(relevant, scores))


@pytest.mark.parametrize("seed", range(10))
def test_average_precision_with_ties_is_the_mean_over_all_orders(seed: int) -> None:
    rng = random.Random(seed)
    items = [(float(rng.randint(0, 2)), rng.random() < 0.5) for _ in range(6)]
    items.append((1.0, True))
    values = []
    for order in itertools.permutations(items):
        ranked = [rel for _, rel in sorted(order, key=lambda item: -item[0])]
        at = [k for k, rel in enumerate(ranked, 1) if rel]
        values.append(sum((i + 1) / k for i, k in enumerate(at)) / len(at))
    mean = sum(values) / len(values)
    assert expected_average_precision(items) == pytest.approx(mean)
