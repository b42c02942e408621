from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings

from onrecord.cli import main

# A slow machine is no failure; speed is measured by `make bench`.
settings.register_profile("onrecord", deadline=None)
settings.load_profile("onrecord")

ROOT = Path(__file__).parents[1]


def cases(name: str) -> list[Any]:
    """The table of cases under tests/cases; each is a parameter with its name as id."""
    table = json.loads((ROOT / "tests" / "cases" / f"{name}.json").read_text("utf-8"))
    return [pytest.param(c, id=c.get("name", f"{i}")) for i, c in enumerate(table)]


def run(*arguments: object) -> Result:
    """One call of the command, in this process."""
    return CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT
