"""The command: each verb a thin function over the library, which is imported only when it runs.

Exit codes: 0 done, 1 a check failed (stale build), 2 wrong usage, 3 input rejected, 4 reports
that cannot be compared.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .document import Document
    from .findings import Finding

_STALE, _REJECTED, _INCOMPATIBLE = 1, 3, 4
_PATH = click.Path(path_type=Path)
_SPLIT = click.Choice(["train", "validation", "test"])
_ROOT = click.option("--root", type=_PATH, default=Path(), help="A checkout.")
_FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
)


class _Command(click.Group):
    """A group whose verbs answer rejected input with its findings and exit code 3."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the verb."""
        from .findings import Rejected

        try:
            return super().invoke(ctx)
        except Rejected as rejected:
            _say(rejected.findings, err=True)
            ctx.exit(_REJECTED)


def _say(findings: Iterable[Finding], err: bool = False) -> None:
    for finding in findings:
        click.echo(str(finding), err=err)


def _print(renderable: Any) -> None:
    from rich.console import Console

    Console(highlight=False).print(renderable)


@click.group(cls=_Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="onrecord")
def main() -> None:
    """OnRecord: who said what, on the record, and can it be checked?

    \b
    onrecord extract --system rules --split test -o predictions.jsonl
    onrecord score predictions.jsonl --split test -o report.json
    """


@main.command()
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when stale.")
@_ROOT
def build(check: bool, root: Path) -> None:
    """Compile seeds and annotations into corpus/data, the cards and the manifest.

    \b
    onrecord build
    onrecord build --check
    """
    from .build import outputs, read_corpus, stale, write
    from .stories import project_root

    root = project_root(root)
    corpus = read_corpus(root)
    files = outputs(corpus, root)
    if check:
        findings = stale(files, root)
        _say(findings)
        click.echo(f"{len(files)} built files, {len(findings)} stale")
        raise SystemExit(_STALE if findings else 0)
    write(files, root)
    documents = sum(map(len, corpus.splits.values()))
    click.echo(f"{documents} documents → {len(files)} files, version {corpus.version}")


@main.command()
@click.argument("paths", nargs=-1, required=True, type=_PATH)
@click.option(
    "--gold", type=_PATH, help="What predictions are about (default: packaged)."
)
def validate(paths: tuple[Path, ...], gold: Path | None) -> None:
    """Check documents, annotations, stories, predictions and reports, or folders of them.

    Every fault of a file is printed at once, as file:line: CODE message.

    \b
    onrecord validate corpus/annotations/ukraine-mediation/article.yaml
    onrecord validate seeds corpus predictions.jsonl
    """
    from .checking import check_paths

    checked, findings = check_paths(paths, gold)
    _say(findings)
    click.echo(f"{checked} files checked, {len(findings)} findings")
    raise SystemExit(_REJECTED if findings else 0)


@main.command()
@click.option(
    "--system",
    "name",
    default="rules",
    show_default=True,
    help="A name, or module:function.",
)
@click.option(
    "--split", type=_SPLIT, help="Documents of the gold (default: all splits)."
)
@click.option(
    "--gold", type=_PATH, help="A corpus folder or a JSONL file of documents."
)
@click.option(
    "--input", "inputs", multiple=True, type=_PATH, help="Text files instead."
)
@click.option(
    "-o", "--output", type=_PATH, required=True, help="Where predictions go (JSONL)."
)
def extract(
    name: str,
    split: str | None,
    gold: Path | None,
    inputs: tuple[Path, ...],
    output: Path,
) -> None:
    """Run a system over documents and write its predictions.

    \b
    onrecord extract --system rules --split test -o predictions.jsonl
    onrecord extract --system mymodule:extract --input article.txt -o predictions.jsonl
    """
    import json

    from .files import write_whole
    from .gold import load_gold
    from .seeds import read_texts
    from .systems import load_system, run

    if inputs and (split or gold):
        raise click.UsageError("--input goes without --split and --gold")
    documents = read_texts(inputs) if inputs else load_gold(gold, split).documents
    records = run(load_system(name), documents, name)
    lines = [json.dumps(record, ensure_ascii=False) + "\n" for record in records]
    write_whole(output, "".join(lines))
    click.echo(f"{len(lines)} predictions → {output}")


@main.command()
@click.argument("predictions", type=_PATH)
@click.option(
    "--gold", type=_PATH, help="A corpus folder or a JSONL file of documents."
)
@click.option("--split", type=_SPLIT, help="Score this split only (default: all).")
@click.option("--tasks", help="Comma-separated; default: the layers predicted.")
@click.option(
    "--profile", default="onrecord", show_default=True, help="Span conventions."
)
@click.option(
    "--labels", help="conll4, spacy, ace or a file: the system's entity types."
)
@click.option("--system", help="A name to stand in the report.")
@click.option("-o", "--output", type=_PATH, help="Write the report (JSON) here.")
@_FORMAT
def score(
    predictions: Path,
    gold: Path | None,
    split: str | None,
    tasks: str | None,
    profile: str,
    labels: str | None,
    system: str | None,
    output: Path | None,
    form: str,
) -> None:
    """Score predictions against gold.

    \b
    onrecord score predictions.jsonl --split test
    onrecord score predictions.jsonl --tasks quotes --format json -o report.json
    onrecord score conll.jsonl --labels conll4
    """
    from .evaluation import evaluate
    from .files import write_whole
    from .gold import load_gold
    from .labels import load_labels
    from .predictions import load_predictions
    from .report.terminal import table

    inventory = load_labels(labels) if labels else None
    labelled = load_gold(gold, split)
    found = load_predictions(predictions, labelled, inventory)
    names = [name.strip() for name in tasks.split(",")] if tasks else None
    name = system or predictions.stem
    report = evaluate(labelled, found, names, profile, name, inventory)
    if output:
        write_whole(output, report.to_json())
    if form == "json":
        click.echo(report.to_json(), nl=False)
    else:
        _print(table(report))


@main.command()
@click.argument("paths", nargs=-1, required=True, type=_PATH)
@click.option(
    "--gold", type=_PATH, help="Of predictions: a corpus folder or JSONL file."
)
@click.option("--split", type=_SPLIT, help="Of predictions: score this split only.")
@_FORMAT
def compare(
    paths: tuple[Path, ...], gold: Path | None, split: str | None, form: str
) -> None:
    """Compare two systems or more: differences, intervals, p-values, who is level.

    PATHS are reports (.json), or predictions (.jsonl), which are scored first.

    \b
    onrecord compare mine.json rules.json
    onrecord compare mine.jsonl rules.jsonl --split test
    """
    import msgspec

    from .comparison import Incompatible, compare_files
    from .report.terminal import comparison_view

    try:
        comparison = compare_files(paths, gold, split)
    except Incompatible as unlike:
        click.echo(str(unlike), err=True)
        raise SystemExit(_INCOMPATIBLE) from None
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(comparison), indent=2))
    else:
        _print(comparison_view(comparison))


@main.command()
@click.argument("files", nargs=-1, type=_PATH)
@click.option("--story", required=True, help="The new story's id.")
@click.option("--title", help="A plain title (default: from the id).")
@click.option(
    "--record", "records", multiple=True, type=_PATH, help="The primary source."
)
@_ROOT
def ingest(
    files: tuple[Path, ...],
    story: str,
    title: str | None,
    records: tuple[Path, ...],
    root: Path,
) -> None:
    """Make a story folder from text files, bytes untouched.

    \b
    onrecord ingest wire.txt tabloid.txt --record transcript.txt --story harbour-fire
    """
    from .ingest import ingest as make
    from .stories import project_root

    if not files and not records:
        raise click.UsageError("name at least one text file")
    named = title or story.replace("-", " ").capitalize()
    seeds = project_root(root) / "seeds"
    target = make(list(files), list(records), story, named, seeds)
    click.echo(f"{target}: fill in outlet, date, style, origin, licence and sections")


def _document(name: str, root: Path) -> tuple[Document, Path]:
    """A document of the checkout by id, labelled where it has labels, and its annotation's path."""
    from .stories import find_document, project_root

    return find_document(name, project_root(root))


@main.command()
@click.argument("document")
@_ROOT
def show(document: str, root: Path) -> None:
    """Print a document with line numbers and, where labelled, its labels in colour.

    \b
    onrecord show ukraine-mediation/article
    """
    from .show import show as rendered

    _print(rendered(_document(document, root)[0]))


@main.command()
@click.argument("document")
@click.option(
    "--system",
    "name",
    default="rules",
    show_default=True,
    help="A name, or module:function.",
)
@click.option(
    "-o", "--output", type=_PATH, help="Default: its place in corpus/annotations."
)
@_ROOT
def draft(document: str, name: str, output: Path | None, root: Path) -> None:
    """Write a pre-annotation by a system, for a curator to correct.

    \b
    onrecord draft ukraine-mediation/article -o draft.yaml
    """
    from .draft import annotation_yaml
    from .files import write_whole
    from .predictions import check_predictions
    from .systems import load_system, run

    source, place = _document(document, root)
    target = output or place
    if target.exists():
        raise click.UsageError(f"{target} exists; name another file with -o")
    records = enumerate(run(load_system(name), [source], name), 1)
    found = check_predictions(records, {source.id: source}, name)
    write_whole(target, annotation_yaml(found.documents[source.id]))
    click.echo(f"{target}: correct it, then run onrecord validate {target}")


@main.command()
@_ROOT
@click.option("--seed", default=0, show_default=True, help="Another draw.")
@click.option("-o", "--output", type=_PATH, required=True, help="A folder for sheets.")
def audit(root: Path, seed: int, output: Path) -> None:
    """Draw labels of each layer for a fresh reader to judge, a sheet a layer.

    \b
    onrecord audit -o corpus/audit
    """
    from .audit import LAYERS, draw, sheet
    from .build import read_corpus
    from .files import write_whole
    from .stories import project_root

    splits = read_corpus(project_root(root)).splits
    documents = [d for members in splits.values() for d in members]
    for layer in LAYERS:
        target = output / f"{layer}.yaml"
        if target.exists():
            raise click.UsageError(f"{target} exists; name another folder with -o")
        items = draw(documents, layer, seed)
        write_whole(target, sheet(items))
        click.echo(f"{target}: {len(items)} labels; fill in right, and why where not")


@main.command()
@_ROOT
@_FORMAT
def stats(root: Path, form: str) -> None:
    """Measure the corpus: its variety, its difficulties, and what its stories share.

    \b
    onrecord stats
    onrecord stats --format json
    """
    import msgspec

    from .build import read_corpus
    from .report.corpus import stats_view
    from .stats import stats as measured
    from .stories import project_root

    found = measured(read_corpus(project_root(root)).splits)
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2))
    else:
        _print(stats_view(found))


@main.command()
@_ROOT
@_FORMAT
def agreement(root: Path, form: str) -> None:
    """Print how far the two annotation passes agree, by split.

    \b
    onrecord agreement
    """
    import json

    from .build import read_agreement
    from .report.corpus import agreement_view
    from .stories import project_root

    figures = read_agreement(project_root(root))
    if form == "json":
        click.echo(json.dumps(figures, indent=2, ensure_ascii=False))
    else:
        _print(agreement_view(figures))
