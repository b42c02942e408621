"""Load gold: what ships with the package, a corpus folder, or a JSONL file of documents."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from .contract import violations
from .document import Document
from .files import parse_json, read_jsonl, read_text
from .findings import Finding, Rejected, in_order, locate
from .validate import DOCUMENT_RULES, GOLD_RULES, check

SPLITS = ("train", "validation", "test")


@dataclass(frozen=True)
class Gold:
    """Gold documents, and what a report must say of them."""

    documents: tuple[Document, ...]
    version: str | None = None
    """The corpus version; ``None`` for documents that are no release."""
    split: str | None = None
    agreement: dict[str, float | None] | None = None
    """By task, the headline metric between the two annotators: the ceiling."""

    def __iter__(self) -> Iterator[Document]:
        return iter(self.documents)

    def __len__(self) -> int:
        return len(self.documents)

    @property
    def digest(self) -> str:
        """sha256 of the documents' canonical JSON, in the order of their ids."""
        return digest(self.documents)


def digest(documents: Sequence[Document]) -> str:
    """sha256 over each document's JSON with sorted keys, a line each, by id."""
    hashed = hashlib.sha256()
    for document in sorted(documents, key=lambda d: d.id):
        hashed.update(msgspec.json.encode(document, order="sorted") + b"\n")
    return hashed.hexdigest()


def load_gold(source: str | Path | None = None, split: str | None = None) -> Gold:
    """Gold documents, in the order of their ids.

    Args:
        source: a JSONL file of documents, or a corpus folder (one with ``data/``);
            ``None`` for the corpus that ships with the package.
        split: ``train``, ``validation`` or ``test``; ``None`` for all. A JSONL file has none.

    Raises:
        Rejected: the source is missing or not valid, with file, line and code.
    """
    if source is not None and Path(source).is_file():
        if split is not None:
            message = f"a file has no split {split!r}; leave the split out"
            raise Rejected([Finding("split-unknown", message, (), str(source), 1)])
        return Gold(documents_from_jsonl(Path(source)))
    folder = Path(str(files("onrecord") / "corpus")) if source is None else Path(source)
    return _from_corpus(folder, split)


def _from_corpus(folder: Path, split: str | None) -> Gold:
    if split is not None and split not in SPLITS:
        message = f"no split {split!r}; there are {', '.join(SPLITS)}"
        raise Rejected([Finding("split-unknown", message, (), str(folder), 1)])
    wanted = SPLITS if split is None else (split,)
    paths = [folder / "data" / "documents" / f"{name}.parquet" for name in wanted]
    for path in paths:
        if not path.is_file():
            message = "no built corpus here; run onrecord build, or check the path"
            raise Rejected([Finding("corpus-missing", message, (), str(path), 1)])
    import pyarrow.parquet as pq

    rows: list[dict[str, Any]] = []
    for path in paths:
        rows += pq.ParquetFile(path).read().to_pylist()
    documents = msgspec.convert(rows, tuple[Document, ...])
    agreement = json.loads(read_text(folder / "agreement.json"))
    headlines = agreement["splits"].get(split or "all", {})
    return Gold(
        tuple(sorted(documents, key=lambda d: d.id)),
        version=read_text(folder / "VERSION").strip(),
        split=split,
        agreement={t: r["headline"] for t, r in headlines.items() if "headline" in r},
    )


def documents_from_jsonl(path: Path) -> tuple[Document, ...]:
    """Gold documents of any origin, one a line, checked by schema and meaning, by id.

    Raises:
        Rejected: with every finding of every line.
    """
    documents, lines, findings = _read_documents(path)
    faulty = bool(findings)
    story_of: dict[str, dict[str, Document]] = {}
    for document in documents:
        story_of.setdefault(document.story, {})[document.id] = document
    for document, line in zip(documents, lines, strict=True):
        # A line that could not be read may be the record: do not report it as missing too.
        rules = DOCUMENT_RULES if faulty else GOLD_RULES
        found = check(document, story_of[document.story], rules)
        findings += [locate(f, str(path), {(): line}) for f in found]
    if findings:
        raise Rejected(in_order(findings))
    return tuple(sorted(documents, key=lambda d: d.id))


def _read_documents(path: Path) -> tuple[list[Document], list[int], list[Finding]]:
    """The lines that have the right shape, their numbers, and the faults of the others."""
    documents: list[Document] = []
    lines: list[int] = []
    findings: list[Finding] = []
    seen: set[str] = set()
    for line, data in read_jsonl(path):
        try:
            record = parse_json(data, str(path), line)
        except Rejected as rejected:
            findings += rejected.findings
            continue
        faults = list(violations(record, "document"))
        if not faults and record["id"] in seen:
            faults = [Finding("document-duplicate", f"{record['id']} stands twice")]
        findings += [locate(f, str(path), {(): line}) for f in faults]
        if not faults:
            seen.add(record["id"])
            documents.append(msgspec.convert(record, Document))
            lines.append(line)
    return documents, lines, findings
