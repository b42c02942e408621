"""Shortcuts: guesses that need no understanding, against hand-worked answers and scikit-learn."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.naive_bayes import MultinomialNB

from onrecord.document import Claim, Document, Entity, Mention, Quote, Span, Verdict
from onrecord.evaluation import evaluate
from onrecord.gold import load_gold
from onrecord.overlap import words
from onrecord.shortcuts import (
    commonest,
    drawn,
    longest_marks,
    macro_f1,
    marked_quotes,
    naive_bayes,
    nearest_names,
    shortcuts,
)

CLAIMS = [c for d in load_gold() for c in d.claims if c.verdict]


def claims(*pairs: tuple[str, Verdict]) -> list[Claim]:
    return [Claim("c", text, verdict=verdict) for text, verdict in pairs]


def test_naive_bayes_is_that_of_scikit_learn() -> None:
    taught, asked = CLAIMS[::2], CLAIMS[1::2]
    vectors = CountVectorizer(analyzer=words).fit([c.text for c in taught])
    peer = MultinomialNB().fit(
        vectors.transform([c.text for c in taught]), [c.verdict for c in taught]
    )
    expected = peer.predict(vectors.transform([c.text for c in asked]))
    guess = naive_bayes(taught)
    assert [guess(c.text) for c in asked] == list(expected)


def test_the_commonest_and_the_drawn() -> None:
    taught = claims(("a", "refuted"), ("b", "refuted"), ("c", "supported"))
    assert commonest(taught)("anything") == "refuted"
    found = [drawn(taught, seed=1)(f"claim {i}") for i in range(3000)]
    assert found.count("refuted") / 3000 == pytest.approx(2 / 3, abs=0.03)
    assert drawn(taught, seed=1)("claim 7") == found[7]


TEXT = (
    "“Go,” said Ana. Bo heard “now” and ‘not a minute later’.\nIt’s the readers’ day."
)


def document() -> Document:
    people = (
        Entity("ana", "PERSON", "Ana", (Mention(11, 14, "Ana"), Mention(0, 2, "x", "pronoun"))),
        Entity("bo", "PERSON", "Bo", (Mention(16, 18, "Bo"),)),
        Entity("day", "DATE", None, (Mention(40, 43, "day"),)),
    )  # fmt: skip
    quotes = (
        Quote("q1", "direct", (Span(0, 5),)),
        Quote("q2", "direct", (Span(25, 30),)),
    )
    return Document("s/d", "s", "article", TEXT, entities=people, quotes=quotes)


def test_the_nearest_name_speaks() -> None:
    found = nearest_names(document())
    assert [quote.speaker for quote in found.quotes] == ["ana", "bo"]


def test_what_stands_in_marks() -> None:
    def contents(found: Document) -> list[str]:
        return [found.words(quote.content) for quote in found.quotes]

    assert contents(marked_quotes(document())) == [
        "“Go,”",
        "“now”",
        "‘not a minute later’",
    ]
    assert contents(longest_marks(document())) == ["‘not a minute later’"]


def test_guesses_are_scored_as_verification_scores_them() -> None:
    gold, guess = load_gold(split="test"), naive_bayes(CLAIMS)
    answered = {
        d.id: msgspec.structs.replace(
            d,
            claims=tuple(
                msgspec.structs.replace(c, verdict=guess(c.text), evidence=())
                for c in d.claims
            ),
        )
        for d in gold
    }
    report = evaluate(gold, answered, ["verification"])
    expected = report.tasks["verification"].headline.value
    assert macro_f1(gold, guess) == pytest.approx(expected)


def test_shortcuts_are_measured_on_what_they_did_not_learn_from() -> None:
    splits = {s: load_gold(split=s).documents for s in ("train", "validation", "test")}
    found = shortcuts(splits)
    assert all(set(scores) == {"validation", "test"} for scores in found.values())
    values = np.array([v for scores in found.values() for v in scores.values()])
    assert ((values >= 0) & (values <= 1)).all()
