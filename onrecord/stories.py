"""A labelled story: its seeds and its annotations, compiled, checked together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from .annotation import Compiled, read_annotation
from .document import Document
from .findings import Finding, Rejected, in_order, locate
from .seeds import read_story
from .validate import check


def project_root(start: Path) -> Path:
    """The nearest folder at or above ``start`` that holds ``seeds/``.

    Raises:
        Rejected: there is none.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / "seeds").is_dir():
            return folder
    message = "no folder seeds/ here or above; run this inside an OnRecord checkout"
    raise Rejected([Finding("project-missing", message, path=str(start), line=1)])


def story_names(folder: Path) -> list[str]:
    """The stories below a folder of seeds, annotations or a pass, sorted."""
    if not folder.is_dir():
        return []
    return sorted(path.name for path in folder.iterdir() if path.is_dir())


def read_labelled(seeds: Path, annotations: Path, story: str) -> tuple[Document, ...]:
    """Every document of a story, in the order of its ``story.yaml``, labelled and checked.

    Args:
        seeds: the folder of all stories' sources.
        annotations: the folder of all stories' labels (gold, or one annotator's pass).
        story: the story's id.

    Raises:
        Rejected: with all findings of all files of the story.
    """
    sources = read_story(seeds / story)
    compiled, findings = _compile(sources, annotations / story)
    missing = [d.id for d in sources if d.id not in compiled]
    if missing and not findings:
        path = str(annotations / story)
        for document in missing:
            message = f"{document} has no labels; write {document}.yaml"
            findings.append(Finding("annotation-missing", message, path=path, line=1))
    findings += meaning(sources, compiled)
    if findings:
        raise Rejected(in_order(findings))
    return tuple(compiled[d.id].document for d in sources)


def check_annotations(seeds: Path, folder: Path) -> list[Finding]:
    """What is wrong in one story's folder of annotations, complete or not yet."""
    sources = read_story(seeds / folder.name)
    compiled, findings = _compile(sources, folder)
    return in_order([*findings, *meaning(sources, compiled)])


def _compile(
    sources: tuple[Document, ...], folder: Path
) -> tuple[dict[str, Compiled], list[Finding]]:
    by_id = {document.id: document for document in sources}
    compiled: dict[str, Compiled] = {}
    findings: list[Finding] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            found = read_annotation(path, by_id)
        except Rejected as rejected:
            findings += rejected.findings
            continue
        expected = found.document.id.rsplit("/", 1)[-1]
        if expected != path.stem:
            message = f"labels {found.document.id}; call the file {expected}.yaml"
            findings.append(Finding("annotation-name", message, (), str(path), 1))
        compiled[found.document.id] = found
    return compiled, findings


def meaning(
    sources: Iterable[Document], compiled: Mapping[str, Compiled]
) -> list[Finding]:
    """The meaning rules over the compiled documents of one story, with file and line."""
    story = {document.id: document for document in sources}
    story |= {name: item.document for name, item in compiled.items()}
    return [
        locate(finding, item.path, item.lines)
        for item in compiled.values()
        for finding in check(item.document, story)
    ]


def find_document(name: str, root: Path) -> tuple[Document, Path]:
    """A document of a checkout by its id, and the path of its gold annotation.

    It is labelled where it has an annotation that compiles; findings of meaning do not matter
    here, so that a curator can look at unfinished work.

    Raises:
        Rejected: there is no such document, or its annotation does not compile.
    """
    known = [f"{s}/" for s in story_names(root / "seeds")]
    story, _, last = name.partition("/")
    if f"{story}/" not in known:
        message = f"no story {story!r}; there are {', '.join(s[:-1] for s in known)}"
        raise Rejected([Finding("document-unknown", message)])
    sources = {d.id: d for d in read_story(root / "seeds" / story)}
    if name not in sources:
        message = f"no document {name!r}; the story has {', '.join(sources)}"
        raise Rejected([Finding("document-unknown", message)])
    path = root / "corpus" / "annotations" / story / f"{last}.yaml"
    labelled = read_annotation(path, sources).document if path.is_file() else None
    return labelled or sources[name], path
