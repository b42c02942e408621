"""``onrecord validate``: any file of the project, or a folder of them → all that is wrong in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from .audit import LAYERS, read_sheet
from .contract import violations
from .files import parse_json, parse_yaml, read_bytes, read_jsonl
from .findings import Finding, Lines, Rejected, in_order, locate
from .gold import documents_from_jsonl, load_gold
from .predictions import load_predictions
from .seeds import read_story
from .stories import check_annotations, project_root


def check_paths(
    paths: Iterable[Path], gold: Path | None = None
) -> tuple[int, list[Finding]]:
    """How many files were checked, and everything that is wrong in them.

    Args:
        paths: files, or folders to search for stories, annotations and JSONL files.
        gold: what predictions are about; ``None`` for the packaged corpus.
    """
    checked, findings = 0, []
    for path in paths:
        for file in _files(path):
            checked += 1
            try:
                findings += _findings(file, gold)
            except Rejected as rejected:
                findings += rejected.findings
    return checked, in_order(findings)


def _files(path: Path) -> Iterator[Path]:
    """``path`` itself, or the files below it that can be checked."""
    if not path.is_dir():
        yield path
        return
    for file in sorted(path.rglob("*")):
        hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
        if file.suffix in (".yaml", ".jsonl") and file.is_file() and not hidden:
            yield file


def _findings(path: Path, gold: Path | None) -> list[Finding]:
    if path.name == "story.yaml":
        read_story(path.parent)
        return []
    if path.parent.name == "audit" and path.stem in LAYERS:
        read_sheet(path)
        return []
    if path.suffix in (".yaml", ".yml"):
        read_bytes(path)
        seeds = project_root(path.parent) / "seeds"
        found = check_annotations(seeds, path.resolve().parent)
        return [f for f in found if Path(f.path).resolve() == path.resolve()]
    if path.suffix == ".jsonl":
        return _check_jsonl(path, gold)
    if path.suffix == ".json":
        return _check_json(path)
    message = "only .yaml, .json and .jsonl files can be validated"
    return [Finding("file-kind", message, path=str(path), line=1)]


def _check_jsonl(path: Path, gold: Path | None) -> list[Finding]:
    """Documents have a text; predictions do not."""
    lines = list(read_jsonl(path))
    if not lines:
        message = "the file holds no record"
        return [Finding("file-empty", message, path=str(path), line=1)]
    if any(_is_document(data, line) for line, data in lines):
        documents_from_jsonl(path)
    else:
        load_predictions(path, load_gold(gold))
    return []


def _is_document(data: bytes, line: int) -> bool:
    try:
        value = parse_json(data, "", line)
    except Rejected:
        return False
    return isinstance(value, dict) and "text" in value


def _check_json(path: Path) -> list[Finding]:
    """A report."""
    data = read_bytes(path)
    value = parse_json(data, str(path))
    found = list(violations(value, "report"))
    return [locate(f, str(path), _lines(data)) for f in found]


def _lines(data: bytes) -> Lines:
    """The lines of a JSON file's parts: JSON is read as the YAML that it is."""
    try:
        return parse_yaml(data.decode("utf-8"), "")[1]
    except Rejected:
        return {}
