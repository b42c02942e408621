"""seeds + annotations → ``corpus/data`` and everything that is generated from it.

The same sources give the same bytes. ``stale`` compares by content, because a Parquet file's
bytes also tell which version of pyarrow wrote it.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from .agreement import agreement
from .audit import error_rates, read_audit
from .document import SCHEMA_VERSION, Document
from .figures import (
    agreement_table,
    audit_table,
    codes_table,
    composition_table,
    fill,
    metrics_table,
    shortcuts_table,
)
from .files import read_bytes, read_text, write_whole
from .findings import Finding, Rejected, in_order
from .gold import SPLITS
from .report.graph import graph_svg
from .shortcuts import shortcuts
from .stories import read_labelled, story_names
from .tables import FEATURES, Row, arrow_schema, features_yaml, rows

Splits = dict[str, tuple[Document, ...]]
_PICTURED = ("ukraine-mediation/article", "q7")
"""The document and quote of the picture in the README."""
_FILE_ONLY = ("bytes", "sha256")
"""Facts of a built file that depend on who wrote it, not on what it says."""


@dataclass(frozen=True)
class Corpus:
    """Everything that is built, before it is written: paths from the project's root."""

    version: str
    splits: Splits
    agreement: dict[str, Any]


def read_corpus(root: Path) -> Corpus:
    """All sources of a checkout, compiled and checked.

    Raises:
        Rejected: with every finding of every story, split and pass.
    """
    where = _read_splits(root)
    findings: list[Finding] = []
    stories: dict[str, tuple[Document, ...]] = {}
    for story in story_names(root / "seeds"):
        if story not in where:
            path = str(root / "corpus" / "splits")
            message = f"{story} is in no split; add it to one of {', '.join(SPLITS)}"
            findings.append(Finding("split-missing", message, (), path, 1))
        try:
            stories[story] = read_labelled(
                root / "seeds", root / "corpus" / "annotations", story
            )
        except Rejected as rejected:
            findings += rejected.findings
    if findings:
        raise Rejected(in_order(findings))
    splits: Splits = {
        split: tuple(
            d for s, docs in stories.items() if where[s] == split for d in docs
        )
        for split in SPLITS
    }
    version = read_text(root / "corpus" / "VERSION").strip()
    return Corpus(version, splits, read_agreement(root))


def _read_splits(root: Path) -> dict[str, str]:
    """Story → split, from ``corpus/splits/<split>.txt``."""
    where: dict[str, str] = {}
    findings = []
    for split in SPLITS:
        path = root / "corpus" / "splits" / f"{split}.txt"
        for number, line in enumerate(read_text(path).splitlines(), 1):
            story = line.strip()
            if story in where:
                message = f"{story} is in {where[story]} already; a story has one split"
                finding = Finding("split-twice", message, (), str(path), number)
                findings.append(finding)
            elif not (root / "seeds" / story / "story.yaml").is_file():
                message = f"no story {story!r} in seeds/"
                finding = Finding("split-story", message, (), str(path), number)
                findings.append(finding)
            where[story] = split
        if split not in where.values():
            message = f"no story in {split}; load_dataset cannot read an empty split"
            findings.append(Finding("split-empty", message, (), str(path), 1))
    if findings:
        raise Rejected(findings)
    return where


def read_agreement(root: Path) -> dict[str, Any]:
    """The two passes' agreement, over all stories that both labelled and by split.

    Raises:
        Rejected: there are not two passes, or with every finding of one of their stories.
    """
    where = _read_splits(root)
    folder = root / "corpus" / "passes"
    annotators = story_names(folder)
    if len(annotators) != 2:
        message = (
            f"{len(annotators)} passes ({', '.join(annotators)}); two are compared"
        )
        raise Rejected([Finding("passes-two", message, (), str(folder), 1)])
    first, second = (
        {
            s: read_labelled(root / "seeds", folder / name, s)
            for s in story_names(folder / name)
        }
        for name in annotators
    )
    shared = sorted(first.keys() & second.keys())
    chosen = {"all": shared} | {
        split: [s for s in shared if where.get(s) == split] for split in SPLITS
    }
    return {
        "annotators": annotators,
        "splits": {
            split: agreement(
                [d for s in names for d in first[s]],
                [d for s in names for d in second[s]],
            )
            for split, names in chosen.items()
            if names
        },
    }


def outputs(corpus: Corpus, root: Path) -> dict[str, bytes]:
    """Every generated file's path from the project's root, and its bytes."""
    files: dict[str, bytes] = {}
    entries: dict[str, dict[str, Any]] = {}
    digests: dict[str, str] = {}
    for config, fields in FEATURES.items():
        parts = []
        for split, documents in corpus.splits.items():
            table = rows(config, documents)
            data = parquet(table, arrow_schema(fields))
            name = f"data/{config}/{split}.parquet"
            files[f"corpus/{name}"] = data
            parts.append(rows_digest(table))
            entries[name] = {
                "rows": len(table),
                "rows_sha256": parts[-1],
                "bytes": len(data),
                "sha256": hashlib.sha256(data).hexdigest(),
            }
        digests[config] = hashlib.sha256("".join(parts).encode()).hexdigest()
    manifest = {
        "version": corpus.version,
        "schema_version": SCHEMA_VERSION,
        "files": entries,
    }
    files["corpus/agreement.json"] = _json(corpus.agreement)
    files["corpus/MANIFEST.json"] = _json(manifest)
    figures = {
        "composition": composition_table(corpus.splits),
        "agreement": agreement_table(corpus.agreement),
        "audit": audit_table(error_rates(read_audit(root / "corpus" / "audit"))),
        "shortcuts": shortcuts_table(shortcuts(corpus.splits)),
        "codes": codes_table(),
        "metrics": metrics_table(),
        "version": f"Version {corpus.version} of the data.",
    }
    card = fill(read_text(root / "corpus" / "README.md"), figures)
    files["corpus/README.md"] = with_metadata(card, corpus, digests).encode()
    pictured, quote = _PICTURED
    for document in (d for documents in corpus.splits.values() for d in documents):
        if document.id == pictured:
            files["docs/graph.svg"] = graph_svg(document, quote).encode()
    for name in ("DATASHEET.md", "docs/findings.md", "docs/scoring.md"):
        files[name] = fill(read_text(root / name), figures).encode()
    return files


def _json(value: Any) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()


def parquet(table: list[Row], schema: Any) -> bytes:
    """A Parquet file of ``table``; nothing in it but the rows, their types, and its writer's name."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(table, schema=schema), sink)
    return sink.getvalue()


def rows_digest(table: Iterable[Row]) -> str:
    """sha256 over each row's JSON with sorted keys, a line each: what a file says, whoever wrote it."""
    hashed = hashlib.sha256()
    for row in table:
        line = json.dumps(
            row, sort_keys=True, ensure_ascii=False, separators=(",", ":")
        )
        hashed.update(line.encode() + b"\n")
    return hashed.hexdigest()


def with_metadata(card: str, corpus: Corpus, digests: Mapping[str, str]) -> str:
    """The dataset card with its YAML header made anew.

    ``datasets`` keys its cache on the header alone, so each config's header says the digest of
    its rows: changed labels are never served from an old cache.
    """
    text = card.split("\n---\n", 1)[1] if card.startswith("---\n") else card
    header = {
        "license": "cc-by-4.0",
        "language": ["en"],
        "pretty_name": "OnRecord",
        "size_categories": ["n<1K"],
        "task_categories": ["token-classification", "text-classification"],
        "tags": ["news", "quotation-attribution", "claim-detection", "fact-checking"],
        "configs": [_config(c, corpus.version, digests[c]) for c in FEATURES],
        "dataset_info": [
            {"config_name": config, "features": features_yaml(fields)}
            for config, fields in FEATURES.items()
        ],
    }
    dumped = yaml.safe_dump(header, sort_keys=False, allow_unicode=True, width=100)
    return f"---\n{dumped}---\n{text}"


def _config(name: str, version: str, digest: str) -> dict[str, Any]:
    files = [{"split": s, "path": f"data/{name}/{s}.parquet"} for s in SPLITS]
    entry: dict[str, Any] = {"config_name": name, "data_files": files}
    if name == "documents":
        entry["default"] = True
    return entry | {"version": version, "description": f"sha256:{digest}"}


def write(files: Mapping[str, bytes], root: Path) -> None:
    """Write every file whole."""
    for name, data in files.items():
        write_whole(root / name, data)


def stale(files: Mapping[str, bytes], root: Path) -> list[Finding]:
    """Which built files on disk do not say what the sources do."""
    findings = []
    for name, data in files.items():
        path = root / name
        if not path.is_file():
            fault = "is missing"
        elif not _same(name, data, read_bytes(path), path):
            fault = "is not what its sources give"
        else:
            continue
        message = f"{name} {fault}; run onrecord build and commit the result"
        findings.append(Finding("build-stale", message, (), str(path), 1))
    return findings


def _same(name: str, new: bytes, old: bytes, path: Path) -> bool:
    if name.endswith(".parquet"):
        return bool(_rows(new) == _rows(old))
    if name.endswith("MANIFEST.json"):
        ours, theirs = json.loads(new), json.loads(old)
        kept = all(
            hashlib.sha256(read_bytes(path.parent / file)).hexdigest()
            == entry["sha256"]
            for file, entry in theirs["files"].items()
            if (path.parent / file).is_file()
        )
        return kept and bool(_without(ours) == _without(theirs))
    return bool(new == old)


def _rows(data: bytes) -> Any:
    import pyarrow.parquet as pq

    table = pq.read_table(io.BytesIO(data))
    return table.schema, table.to_pylist()


def _without(manifest: dict[str, Any]) -> dict[str, Any]:
    files = {
        name: {key: value for key, value in entry.items() if key not in _FILE_ONLY}
        for name, entry in manifest["files"].items()
    }
    return manifest | {"files": files}
