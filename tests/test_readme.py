"""The README's code, run as it stands."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.gold import load_gold

from .conftest import ROOT, run

README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder with the corpus beside it, the README's system and prediction in it."""
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    (record,) = blocks("json")
    (tmp_path / "predictions.jsonl").write_text(record.replace("\n", " ") + "\n")
    (system,) = (block for block in blocks("python") if "def extract" in block)
    (tmp_path / "mysystem.py").write_text(system)
    return tmp_path


def test_the_prediction_is_valid_and_grounded(folder: Path) -> None:
    path = folder / "predictions.jsonl"
    assert run("validate", path).exit_code == 0
    result = run("score", path, "--split", "test", "--format", "json")
    assert '"ungrounded": 0' in result.output
    assert '"matched": 1.0' in result.output


@pytest.mark.parametrize(
    "code", [b for b in blocks("python") if "def extract" not in b]
)
def test_python_runs(code: str, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_ten_lines_make_a_system(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.syspath_prepend(str(folder))
    out = folder / "out.jsonl"
    command = ["extract", "--system", "mysystem:extract", "--split", "test", "-o", out]
    result = run(*command)
    assert result.exit_code == 0, result.output
    documents = len(load_gold(split="test"))
    assert f"{documents} predictions" in result.output
    assert run("score", out, "--split", "test").exit_code == 0


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target
