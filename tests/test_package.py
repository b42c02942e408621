"""sdist → wheel → a clean environment: what a user who installs the wheel has."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from onrecord import __version__

from .conftest import ROOT

CHECK = """
import importlib, json, sys
from importlib.resources import files
import onrecord
assert "site-packages" in onrecord.__file__, onrecord.__file__
for name in ("align", "claims", "counts", "entities", "profiles", "quotes", "references", "similarity"):
    importlib.import_module(f"onrecord.scorers.{name}")
package = files("onrecord")
for name in ("annotation", "document", "prediction", "report", "story"):
    json.loads((package / "schema" / f"{name}.schema.json").read_text())
manifest = json.loads((package / "corpus" / "MANIFEST.json").read_text())
for name in manifest["files"]:
    assert (package / "corpus" / name).read_bytes()
from onrecord import evaluate, load_gold
gold = load_gold(split="test")
report = evaluate(gold, {d.id: d for d in gold})
assert report.score == 1.0, report.score
print("ok")
"""


def _python(*arguments: object, cwd: Path) -> str:
    command = [str(a) for a in arguments]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=280)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel built from the sdist of a copy of the tracked tree."""
    folder = tmp_path_factory.mktemp("build")
    source = folder / "source"
    ignore = shutil.ignore_patterns(".git", ".venv", "*.egg-info", "build", ".*cache")
    shutil.copytree(ROOT, source, symlinks=True, ignore=ignore)
    _python(sys.executable, "-m", "build", "--no-isolation", source, cwd=folder)
    (found,) = (source / "dist").glob("*.whl")
    return found


def test_the_wheel_holds_one_top_level_name(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"onrecord"}
    assert "onrecord/corpus/data/documents/test.parquet" in names
    assert "onrecord/py.typed" in names
    assert not [name for name in names if "/passes/" in name or "/annotations/" in name]


def test_a_clean_environment_imports_loads_and_scores(
    wheel: Path, tmp_path: Path
) -> None:
    environment = tmp_path / "venv"
    _python(sys.executable, "-m", "venv", environment, cwd=tmp_path)
    python = environment / "bin" / "python"
    install = ["-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel]
    _python(python, *install, cwd=tmp_path)
    # Our dependencies are those of this environment; the checkout itself is not on the path.
    (site,) = environment.glob("lib/python*/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    assert _python(python, "-I", "-c", CHECK, cwd=tmp_path) == "ok\n"
    version = _python(environment / "bin" / "onrecord", "--version", cwd=tmp_path)
    assert __version__ in version


def test_a_clone_without_links_fails_to_build(tmp_path: Path) -> None:
    source = tmp_path / "source"
    ignore = shutil.ignore_patterns(".git", ".venv", "*.egg-info", "build", ".*cache")
    shutil.copytree(ROOT, source, symlinks=True, ignore=ignore)
    link = source / "onrecord" / "scorers"
    link.unlink()
    link.write_text("../scorers")
    command = [sys.executable, "-m", "build", "--no-isolation", str(source)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=280)
    assert done.returncode != 0
    assert "onrecord/scorers" in done.stdout + done.stderr


def test_importing_the_folder_says_what_to_import() -> None:
    command = [sys.executable, "-c", "import scorers"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode != 0
    assert "import onrecord.scorers" in done.stderr


@pytest.mark.parametrize("heavy", ["datasets", "pandas", "pyarrow", "huggingface_hub"])
def test_the_command_does_not_import_what_it_does_not_use(heavy: str) -> None:
    code = "import sys, onrecord, onrecord.cli; print(sorted(sys.modules))"
    modules = _python(sys.executable, "-c", code, cwd=ROOT)
    assert f"'{heavy}'" not in modules
