"""Resampling and comparison: numbers with known answers, and refusals."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import numpy as np
import pytest

from onrecord.comparison import compare
from onrecord.document import Document, Entity, Mention
from onrecord.evaluation import Report, evaluate
from onrecord.scorers.resampling import (
    f1,
    holm,
    interval,
    mean_f1,
    permutation,
    resampled,
)

from .conftest import run

TEXT = "x" * 100


def document(name: str, places: list[int]) -> Document:
    mentions = [Mention(10 * n, 10 * n + 5, "xxxxx") for n in places]
    entities = tuple(Entity(f"e{m.start}", "PERSON", None, (m,)) for m in mentions)
    return Document(name, name.split("/")[0], "article", TEXT, entities=entities)


def report(found: int, stories: int = 12) -> Report:
    """A system that finds ``found`` of six mentions in each of ``stories`` stories."""
    gold = [document(f"s{i}/d", list(range(6))) for i in range(stories)]
    predicted = {
        d.id: document(d.id, [(i + n) % 6 for n in range(found)])
        for i, d in enumerate(gold)
    }
    return evaluate(gold, predicted, ["entities"])


def sums(*rows: tuple[float, float, float, float]) -> np.ndarray:
    return np.array(rows, dtype=float).reshape(len(rows), 1, 4)


def test_f1_of_sums_is_f1() -> None:
    values = f1(sums((4, 5, 3, 3), (0, 0, 0, 0), (2, 0, 0, 0))[:, 0, :])
    assert values[0] == pytest.approx(2 * 3 / 9)
    assert np.isnan(values[1])
    assert values[2] == 0


def test_resampling_keeps_the_number_of_stories() -> None:
    stories = sums(*[(1, 1, i % 2, i % 2) for i in range(50)])
    drawn = resampled(stories, 200, seed=3)
    assert drawn.shape == (200, 1, 4)
    assert (drawn[:, 0, 0] == 50).all()
    assert drawn[:, 0, 2].mean() == pytest.approx(25, abs=1)


def test_the_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    rng, covered = np.random.default_rng(0), 0
    for _ in range(200):
        right = rng.binomial(10, 0.7, size=60).astype(float)
        stories = np.stack([np.full(60, 10.0), np.full(60, 10.0), right, right], axis=1)
        values = mean_f1(resampled(stories[:, None, :], 400, seed=1))
        low, high = interval(values) or (1.0, 0.0)
        covered += low <= 0.7 <= high
    assert 0.90 <= covered / 200 <= 0.99


def test_one_story_has_no_interval() -> None:
    assert report(3, stories=1).tasks["entities"].headline.interval is None


def test_permutation_of_three_stories_is_exact() -> None:
    # Every story's gain is the same, so only the two uniform exchanges of 2³ are as extreme.
    better = sums((4, 4, 4, 4), (4, 4, 4, 4), (4, 4, 4, 4))
    worse = sums((4, 4, 2, 2), (4, 4, 2, 2), (4, 4, 2, 2))
    assert permutation(better, worse, mean_f1) == pytest.approx(2 / 8)
    assert permutation(worse, better, mean_f1) == pytest.approx(2 / 8)
    assert permutation(better, better, mean_f1) == 1.0


def test_permutation_finds_nothing_where_there_is_nothing() -> None:
    rng, significant = np.random.default_rng(5), 0
    for _ in range(100):
        right = rng.binomial(10, 0.6, size=(2, 14)).astype(float)
        sides = [
            np.stack([np.full(14, 10.0), np.full(14, 10.0), r, r], axis=1)[:, None]
            for r in right
        ]
        significant += (permutation(*sides, mean_f1, flips=500) or 0) <= 0.05
    assert significant <= 12


def test_holm() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.6, 0.7]) == pytest.approx([1.0, 1.0])
    assert holm([]) == []


def test_clear_differences_are_ranked_and_equal_systems_level() -> None:
    found = compare({"five": report(5), "two": report(2), "same": report(5)})
    assert found.groups == [["five", "same"], ["two"]]
    rows = {(r.task, r.first, r.second): r for r in found.differences}
    clear = rows["entities", "five", "two"]
    assert clear.value == pytest.approx(10 / 11 - 4 / 8)
    assert clear.interval is not None
    assert clear.interval[0] > 0
    assert clear.p is not None
    assert clear.p < 0.01
    level = rows["entities", "five", "same"]
    assert level.value == 0
    assert level.p == 1.0


def test_a_report_read_back_compares_like_the_one_written(tmp_path: Path) -> None:
    paths = []
    for found in (5, 2):
        path = tmp_path / f"r{found}.json"
        path.write_text(report(found).to_json())
        paths.append(path)
    result = run("compare", *paths, "--format", "json")
    assert result.exit_code == 0, result.output
    direct = compare({"r5": report(5), "r2": report(2)})
    assert json.loads(result.output) == json.loads(msgspec.json.encode(direct))
    shown = run("compare", *paths)
    assert "r5 − r2" in shown.output


def test_unlike_reports_are_refused_with_exit_code_4(tmp_path: Path) -> None:
    for name, stories in (("a", 12), ("b", 11)):
        (tmp_path / f"{name}.json").write_text(report(3, stories).to_json())
    result = run("compare", tmp_path / "a.json", tmp_path / "b.json")
    assert result.exit_code == 4
    assert "a and b were not scored alike: digest" in result.output
    one = run("compare", tmp_path / "a.json")
    assert one.exit_code == 3
    assert "compare-two" in one.output
