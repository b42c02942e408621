"""The command as a user meets it: exit codes, what it prints, and that nothing is half written."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.cli import main
from onrecord.files import write_whole

from .conftest import ROOT, run

SOUND = ROOT / "tests" / "invalid" / "sound.jsonl"
PREDICTIONS = ROOT / "tests" / "invalid" / "predictions" / "sound.jsonl"


def test_score_prints_this_table_and_writes_this_report(tmp_path: Path) -> None:
    out = tmp_path / "report.json"
    result = run("score", PREDICTIONS, "--gold", SOUND, "--system", "demo", "-o", out)
    assert result.exit_code == 0, result.output
    golden = ROOT / "tests" / "golden"
    assert result.output == (golden / "score.txt").read_text("utf-8")
    assert out.read_text("utf-8") == (golden / "report.json").read_text("utf-8")
    assert run("validate", out).exit_code == 0


def test_the_json_format_is_the_report(tmp_path: Path) -> None:
    out = tmp_path / "report.json"
    result = run("score", PREDICTIONS, "--gold", SOUND, "--format", "json", "-o", out)
    assert result.output == out.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["score", "missing.jsonl"], 3, "missing.jsonl:1: file-unreadable"),
        (["score", PREDICTIONS], 3, "sound.jsonl:1: document-unknown"),
        (["score", PREDICTIONS, "--gold", SOUND, "--tasks", "x"], 3, "task-unknown"),
        (
            ["score", PREDICTIONS, "--gold", SOUND, "--profile", "x"],
            3,
            "profile-unknown",
        ),
        (
            ["score", PREDICTIONS, "--gold", SOUND, "--split", "test"],
            3,
            "split-unknown",
        ),
        (["score", PREDICTIONS, "--gold", "/nowhere"], 3, "corpus-missing"),
        (["score", PREDICTIONS, "--split", "dev"], 2, "Invalid value"),
        (["extract", "--system", "nobody", "-o", "x.jsonl"], 3, "system-unknown"),
        (["extract", "--system", "no:where", "-o", "x.jsonl"], 3, "system-unknown"),
        (["extract", "--system", "rules"], 2, "Missing option"),
        (["extract", "--split", "test", "--input", "a", "-o", "b"], 2, "--input goes"),
        (["show", "no-such/document"], 3, "document-unknown"),
        (["show", "ukraine-mediation/nothing"], 3, "document-unknown"),
        (["draft", "ukraine-mediation/article"], 2, "exists"),
        (["build", "--root", "/"], 3, "project-missing"),
        (["validate"], 2, "Missing argument"),
        (["nonsense"], 2, "No such command"),
    ],
    ids=lambda value: (
        " ".join(map(str, value))[-40:] if isinstance(value, list) else ""
    ),
)
def test_wrong_use_says_what_to_do(
    arguments: list[object], code: int, message: str, tmp_path: Path
) -> None:
    before = Path.cwd()
    try:
        if arguments[0] in ("extract", "score"):
            os.chdir(tmp_path)
        result = run(*arguments)
        assert result.exit_code == code, result.output
        assert message in result.output
        assert list(tmp_path.iterdir()) == []
    finally:
        os.chdir(before)


def test_rejected_predictions_leave_no_report(tmp_path: Path) -> None:
    out = tmp_path / "report.json"
    for path in sorted((ROOT / "tests/invalid/predictions").glob("*.jsonl")):
        if path != PREDICTIONS:
            result = run("score", path, "--gold", SOUND, "-o", out)
            assert result.exit_code == 3, path
            assert path.stem in result.output
            assert not out.exists()


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_verb_has_help_with_an_example(name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert f"onrecord {name}" in result.output.replace(f"Usage: main {name}", "")


def test_ingest_makes_a_story_and_keeps_the_bytes(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    article, record = tmp_path / "A wire.txt", tmp_path / "Hearing.txt"
    article.write_text("Headline\nThe “text” of it.\n", "utf-8")
    record.write_text("MS A: Yes.\n", "utf-8")
    command = ["ingest", article, "--record", record, "--story", "fire"]
    result = run(*command, "--root", tmp_path)
    assert result.exit_code == 0, result.output
    folder = tmp_path / "seeds" / "fire"
    assert (folder / "a-wire.txt").read_bytes() == article.read_bytes()
    assert run("validate", folder / "story.yaml").exit_code == 0
    again = run(*command, "--root", tmp_path)
    assert again.exit_code == 3
    assert "story-exists" in again.output
    shown = run("show", "fire/a-wire", "--root", tmp_path)
    assert "2  The “text” of it." in shown.output


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xef\xbb\xbftext", "text-bom"),
        (b"one\r\ntwo", "text-line-end"),
        ("e\u0301".encode(), "text-not-nfc"),
        (b"bell\x07", "text-control"),
        (b"\xff\xfe", "file-not-utf8"),
        (b" \n", "text-empty"),
    ],
)
def test_ingest_refuses_unclean_text(data: bytes, code: str, tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    result = run("ingest", path, "--story", "s", "--root", tmp_path)
    assert result.exit_code == 3
    assert f"{path}:1: {code}" in result.output
    assert list((tmp_path / "seeds").iterdir()) == []


def test_ingest_refuses_two_records_and_two_files_of_one_name(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    paths = [tmp_path / name for name in ("a.txt", "A .txt", "!.txt", "b.txt")]
    for path in paths:
        path.write_text("text\n")
    one, same, nameless, other = paths
    for arguments, code in (
        ([one, "--record", other, "--record", one], "story-records"),
        ([one, same], "document-name"),
        ([nameless], "document-name"),
    ):
        result = run("ingest", *arguments, "--story", "s", "--root", tmp_path)
        assert result.exit_code == 3
        assert code in result.output
    assert list((tmp_path / "seeds").iterdir()) == []


def test_two_input_files_of_one_name_are_refused(tmp_path: Path) -> None:
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text("Ana Ruiz said it rained.\n")
    out = tmp_path / "p.jsonl"
    inputs = ["--input", tmp_path / "x/a.txt", "--input", tmp_path / "y/a.txt"]
    result = run("extract", *inputs, "-o", out)
    assert result.exit_code == 3
    assert "document-name" in result.output
    assert not out.exists()
    assert run("extract", *inputs[:2], "-o", out).exit_code == 0
    assert json.loads(out.read_text("utf-8"))["id"] == "input/a"


@pytest.mark.parametrize("story", ["../evil", "Up", "a b", ""])
def test_a_story_id_is_never_a_path(story: str, tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    path = tmp_path / "a.txt"
    path.write_text("text\n")
    result = run("ingest", path, "--story", story, "--root", tmp_path)
    assert result.exit_code == 3
    assert "story-id" in result.output
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.txt", "seeds"]


def test_show_prints_labels_beside_the_lines() -> None:
    result = run("show", "ukraine-mediation/article", "--root", ROOT)
    assert result.exit_code == 0
    assert re.search(r"q7 Zelensky: direct", result.output)
    assert "c16 author, state: Sergey Lavrov is the Russian Foreign" in result.output


def test_agreement_is_what_the_datasheet_says() -> None:
    shown = json.loads(run("agreement", "--root", ROOT, "--format", "json").output)
    committed = json.loads((ROOT / "corpus" / "agreement.json").read_text("utf-8"))
    assert shown == committed
    table = run("agreement", "--root", ROOT).output
    value = committed["splits"]["test"]["quotes"]["headline"]
    assert f"{value:.3f}" in table
    assert f"{value:.3f}" in (ROOT / "DATASHEET.md").read_text("utf-8")


def test_help_starts_fast_because_it_imports_little() -> None:
    code = (
        "import sys; from onrecord.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print(len([m for m in sys.modules if m.split('.')[0] in "
        "('numpy', 'scipy', 'pyarrow', 'datasets', 'rich', 'msgspec', 'yaml')]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "0"


def test_a_file_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "report.json"
    write_whole(path, "old")

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_whole(path, "new")
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["report.json"]
