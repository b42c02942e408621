"""Which predicted entity is which gold entity."""

from __future__ import annotations

import pytest

from onrecord.document import Claim, Document, Entity, Mention
from onrecord.evaluation import evaluate
from onrecord.scorers.references import entity_map

TEXT = "Ana Ruiz and Bo Lind met the minister, who knew them well for many years now."


def document(*entities: tuple[str, str | None, list[tuple[int, int]]]) -> Document:
    return Document(
        "s/d",
        "s",
        "article",
        TEXT,
        entities=tuple(
            Entity(
                name,
                "PERSON",
                called,
                tuple(Mention(a, b, TEXT[a:b], "name") for a, b in places),
            )
            for name, called, places in entities
        ),
    )


A, B, C, D, E = (0, 3), (4, 8), (13, 15), (16, 20), (25, 37)


def test_the_greatest_total_overlap_is_taken() -> None:
    # φ4: p–a 4/6, p–b 2/4, q–a 2/4. p–a alone is .67; p–b with q–a is 1.
    gold = document(("a", None, [A, B, C]), ("b", None, [D]))
    predicted = document(("p", None, [A, B, D]), ("q", None, [C]))
    assert entity_map(gold, predicted) == {"p": "b", "q": "a"}


def test_mentions_are_shared_in_number() -> None:
    # φ4: p–a 2·4/10 = .8; p–b 2·1/6 and q–a 2·1/6 together .67: p is a.
    one, two, three, four = (30, 31), (32, 33), (34, 35), (36, 37)
    gold = document(("a", None, [one, two, three, four, A]), ("b", None, [B]))
    predicted = document(("p", None, [one, two, three, four, B]), ("q", None, [A]))
    assert entity_map(gold, predicted) == {"p": "a"}


def test_one_gold_entity_is_given_to_one_predicted_one() -> None:
    # φ4: p–a 4/5, r–a 2/4: a is p's, and r is nobody.
    gold = document(("a", None, [A, B, C]))
    predicted = document(("p", None, [A, B]), ("r", None, [C]))
    assert entity_map(gold, predicted) == {"p": "a"}


def test_entities_that_share_nothing_meet_by_name_but_not_by_description() -> None:
    gold = document(("a", "Ana Ruiz", [A]), ("m", None, [E]))
    named = document(("p", "ANA RUIZ", [C]))
    assert entity_map(gold, named) == {"p": "a"}
    described = document(("p", "the minister", [D]))
    assert entity_map(gold, described) == {}
    only_named = document(("p", "the minister", []))
    assert entity_map(gold, only_named) == {"p": "m"}


def test_a_full_name_goes_before_another_alias() -> None:
    gold = document(("a", "Ruiz", [C]), ("b", "Ana", [B]))
    assert TEXT[B[0] : B[1]] == "Ruiz"
    assert entity_map(gold, document(("p", "Ruiz", []))) == {"p": "a"}


def test_places_that_are_not_in_the_text_are_not_shared() -> None:
    gold = document(("a", None, [A]))
    predicted = document(("p", None, [(0, 0)]), ("q", None, [(0, 0), A]))
    assert entity_map(gold, predicted) == {"q": "a"}
    assert entity_map(document(("x", None, [(0, 0)])), predicted) == {}


@pytest.mark.parametrize(
    ("text", "same"),
    [
        # Stems: {dock, open, late} and {dock, open, noon}: 4/6 ≥ .45.
        ("The dock opened at noon.", True),
        # {dock, open, late} and {dock, paint, red, wood}: 2/7 < .45.
        ("The wooden dock was painted red.", False),
    ],
)
def test_texts_must_be_alike_enough(text: str, same: bool) -> None:
    def side(words: str) -> Document:
        claim = Claim("c", words, (), "author")
        return Document("s/d", "s", "article", TEXT, claims=(claim,))

    report = evaluate([side("The dock opened late.")], {"s/d": side(text)}, ["claims"])
    assert report.tasks["claims"].metrics["match"]["f1"] == float(same)
