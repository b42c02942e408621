"""The audit: what is drawn, what a filled-in sheet says, and its error rate."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from onrecord.audit import LAYERS, SIZE, draw, error_rates, read_audit, sheet
from onrecord.findings import Rejected
from onrecord.gold import load_gold

from .conftest import ROOT, run

GOLD = load_gold().documents


@pytest.mark.parametrize("layer", LAYERS)
def test_a_draw_is_without_replacement_and_the_same_each_time(layer: str) -> None:
    items = draw(GOLD, layer)
    assert len(items) == SIZE
    assert items == draw(GOLD, layer)
    assert items != draw(GOLD, layer, seed=1)
    assert all(item.label for item in items)
    if layer != "entities":  # an entity is drawn by its mentions
        assert len({(item.document, item.id) for item in items}) == SIZE


def test_verdicts_are_drawn_from_claims_that_have_one() -> None:
    judged = {(d.id, c.id) for d in GOLD for c in d.claims if c.verdict}
    assert {(i.document, i.id) for i in draw(GOLD, "verdicts")} <= judged


def test_sheets_are_written_once_and_read_when_filled_in(tmp_path: Path) -> None:
    tmp_path /= "audit"
    result = run("audit", "--root", ROOT, "-o", tmp_path)
    assert result.exit_code == 0, result.output
    again = run("audit", "--root", ROOT, "-o", tmp_path)
    assert again.exit_code == 2
    assert "exists" in again.output
    with pytest.raises(Rejected, match="audit-invalid"):
        read_audit(tmp_path)
    checked = run("validate", tmp_path)
    assert checked.exit_code == 3
    assert f"{tmp_path / 'quotes.yaml'}:1: audit-invalid" in checked.output
    for layer in LAYERS:
        path = tmp_path / f"{layer}.yaml"
        rows = yaml.safe_load(path.read_text("utf-8"))
        filled = [row | {"right": n > 2, "why": "x"} for n, row in enumerate(rows)]
        path.write_text(yaml.safe_dump(filled, allow_unicode=True), "utf-8")
    assert run("validate", tmp_path).exit_code == 0
    rates = error_rates(read_audit(tmp_path))
    # Wilson: 3 of 60 wrong, z = 1.96: .0171 to .1370.
    assert rates[0] == ["entities", 60, 3, 0.05, "0.017–0.137", 57]


def test_a_sheet_holds_what_was_drawn() -> None:
    items = draw(GOLD, "claims")
    rows = yaml.safe_load(sheet(items))
    assert [(row["document"], row["id"]) for row in rows] == [
        (item.document, item.id) for item in items
    ]
    assert {row["right"] for row in rows} == {None}


def test_an_empty_sheet_is_no_audit(tmp_path: Path) -> None:
    (tmp_path / "quotes.yaml").write_text("[]\n", "utf-8")
    with pytest.raises(Rejected, match="audit-invalid"):
        read_audit(tmp_path)


def test_no_sheets_are_no_audit(tmp_path: Path) -> None:
    assert read_audit(tmp_path) == {}
