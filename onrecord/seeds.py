"""Source articles as received: ``seeds/<story>/story.yaml`` and its texts → unlabelled documents."""

from __future__ import annotations

import hashlib
import re
import unicodedata
import warnings
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from .anchors import AnchorError, line_spans, resolve
from .contract import violations
from .document import Document, Section, Span
from .files import parse_yaml, read_bytes, read_text
from .findings import Finding, Pointer, Rejected, in_order, locate

_LONG_LINE = 4_000
_FINAL = re.compile(r"(?<=[.!?…”\"])\s+(?=\S)")


@lru_cache(maxsize=1024)
def split_sentences(text: str) -> tuple[Span, ...]:
    """The sentences of ``text``, line by line: no sentence runs over a line end.

    The splitter is pysbd's English rules (Sadvilkar & Neumann 2020); lines of over 4,000
    characters, for which its time grows too fast, are cut at final marks. Nothing but white
    space is left out: what the splitter loses becomes a sentence of its own.
    """
    found: list[Span] = []
    for line in line_spans(text):
        at = line.start
        for sentence in _sentences(text[line.start : line.end]):
            start = text.find(sentence, at, line.end)
            if start >= 0:
                found += [*_bare(text, at, start), Span(start, start + len(sentence))]
                at = start + len(sentence)
        found += _bare(text, at, line.end)
    return tuple(found)


def _sentences(line: str) -> list[str]:
    if len(line) > _LONG_LINE:
        parts = _FINAL.split(line)
    else:
        parts = _segmenter().segment(line) if line.strip() else []
    return [words for part in parts if (words := part.strip())]


@lru_cache
def _segmenter() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)  # pysbd 0.3.4 on Python ≥ 3.12
        from pysbd import Segmenter

    return Segmenter(language="en", clean=False)


def _bare(text: str, start: int, end: int) -> list[Span]:
    """The stretch without white space at its ends; nothing when there is nothing else."""
    words = text[start:end]
    left, right = len(words) - len(words.lstrip()), len(words.rstrip())
    return [Span(start + left, start + right)] if left < right else []


def read_story(folder: Path) -> tuple[Document, ...]:
    """The documents of one story, without labels, in the order of its ``story.yaml``.

    Raises:
        Rejected: with everything that is wrong in ``story.yaml`` or the texts beside it.
    """
    path = folder / "story.yaml"
    story, lines = parse_yaml(read_text(path), str(path))
    shape = [locate(f, str(path), lines) for f in violations(story, "story")]
    if shape:
        raise Rejected(in_order(shape))
    findings: list[Finding] = []
    if story["id"] != folder.name:
        message = f"the story is called {story['id']!r} in the folder {folder.name!r}"
        findings.append(Finding("story-id", message, ("id",)))
    documents = []
    for index, entry in enumerate(story["documents"]):
        try:
            documents.append(_document(folder, story, entry))
        except Rejected as rejected:
            place: Pointer = ("documents", index)
            findings += [f if f.path else _under(f, place) for f in rejected.findings]
    located = [f if f.path else locate(f, str(path), lines) for f in findings]
    if located:
        raise Rejected(in_order(located))
    return tuple(documents)


def _under(finding: Finding, place: Pointer) -> Finding:
    return Finding(finding.code, finding.message, (*place, *finding.pointer))


def _document(folder: Path, story: dict[str, Any], entry: dict[str, Any]) -> Document:
    """One document of a story, its bytes checked against the digest taken when they came in."""
    data = read_bytes(folder / entry["file"])
    digest = hashlib.sha256(data).hexdigest()
    if digest != entry["sha256"]:
        message = (
            f"{entry['file']} is not the file that was received: its sha256 is {digest}; "
            "restore the file, or ingest the new text as a new document"
        )
        raise Rejected([Finding("seed-changed", message, ("sha256",))])
    text = read_text(folder / entry["file"])
    return Document(
        id=f"{story['id']}/{entry['id']}",
        story=story["id"],
        kind=entry["kind"],
        text=text,
        title=story["title"],
        outlet=entry["outlet"],
        date=entry["date"],
        style=entry["style"],
        licence=entry["licence"],
        transcript=story["transcript"],
        phenomena=tuple(sorted(entry["phenomena"])),
        sections=_sections(text, entry["sections"]),
        sentences=_divided(text, entry.get("sentence_starts", [])),
    )


def _divided(text: str, starts: Sequence[str]) -> tuple[Span, ...]:
    """The splitter's sentences, divided where a curator says that another begins."""
    sentences = list(split_sentences(text))
    for anchor in starts:
        try:
            at = resolve(anchor, text).start
        except AnchorError as error:
            message = str(error)
            raise Rejected(
                [Finding(error.code, message, ("sentence_starts",))]
            ) from None
        whole = next((s for s in sentences if s.start < at < s.end), None)
        if whole is None:
            message = f"{anchor!r}: a sentence begins there already"
            raise Rejected([Finding("sentence-start", message, ("sentence_starts",))])
        end = whole.start + len(text[whole.start : at].rstrip())
        index = sentences.index(whole)
        sentences[index : index + 1] = [Span(whole.start, end), Span(at, whole.end)]
    return tuple(sentences)


def _sections(text: str, parts: Sequence[dict[str, Any]]) -> tuple[Section, ...]:
    """Sections by line numbers → by offsets."""
    lines = line_spans(text)
    sections, expected = [], 1
    for index, part in enumerate(parts):
        first, last = part["lines"]
        if first != expected or not first <= last <= len(lines):
            message = (
                f"this section has lines {first} to {last}; it must start at line "
                f"{expected} and end within the text's {len(lines)} lines"
            )
            raise Rejected([Finding("section-lines", message, ("sections", index))])
        start, end = lines[first - 1].start, lines[last - 1].end
        sections.append(Section(part["kind"], start, end))
        expected = last + 1
    if expected != len(lines) + 1:
        message = f"lines {expected} to {len(lines)} are in no section"
        raise Rejected([Finding("section-lines", message, ("sections",))])
    return tuple(sections)


def read_texts(paths: Sequence[Path]) -> tuple[Document, ...]:
    """Plain text files as unlabelled articles, ``input/<file name>``.

    Raises:
        Rejected: a file cannot be read, or two have the same name.
    """
    documents: dict[str, Document] = {}
    for path in paths:
        text = unicodedata.normalize("NFC", read_text(path))
        text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        name = f"input/{slug(path.stem)}"
        if not text.strip() or name in documents or name == "input/":
            why = "two files are called so" if name in documents else "nothing in it"
            message = f"{name}: {why}; rename or remove the file"
            raise Rejected([Finding("document-name", message, (), str(path), 1)])
        body = Section("body", 0, len(text.rstrip("\n")))
        documents[name] = Document(
            name,
            "input",
            "article",
            text,
            sections=(body,),
            sentences=split_sentences(text),
        )
    return tuple(documents.values())


def slug(name: str) -> str:
    """A name as lower-case ASCII words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
