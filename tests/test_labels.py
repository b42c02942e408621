from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.evaluation import evaluate
from onrecord.gold import load_gold
from onrecord.labels import load_labels
from onrecord.predictions import load_predictions

from .conftest import ROOT, run

SOUND = ROOT / "tests" / "invalid" / "sound.jsonl"
"""Gold with, over two documents, 2 PERSON names, 1 DATE and 1 MONEY."""


def predictions(folder: Path, *labels: str) -> Path:
    """``Ana Ruiz`` and ``Dock`` labelled so."""
    words = ["Ana Ruiz", "Dock"]
    entities = [
        {"id": w, "type": label, "mentions": [{"text": w}]}
        for w, label in zip(words, labels, strict=False)
    ]
    path = folder / "p.jsonl"
    path.write_text(json.dumps({"id": "dock/article", "entities": entities}) + "\n")
    return path


def test_values_are_left_out_for_a_system_without_them(tmp_path: Path) -> None:
    gold, labels = load_gold(SOUND), load_labels("conll4")
    found = load_predictions(predictions(tmp_path, "PER", "MISC"), gold, labels)
    report = evaluate(gold, found, ["entities"], labels=labels)
    row = report.tasks["entities"].metrics["strict"]
    # 2 PERSON names in gold, 2 predictions, 1 right: P 1/2, R 1/2.
    assert (row["gold"], row["predicted"], row["matched"]) == (2, 2, 1)
    assert report.signature.labels == "conll4"
    assert "labels:conll4" in str(report.signature)


def test_types_under_one_label_count_as_one(tmp_path: Path) -> None:
    path = tmp_path / "labels.yaml"
    path.write_text("ACTOR: [PERSON, ORG]\nWHEN: [DATE, TIME]\n")
    gold, labels = load_gold(SOUND), load_labels(str(path))
    found = load_predictions(predictions(tmp_path, "ACTOR", "WHEN"), gold, labels)
    row = evaluate(gold, found, ["entities"], labels=labels).tasks["entities"]
    assert row.metrics["strict"]["matched"] == 1
    assert row.metrics["strict"]["gold"] == 3


def test_the_same_labels_without_a_map_are_refused(tmp_path: Path) -> None:
    path = predictions(tmp_path, "PER")
    assert run("score", path, "--gold", SOUND).exit_code == 3
    assert run("score", path, "--gold", SOUND, "--labels", "conll4").exit_code == 0


def test_a_label_outside_the_map_is_a_finding(tmp_path: Path) -> None:
    path = predictions(tmp_path, "PER", "DATE")
    result = run("score", path, "--gold", SOUND, "--labels", "conll4")
    assert result.exit_code == 3
    assert "p.jsonl:1: label-unknown 'DATE' is no label of conll4" in result.output


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("PER: PERSON\n", 1),
        ("PER: [PERSON]\nORG: [PERSON]\n", 2),
        ("PER: [HUMAN]\n", 1),
        ("- PER\n", 1),
    ],
)
def test_a_map_that_is_none_is_refused(text: str, line: int, tmp_path: Path) -> None:
    path = tmp_path / "labels.yaml"
    path.write_text(text)
    out = predictions(tmp_path, "PER")
    result = run("score", out, "--gold", SOUND, "--labels", path)
    assert result.exit_code == 3
    assert f"labels.yaml:{line}: labels-invalid" in result.output


@pytest.mark.parametrize("name", ["conll4", "spacy", "ace"])
def test_built_in_maps_have_each_type_once(name: str) -> None:
    types = [t for covered in load_labels(name).covers.values() for t in covered]
    assert len(types) == len(set(types))
