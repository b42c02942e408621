"""The text match of claims, measured on 300 judged pairs (tests/cases/claim_pairs.json).

The pairs at even places were there to choose the threshold by; those at odd places were looked
at only as these numbers.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from onrecord.document import Claim, Document
from onrecord.evaluation import evaluate
from onrecord.gold import load_gold
from onrecord.scorers.statements import (
    WORDS,
    Matcher,
    background,
    contradict,
    likeness,
    numbers,
    stem,
)

from .conftest import ROOT

PAIRS: list[dict[str, Any]] = json.loads(
    (ROOT / "tests" / "cases" / "claim_pairs.json").read_text("utf-8")
)
KNOWN = {d.id: background(d.text, d.date) for d in load_gold()}


def measured(
    pairs: list[dict[str, Any]], threshold: float
) -> tuple[float, float, float]:
    """Precision, recall and F1 of "the same claim" at a threshold."""
    said = [
        likeness(p["gold"], p["predicted"], KNOWN[p["document"]]) >= threshold
        for p in pairs
    ]
    same = [p["same"] for p in pairs]
    right = sum(a and b for a, b in zip(said, same, strict=True))
    precision, recall = right / sum(said), right / sum(same)
    return precision, recall, 2 * precision * recall / (precision + recall)


def test_the_pairs_are_what_they_say() -> None:
    claims = {(d.id, c.id): c.text for d in load_gold() for c in d.claims}
    assert len(PAIRS) == 300
    assert sum(p["same"] for p in PAIRS) == 130
    for pair in PAIRS:
        assert claims[pair["document"], pair["claim"]] == pair["gold"]


def test_the_threshold_is_the_best_of_the_first_half_within_a_hundredth() -> None:
    grid = [t / 100 for t in range(30, 91, 5)]
    scores = {t: measured(PAIRS[::2], t)[2] for t in grid}
    best = max(t for t in grid if scores[t] >= max(scores.values()) - 0.01)
    assert WORDS.threshold == best


def test_the_documents_say_what_the_second_half_measures() -> None:
    precision, recall, f1 = measured(PAIRS[1::2], WORDS.threshold)
    said = f"precision {precision:.2f}, recall {recall:.2f}, F1 {f1:.2f}"
    assert said in (ROOT / "docs" / "scoring.md").read_text("utf-8")
    assert f1 > 0.8


@pytest.mark.parametrize("pair", PAIRS[::10], ids=lambda pair: pair["kind"])
def test_likeness_is_symmetric(pair: dict[str, Any]) -> None:
    a, b, known = pair["gold"], pair["predicted"], KNOWN[pair["document"]]
    assert likeness(a, b, known) == likeness(b, a, known)
    assert likeness(a, a, known) == 1.0


def test_a_model_may_match_the_texts_and_stands_in_the_signature() -> None:
    def one(text: str) -> Document:
        claims = (Claim("c0", text, (), "author", kind="state"),)
        return Document("s/d", "s", "article", "The boat struck.", claims=claims)

    gold = one("The vessel collided with the quay.")
    answer = {"s/d": one("Its hull hit the pier.")}
    model = Matcher("everything", lambda a, b, known: 0.7, 0.6)
    by_words = evaluate([gold], answer, ["claims"])
    by_model = evaluate([gold], answer, ["claims"], matcher=model)
    assert by_words.tasks["claims"].metrics["match"]["f1"] == 0
    assert by_model.tasks["claims"].metrics["match"]["f1"] == 1
    assert "|matcher:everything|" in str(by_model.signature)
    assert by_model.signature.thresholds["claim_text"] == 0.6
    assert by_words.signature != by_model.signature
    # The guard stands before any model.
    denied = {"s/d": one("The vessel did not collide with the quay.")}
    guarded = evaluate([gold], denied, ["claims"], matcher=model)
    assert guarded.tasks["claims"].metrics["match"]["f1"] == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("€612m and 612 million euros", {"612e6"}),
        ("sixty-three, 63", {"63"}),
        ("7:52 a.m. or 7.52", {"7.52"}),
        ("the tenth hour of a twelve-hour watch", {"10", "12"}),
        ("12,000 of one another", {"12000"}),
        ("no numbers", set()),
    ],
)
def test_numbers_are_read_in_figures_and_words(text: str, expected: set[str]) -> None:
    assert numbers(text) == expected


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Sales rose in May.", "Sales fell in May."),
        ("Sales rose in May.", "Sales rose in June."),
        ("Ana Ruiz left.", "Bo Lind left."),
        ("The dock did open.", "The dock did not open."),
        ("It cost 5 euros.", "It cost 6 euros."),
        ("It moved 5 metres.", "It moved 5 kilometres."),
        ("Then Ruiz rang Lind.", "Then Lind rang Ruiz."),
    ],
)
def test_what_contradicts(a: str, b: str) -> None:
    assert contradict(a, b)
    assert likeness(a, b) == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("twenty", {"20"}),
        ("one boat and twenty", {"20"}),
        ("twenty ten", {"20", "10"}),
        ("twenty-one boats", {"21"}),
        ("thirty-nine, ninety-nine", {"39", "99"}),
        ("a dock of forty five metres and six men", {"45", "6"}),
        ("zero, or thirty zero", {"0", "30"}),
        ("the third boat, the fourth mate", {"4"}),
        ("3.5 million, 4m, 2 bn and 5 thousand", {"3.5e6", "4e6", "2e9", "5e3"}),
    ],
)
def test_number_words_are_read_with_their_units(text: str, expected: set[str]) -> None:
    assert numbers(text) == expected


@pytest.mark.parametrize(
    ("words", "stems"),
    [
        ("opened opens opening open", {"open"}),
        ("carried carries", {"carr"}),
        ("nation nations", {"nation"}),  # what is left must have three letters
        ("sees", {"see"}),
        ("Jan. January", {"january"}),
        ("sept september", {"september"}),
        ("mar", {"mar"}),
        ("boat's", {"boat"}),
    ],
)
def test_stems(words: str, stems: set[str]) -> None:
    assert {stem(word) for word in words.casefold().split()} == {stem(s) for s in stems}


def test_the_document_may_name_its_day_and_the_years_around_it() -> None:
    known = background("The Corrach struck 4 piles.", "2024-10-09")
    assert known.numbers == {"4", "2024", "10", "9", "2023", "2025"}
    assert known.names == {"corrach"}
    assert background("No day.").numbers == frozenset()


@pytest.mark.parametrize(
    ("a", "b", "differ"),
    [
        # An even number of denials is none.
        ("It was not unanswered.", "It was answered.", False),
        ("It was never not refused.", "It was refused.", False),
        ("Nobody never failed.", "Nobody came.", False),
        # One letter of a name may differ, as in spellings of one; four of ten may not.
        ("The boat met Walczak.", "The boat met Walzcak.", False),
        ("The boat met Walczak.", "The boat met Hegarty.", True),
        ("The boat met Anna Walczak.", "The boat met Anna Hegarty.", True),
        # Both went up and down: they do not differ in that.
        ("Sales rose, then fell.", "Sales fell, then rose.", False),
        ("Sales rose.", "Sales fell.", True),
        # Who did it to whom; a place and a month are nobody.
        ("Ana struck Bo.", "Bo struck Ana.", True),
        ("Ana met Bo in May in Cobh.", "In Cobh in May Ana met Bo.", False),
    ],
)
def test_whether_two_sentences_contradict(a: str, b: str, differ: bool) -> None:
    assert contradict(a, b) is differ
    assert contradict(b, a) is differ


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("opened", "open"),
        ("ties", "tie"),  # "t" and "ti" are too short to be a stem
        ("tied", "tied"),
        ("sees", "see"),
        ("stations", "station"),
        ("largely", "large"),
        ("make", "mak"),
    ],
)
def test_a_stem_has_three_letters_or_more(word: str, expected: str) -> None:
    assert stem(word) == expected
