"""Texts as received → a new story folder: bytes untouched, digests taken, facts to be filled in."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import yaml

from .anchors import line_spans
from .document import Document
from .files import decode, read_bytes, write_whole
from .findings import Finding, Rejected, in_order, locate
from .seeds import slug
from .validate.text import text_form


def ingest(
    articles: list[Path], records: list[Path], story: str, title: str, seeds: Path
) -> Path:
    """Make ``seeds/<story>/`` from text files.

    Args:
        articles: news texts.
        records: the primary source they report on; at most one.
        story: the new story's id.
        title: a plain title.
        seeds: the folder of all stories.

    Returns:
        The new ``story.yaml``. What cannot be known from the files (outlet, date, style, origin,
        licence) is ``null`` or says that it is to be filled in.

    Raises:
        Rejected: a text is not clean, a name is taken, or the story exists; nothing is written.
    """
    folder = seeds / story
    findings = _name_findings(articles, records, story, folder)
    texts: dict[Path, bytes] = {}
    for path in (*records, *articles):
        try:
            texts[path] = read_bytes(path)
            text = decode(texts[path], str(path))
            bare = Document(f"{story}/{slug(path.stem)}", story, "article", text)
            findings += [locate(f, str(path), {}) for f in text_form(bare, {})]
            if not text.strip():
                message = "the text is empty"
                findings.append(Finding("text-empty", message, (), str(path), 1))
        except Rejected as rejected:
            findings += rejected.findings
    if findings:
        raise Rejected(in_order(findings))
    for path, data in texts.items():
        write_whole(folder / f"{slug(path.stem)}.txt", data)
    record: dict[str, Any] = {
        "id": story,
        "title": title,
        "domain": None,
        "record_kind": None,
        "transcript": False,
        "documents": [
            *(_entry(path, "record", texts[path]) for path in records),
            *(_entry(path, "article", texts[path]) for path in articles),
        ],
    }
    target = folder / "story.yaml"
    write_whole(target, yaml.safe_dump(record, sort_keys=False, allow_unicode=True))
    return target


def _name_findings(
    articles: list[Path], records: list[Path], story: str, folder: Path
) -> list[Finding]:
    findings = []
    if slug(story) != story or not story:
        message = f"{story!r}: a story's id is lower-case words joined by hyphens"
        findings.append(Finding("story-id", message))
    elif folder.exists():
        message = f"{story} exists already; choose another id"
        findings.append(Finding("story-exists", message, (), str(folder), 1))
    if len(records) > 1:
        message = f"{len(records)} records; a story has at most one"
        findings.append(Finding("story-records", message))
    names = [slug(path.stem) for path in (*records, *articles)]
    for path, name in zip((*records, *articles), names, strict=True):
        if not name or names.count(name) > 1:
            message = f"the document would be called {name!r}; rename the file"
            findings.append(Finding("document-name", message, (), str(path), 1))
    return findings


def _entry(path: Path, kind: str, data: bytes) -> dict[str, Any]:
    lines = len(line_spans(data.decode("utf-8")))
    name = slug(path.stem)
    return {
        "id": name,
        "file": f"{name}.txt",
        "kind": kind,
        "outlet": None,
        "date": None,
        "style": None,
        "origin": "to be filled in",
        "licence": "to be filled in",
        "sha256": hashlib.sha256(data).hexdigest(),
        "sections": [{"kind": "body", "lines": [1, lines]}],
        "phenomena": [],
    }
