"""Seeds and annotations → built data: the same bytes, checked fresh, loaded through `datasets`."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from onrecord import __version__
from onrecord.gold import load_gold

from .conftest import ROOT, run

STORY = "chip-plant-layoffs"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what is built from and into."""
    folder = tmp_path / "checkout"
    for name in ("seeds", "corpus"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("DATASHEET.md", "docs/findings.md", "docs/scoring.md"):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    return folder


def built(folder: Path) -> dict[str, str]:
    paths = [p for p in sorted(folder.rglob("*")) if p.is_file()]
    return {
        str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in paths
    }


def relabel(checkout: Path, old: str, new: str) -> Path:
    """Change one label of the wire article."""
    path = checkout / "corpus" / "annotations" / STORY / "wire.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return path


def test_the_committed_build_is_fresh() -> None:
    result = run("build", "--check", "--root", ROOT)
    assert result.exit_code == 0, result.output


def test_two_builds_give_the_same_bytes(checkout: Path) -> None:
    assert run("build", "--root", checkout).exit_code == 0
    first = built(checkout)
    for data in (checkout / "corpus" / "data").rglob("*.parquet"):
        data.unlink()
    assert run("build", "--root", checkout).exit_code == 0
    assert built(checkout) == first


def test_check_names_what_is_stale_and_writes_nothing(checkout: Path) -> None:
    relabel(checkout, "check_worthy: true", "check_worthy: false")
    before = built(checkout)
    result = run("build", "--check", "--root", checkout)
    assert result.exit_code == 1
    assert "build-stale corpus/data/claims/validation.parquet" in result.output
    assert "corpus/data/claims/test.parquet" not in result.output
    assert built(checkout) == before


@pytest.mark.parametrize(
    "name", ["corpus/data/quotes/test.parquet", "corpus/MANIFEST.json", "DATASHEET.md"]
)
def test_check_sees_an_edited_or_missing_file(checkout: Path, name: str) -> None:
    path = checkout / name
    if name.endswith(".parquet"):
        path.unlink()
    else:
        path.write_text(path.read_text("utf-8").replace(__version__, "9.9.9"), "utf-8")
    result = run("build", "--check", "--root", checkout)
    assert result.exit_code == 1
    assert name in result.output


def test_an_unsound_label_builds_nothing(checkout: Path) -> None:
    path = relabel(checkout, "speaker_kind: person", "speaker_kind: unknown")
    before = built(checkout)
    result = run("build", "--root", checkout)
    assert result.exit_code == 3
    assert f"{path}:" in result.output
    assert "speaker-kind" in result.output
    assert built(checkout) == before


def test_a_text_that_was_edited_is_refused(checkout: Path) -> None:
    path = checkout / "seeds" / STORY / "wire.txt"
    path.write_text(path.read_text("utf-8").replace("410", "411"), "utf-8")
    result = run("build", "--root", checkout)
    assert result.exit_code == 3
    assert "seed-changed" in result.output


@pytest.mark.parametrize(
    ("edits", "code"),
    [
        ({"test": ""}, "split-empty"),
        ({"test": "no-such-story\n"}, "split-story"),
        ({"test": f"{STORY}\nharbour-ferry-inquiry\n"}, "split-twice"),
        ({"test": "ukraine-mediation\n", "train": f"{STORY}\n"}, "split-twice"),
    ],
)
def test_splits_are_checked(checkout: Path, edits: dict[str, str], code: str) -> None:
    for split, text in edits.items():
        (checkout / "corpus" / "splits" / f"{split}.txt").write_text(text)
    result = run("build", "--root", checkout)
    assert result.exit_code == 3
    assert code in result.output


def test_agreement_needs_two_passes(checkout: Path) -> None:
    shutil.rmtree(checkout / "corpus" / "passes" / "b")
    result = run("agreement", "--root", checkout)
    assert result.exit_code == 3
    assert "passes-two 1 passes (a)" in result.output


def test_a_story_in_no_split_is_refused(checkout: Path) -> None:
    shutil.copytree(ROOT / "tests/invalid/project/seeds/dock", checkout / "seeds/dock")
    result = run("build", "--root", checkout)
    assert result.exit_code == 3
    assert "split-missing" in result.output
    assert "annotation-missing" in result.output


def test_datasets_loads_fresh_rows_after_a_rebuild(
    checkout: Path, tmp_path: Path
) -> None:
    from datasets import load_dataset

    corpus, cache = str(checkout / "corpus"), str(tmp_path / "cache")
    before = load_dataset(corpus, "claims", split="validation", cache_dir=cache)
    relabel(checkout, "check_worthy: true", "check_worthy: false")
    assert run("build", "--root", checkout).exit_code == 0
    after = load_dataset(corpus, "claims", split="validation", cache_dir=cache)
    assert sum(before["check_worthy"]) - sum(after["check_worthy"]) == 1


@pytest.mark.parametrize("config", ["documents", "entities", "quotes", "claims"])
def test_every_config_loads_whole_and_streaming(config: str, tmp_path: Path) -> None:
    from datasets import load_dataset

    corpus = str(ROOT / "corpus")
    manifest = json.loads((ROOT / "corpus" / "MANIFEST.json").read_text())
    for split in ("train", "validation", "test"):
        rows = load_dataset(corpus, config, split=split, cache_dir=str(tmp_path))
        entry = manifest["files"][f"data/{config}/{split}.parquet"]
        assert rows.num_rows == entry["rows"]
        streamed = load_dataset(corpus, config, split=split, streaming=True)
        assert list(streamed) == rows.to_list()
        assert list(rows.to_pandas().columns) == rows.column_names


def test_loaded_rows_are_the_documents() -> None:
    import msgspec
    from datasets import load_dataset

    from onrecord.document import Document

    rows = load_dataset(str(ROOT / "corpus"), "documents", split="test").to_list()
    documents = msgspec.convert(rows, tuple[Document, ...])
    assert documents == load_gold(split="test").documents


def test_tables_are_readable_without_ids(tmp_path: Path) -> None:
    from datasets import load_dataset

    quotes = load_dataset(str(ROOT / "corpus"), "quotes", split="validation")
    table = quotes.to_pandas()
    row = table[table["text"].str.contains("bad day in Aveiro")].iloc[0]
    assert row["speaker_name"] == "Tuulikki Rantamaa"
    assert row["type"] == "direct"
    assert "bad day in Aveiro" in row["evidence_text"]


def test_the_splits_share_no_story() -> None:
    stories = {s: {d.story for d in load_gold(split=s)} for s in ("train", "test")}
    stories["validation"] = {d.story for d in load_gold(split="validation")}
    assert sum(map(len, stories.values())) == len(set.union(*stories.values()))


def test_gold_can_be_scored_from_a_folder_and_a_file(
    checkout: Path, tmp_path: Path
) -> None:
    import msgspec

    packaged = load_gold(split="test")
    folder = load_gold(checkout / "corpus", "test")
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b"\n".join(map(msgspec.json.encode, packaged.documents)))
    assert packaged.digest == folder.digest == load_gold(path).digest
    assert folder.version == __version__
    assert load_gold(path).version is None
