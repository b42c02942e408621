"""Every code: one invalid file that raises it at the right line, and nothing wrong in the sound ones."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from onrecord.checking import check_paths
from onrecord.files import parse_yaml, read_jsonl
from onrecord.findings import Rejected

from .conftest import ROOT, run

INVALID = ROOT / "tests" / "invalid"
SOUND = INVALID / "sound.jsonl"


def found_in(path: Path) -> list[tuple[str, str, int]]:
    _, findings = check_paths([path], SOUND)
    assert all(Path(f.path).exists() or f.code == "file-unreadable" for f in findings)
    return [(f.code, Path(f.path).name, f.line) for f in findings]


def _stems(folder: str) -> list[str]:
    return sorted(path.name for path in (INVALID / folder).iterdir())


@pytest.mark.parametrize("name", _stems("documents"))
def test_documents(name: str) -> None:
    codes = {code for code, _, _ in found_in(INVALID / "documents" / name)}
    assert codes == {name.partition(".")[0]}


@pytest.mark.parametrize(
    "name", [n for n in _stems("predictions") if n != "sound.jsonl"]
)
def test_predictions(name: str) -> None:
    codes = {code for code, _, _ in found_in(INVALID / "predictions" / name)}
    assert codes == {name.partition(".")[0]}


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("anchor-ambiguous", 12),
        ("anchor-line", 5),
        ("anchor-malformed", 5),
        ("anchor-not-found", 5),
        ("annotation-name", 1),
        ("claimant-mismatch", 11),
        ("document-unknown", 1),
        ("entity-unmentioned", 3),
        ("field-missing", 3),
        ("id-reserved", 3),
        ("yaml-invalid", 4),
    ],
)
def test_annotations(code: str, line: int) -> None:
    (path,) = (INVALID / "project" / code / "dock").glob("*.yaml")
    assert found_in(path) == [(code, path.name, line)]


@pytest.mark.parametrize(
    ("code", "name", "line"),
    [
        ("field-invalid", "story.yaml", 5),
        ("file-unreadable", "missing.txt", 1),
        ("anchor-not-found", "story.yaml", 41),
        ("section-lines", "story.yaml", 31),
        ("sentence-start", "story.yaml", 41),
        ("seed-changed", "story.yaml", 30),
        ("story-id", "story.yaml", 1),
    ],
)
def test_stories(code: str, name: str, line: int) -> None:
    path = INVALID / "stories" / code / "dock" / "story.yaml"
    assert found_in(path) == [(code, name, line)]


@pytest.mark.parametrize(
    "path",
    [
        SOUND,
        INVALID / "predictions" / "sound.jsonl",
        INVALID / "project" / "sound" / "dock" / "article.yaml",
        INVALID / "project" / "seeds" / "dock" / "story.yaml",
    ],
    ids=lambda path: path.parent.name + "/" + path.name,
)
def test_sound_files_have_no_findings(path: Path) -> None:
    assert found_in(path) == []


def test_every_code_in_the_source_is_explained_and_none_else() -> None:
    explained = set(yaml.safe_load((ROOT / "onrecord" / "codes.yaml").read_text()))
    source = "\n".join(p.read_text() for p in sorted((ROOT / "onrecord").rglob("*.py")))
    literal = set(re.findall(r'"([a-z0-9]+(?:-[a-z0-9]+)+)"', source))
    formed = {"cue-inside", "source-inside", "sections-gap", "sentences-gap"}
    assert explained - formed <= literal
    raised = set(re.findall(r'(?:Finding|AnchorError)\(\s*"([a-z0-9-]+)"', source))
    assert raised <= explained


def test_every_code_is_raised_by_some_test() -> None:
    tests = "\n".join(p.read_text() for p in sorted((ROOT / "tests").glob("*.py")))
    files = "\n".join(str(p) for p in INVALID.rglob("*"))
    for code in yaml.safe_load((ROOT / "onrecord" / "codes.yaml").read_text()):
        assert re.search(rf"\b{code}\b", tests + files), code


def test_all_findings_of_a_file_come_at_once(tmp_path: Path) -> None:
    lines = [
        (INVALID / "predictions" / f"{code}.jsonl").read_text().splitlines()[0]
        for code in ("span-range", "field-invalid", "reference-unknown")
    ]
    path = tmp_path / "predictions.jsonl"
    path.write_text("\n".join(["{", *lines]) + "\n")
    result = run("validate", "--gold", SOUND, path)
    assert result.exit_code == 3
    shown = re.findall(r"jsonl:(\d+): ([a-z-]+) ", result.output)
    assert shown == [
        ("1", "json-invalid"),
        ("2", "span-range"),
        ("3", "field-invalid"),
        ("4", "document-duplicate"),
        ("4", "reference-unknown"),
    ]


def test_messages_are_one_line_however_hostile_the_input(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text('{"id": "dock/article", "\\u001b[31m\\nfake:1: ok": 1}\n')
    result = run("validate", "--gold", SOUND, path)
    assert result.exit_code == 3
    assert len(result.output.splitlines()) == 2
    assert "\x1b" not in result.output


def test_a_long_value_does_not_flood_the_message(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text('{"id": "' + "x" * 100_000 + '"}\n')
    result = run("validate", "--gold", SOUND, path)
    assert result.exit_code == 3
    assert len(result.output) < 1000


def test_a_line_over_the_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.files.MAX_LINE", 1000)
    path = tmp_path / "p.jsonl"
    path.write_text("{}\n" + " " * 2000 + "\n")
    with pytest.raises(Rejected, match=r"p\.jsonl:2: file-too-large"):
        list(read_jsonl(path))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: &x [1]\nb: *x\n", 2),
        ("a: 1\na: 2\n", 2),
        ("a: !!python/object:os.system x\n", 1),
        ("a: [1\n", 2),
        ("? [a]\n: b\n", 1),
    ],
    ids=["alias", "key twice", "tag", "unclosed", "key is a list"],
)
def test_yaml_is_plain(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "seeds" / "x.yaml"
    path.parent.mkdir()
    path.write_text(text)
    with pytest.raises(Rejected, match=rf"x\.yaml:{line}: yaml-invalid"):
        parse_yaml(text, str(path))


def test_yaml_scalars_stay_as_written() -> None:
    value, lines = parse_yaml("a: no\nb: 2024-01-02\nc: true\nd:\ne: 1.5\nf: 12\n", "x")
    assert value == {
        "a": "no",
        "b": "2024-01-02",
        "c": True,
        "d": None,
        "e": "1.5",
        "f": 12,
    }
    assert lines["c",] == 3
