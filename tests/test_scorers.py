"""The scorers against numbers worked out by hand (tests/cases/*.json, with their arithmetic)."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from onrecord.document import Claim, Document, Entity, Mention, Quote, Span
from onrecord.evaluation import evaluate
from onrecord.scorers.align import align, align_most
from onrecord.scorers.profiles import PROFILES, trim

from .conftest import cases

TEXT = "words of a text with enough room in it for every span, 19 and 30 " * 3
# A and b stand in the text, so that predicted ids can be told to be the gold ones.
PEOPLE = (("a", 150), ("b", 160))


def document(**layers: Any) -> Document:
    return Document(id="t/d", story="t", kind="article", text=TEXT, **layers)


def people(prefix: str = "") -> tuple[Entity, ...]:
    return tuple(
        Entity(prefix + name, "PERSON", name.upper(), (Mention(at, at + 1, "x"),))
        for name, at in PEOPLE
    )


def assert_scores(case: dict[str, Any], task: str, gold: Document, predicted: Document):
    report = evaluate([gold], {predicted.id: predicted}, [task], "strict")
    result = report.tasks[task]
    found = {"": result.metrics, **result.slices}
    for name, metrics in {"": case["expected"], **case.get("slices", {})}.items():
        for metric, row in metrics.items():
            for key, value in row.items():
                actual = found[name][metric][key]
                expected = None if value is None else pytest.approx(value, abs=1e-9)
                assert actual == expected, (name, metric, key)


@pytest.mark.parametrize("case", cases("entities"))
def test_entities(case: dict[str, Any]) -> None:
    def entities(items: list[list[Any]]) -> tuple[Entity, ...]:
        return tuple(
            Entity(f"e{i}", kind, None, (Mention(start, end, TEXT[start:end], *form),))
            for i, (kind, start, end, *form) in enumerate(items)
        )

    gold = document(entities=entities(case["gold"]))
    predicted = document(entities=entities(case["predicted"]))
    assert_scores(case, "entities", gold, predicted)


@pytest.mark.parametrize("case", cases("quotes"))
def test_quotes(case: dict[str, Any]) -> None:
    def side(items: list[dict[str, Any]], prefix: str) -> Document:
        quotes = tuple(
            Quote(
                id=f"q{i}",
                type=item.get("type", "direct"),
                content=tuple(Span(*span) for span in item["content"]),
                speaker=item["speaker"] and prefix + item["speaker"],
                parent="q0" if item.get("parent") else None,
            )
            for i, item in enumerate(items)
        )
        return document(entities=people(prefix), quotes=quotes)

    assert_scores(case, "quotes", side(case["gold"], ""), side(case["predicted"], "p-"))


@pytest.mark.parametrize("case", cases("claims"))
def test_claims(case: dict[str, Any]) -> None:
    def side(items: list[dict[str, Any]], prefix: str) -> Document:
        claims = tuple(
            Claim(
                id=f"c{i}",
                text=item["text"],
                kind=item.get("kind", "event"),
                spans=tuple(Span(*span) for span in item["spans"]),
                claimant=item["claimant"]
                if item["claimant"] == "author"
                else prefix + item["claimant"],
            )
            for i, item in enumerate(items)
        )
        return document(entities=people(prefix), claims=claims)

    assert_scores(case, "claims", side(case["gold"], ""), side(case["predicted"], "p-"))


def test_an_id_that_only_looks_like_the_gold_one_is_not_it() -> None:
    quote = Quote("q", "direct", (Span(0, 10),), speaker="a", speaker_kind="person")
    gold = document(entities=people(), quotes=(quote,))
    elsewhere = Entity("a", "PERSON", "Somebody else", (Mention(90, 95, "x"),))
    predicted = document(entities=(elsewhere,), quotes=(quote,))
    report = evaluate([gold], {gold.id: predicted}, ["quotes"])
    assert report.tasks["quotes"].metrics["iou50"]["f1"] == 1
    assert report.tasks["quotes"].metrics["attributed"]["f1"] == 0


def test_speakers_fall_back_to_names_and_descriptions() -> None:
    quote = Quote("q", "direct", (Span(0, 10),), speaker="a", speaker_kind="person")
    gold = document(entities=people(), quotes=(quote,))
    for name, right in (("A", 1), ("a", 1), ("x", 1), ("Nobody", 0)):
        entity = Entity("n", "PERSON", name)
        spoken = Quote("q", "direct", (Span(0, 10),), speaker="n")
        predicted = document(entities=(entity,), quotes=(spoken,))
        report = evaluate([gold], {gold.id: predicted}, ["quotes"])
        assert report.tasks["quotes"].metrics["attributed"]["f1"] == right, name


def test_a_document_without_a_prediction_counts_as_empty() -> None:
    entity = Entity("e", "PERSON", "X", (Mention(0, 5, "words"),))
    gold = document(entities=(entity,))
    report = evaluate([gold], {}, ["entities"])
    assert report.coverage.missing == 1
    assert report.tasks["entities"].metrics["strict"]["recall"] == 0


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (" “Hello.” ", "Hello"),
        ("“Hello”.", "Hello"),
        ("'Hello'", "Hello"),
        ("Hello?!", "Hello?"),
        ("“”", "“”"),
        ("…", "…"),
        ("it’s", "it’s"),
        ("a.", "a"),
        (".", "."),
        ("“.”", "."),
    ],
)
def test_trim(words: str, expected: str) -> None:
    span = trim(words, Span(0, len(words)))
    assert words[span.start : span.end] == expected


def test_slices_divide_quotes_by_their_type() -> None:
    kinds: tuple[Any, ...] = ("direct", "indirect", "mixed", "mixed")
    quotes = tuple(
        Quote(f"q{i}", kind, (Span(10 * i, 10 * i + 8),), speaker="a")
        for i, kind in enumerate(kinds)
    )
    gold = document(entities=people(), quotes=quotes)
    predicted = document(entities=people(), quotes=quotes[:3])
    slices = evaluate([gold], {gold.id: predicted}, ["quotes"]).tasks["quotes"].slices
    found = {
        kind: [
            (
                slices[f"type={kind}"][metric]["gold"],
                slices[f"type={kind}"][metric]["matched"],
            )
            for metric in ("iou50", "attributed", "speaker_entity")
        ]
        for kind in ("direct", "indirect", "mixed")
    }
    assert found == {
        "direct": [(1, 1), (1, 1), (1, 1)],
        "indirect": [(1, 1), (1, 1), (1, 1)],
        "mixed": [(2, 1), (2, 1), (1, 1)],
    }


def test_slices_divide_claims_by_their_kind() -> None:
    kinds: tuple[Any, ...] = ("event", "state", "state", "rule")
    claims = tuple(
        Claim(f"c{i}", "", (Span(10 * i, 10 * i + 8),), "a", kind=kind)
        for i, kind in enumerate(kinds)
    )
    wrong = Claim("c3", "", (Span(30, 38),), "b", kind="rule")
    gold = document(entities=people(), claims=claims)
    predicted = document(entities=people(), claims=(*claims[:2], wrong))
    slices = evaluate([gold], {gold.id: predicted}, ["claims"]).tasks["claims"].slices
    assert slices["kind=state"]["match"]["gold"] == 2
    assert slices["kind=state"]["match"]["matched"] == 1
    assert slices["kind=state"]["claimant"]["gold"] == 1
    assert slices["kind=event"]["claimant"]["value"] == 1
    assert slices["kind=rule"]["claimant"]["value"] == 0
    assert slices["kind=rule"]["attributed"]["f1"] == 0


def test_whole_documents_are_slices_too() -> None:
    entity = Entity("e", "PERSON", "X", (Mention(0, 5, "words"),))
    gold = msgspec.structs.replace(
        document(entities=(entity,)), phenomena=("scare-quotes",), kind="record"
    )
    slices = evaluate([gold], {}, ["entities"]).tasks["entities"].slices
    for name in ("document=record", "length=short", "phenomenon=scare-quotes"):
        assert slices[name]["strict"]["gold"] == 1


def test_profiles_change_what_is_compared() -> None:
    text = 'He said "no" and left, she said.'
    outer = Quote("q1", "mixed", (Span(0, 21),), (Span(8, 12),))
    inner = Quote("q2", "direct", (Span(8, 12),), (Span(8, 12),), parent="q1")
    gold = Document("t/d", "t", "article", text, quotes=(outer, inner))
    trimmed = Quote("q1", "mixed", (Span(0, 21),), (Span(9, 11),))
    unmarked = Quote("q2", "direct", (Span(9, 11),), (Span(9, 11),), parent="q1")
    predicted = Document("t/d", "t", "article", text, quotes=(trimmed, unmarked))
    exact = {}
    for name in PROFILES:
        report = evaluate([gold], {gold.id: predicted}, ["quotes"], name)
        row = report.tasks["quotes"].metrics["exact"]
        exact[name] = (row["gold"], row["matched"])
    assert exact == {
        "onrecord": (2, 2),
        "strict": (2, 1),
        "outermost": (1, 1),
        "direct-only": (2, 2),
    }


def test_align_most_takes_the_most_pairs_then_the_most_similar() -> None:
    assert align_most([(0, 0, 0.5), (0, 1, 0.5), (1, 0, 1.0)]) == [(0, 1), (1, 0)]
    assert align_most([(0, 0, 1.0), (0, 1, 0.4), (1, 0, 0.4)]) == [(0, 1), (1, 0)]
    assert align_most([(0, 0, 0.6), (0, 1, 0.9)]) == [(0, 1)]
    assert align_most([]) == []


def test_align_takes_the_most_similar_whatever_the_number() -> None:
    assert align([(0, 0, 1.0), (0, 1, 0.4), (1, 0, 0.4)]) == [(0, 0)]
    assert align([(0, 0, 0.9), (0, 1, 0.8), (1, 0, 0.8), (1, 1, 0.9)]) == [
        (0, 0),
        (1, 1),
    ]
