"""Labels → annotation file → labels: what is written by quoting comes back the same."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from onrecord.annotation import read_annotation
from onrecord.document import Document
from onrecord.draft import annotation_yaml
from onrecord.gold import load_gold
from onrecord.tables import canonical

from .conftest import ROOT, run

DOCUMENTS = load_gold().documents


def bare(document: Document) -> Document:
    """A document without what a draft leaves out: evidence, and the ids of values."""
    quotes = [msgspec.structs.replace(q, evidence=()) for q in document.quotes]
    claims = [msgspec.structs.replace(c, evidence=()) for c in document.claims]
    entities = [
        msgspec.structs.replace(e, id="") if "." in e.id else e
        for e in document.entities
    ]
    return msgspec.structs.replace(
        document,
        quotes=tuple(quotes),
        claims=tuple(claims),
        entities=tuple(sorted(entities, key=lambda e: (e.mentions[0].span, e.id))),
    )


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.id)
def test_the_gold_survives_being_written_and_compiled(
    document: Document, tmp_path: Path
) -> None:
    path = tmp_path / "draft.yaml"
    path.write_text(annotation_yaml(document), "utf-8")
    compiled = read_annotation(path, {document.id: document.unlabelled()}).document
    compiled = msgspec.structs.replace(compiled, phenomena=document.phenomena)
    assert bare(canonical(compiled)) == bare(canonical(document))


def test_draft_writes_a_file_that_compiles_and_never_overwrites(tmp_path: Path) -> None:
    out = tmp_path / "draft.yaml"
    command = ["draft", "ukraine-mediation/article", "--root", ROOT, "-o", out]
    assert run(*command).exit_code == 0
    sources = {d.id: d.unlabelled() for d in DOCUMENTS}
    assert read_annotation(out, sources).document.quotes
    before = out.read_bytes()
    assert run(*command).exit_code == 2
    assert out.read_bytes() == before
