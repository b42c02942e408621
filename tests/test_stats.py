"""The corpus measured: figures worked by hand, and what stories must not share."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from onrecord.document import Document, Entity, Mention, Quote, Section, Span
from onrecord.gold import load_gold
from onrecord.overlap import overlaps, repeated_openings, shared_names, words
from onrecord.stats import cue, group, stats

from .conftest import ROOT, run


def article(name: str, text: str, **layers: Any) -> Document:
    story = name.partition("/")[0]
    sections = (Section("body", 0, len(text)),)
    return Document(name, story, "article", text, sections=sections, **layers)


def at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


TEXT = "She said it rained. Rain fell, Ana has repeatedly denied. It was late."
DOCUMENT = article(
    "s/a",
    TEXT,
    style="wire",
    phenomena=("rare-cue",),
    sentences=(Span(0, 19), Span(20, 57), Span(58, 70)),
    entities=(
        Entity(
            "ana",
            "PERSON",
            "Ana",
            (Mention(0, 3, "She", "pronoun"), Mention(31, 34, "Ana", "name")),
        ),
    ),
    quotes=(
        Quote("q1", "indirect", (at(TEXT, "it rained"),), (), (at(TEXT, "said"),), (Span(0, 3),), "ana", "person"),
        Quote("q2", "mixed", (at(TEXT, "Rain"), at(TEXT, "fell")), (), (at(TEXT, "has repeatedly denied"),), (at(TEXT, "Ana"),), "ana", "person"),
        Quote("q3", "indirect", (at(TEXT, "It was late"),), speaker="ana", speaker_kind="person", parent="q2"),
    ),
)  # fmt: skip


def test_a_group_is_counted_by_hand() -> None:
    found = group([DOCUMENT])
    assert (found.documents, found.words, found.median_words) == (1, 13, 13)
    assert found.words_a_sentence == pytest.approx((4 + 6 + 3) / 3)
    assert found.type_token_ratio is None  # shorter than one window
    thirds = {"direct": 0.0, "indirect": 2 / 3, "mixed": 1 / 3}
    assert found.types == pytest.approx(thirds)
    assert found.pronoun_sources == pytest.approx(1 / 3)
    assert found.no_source == pytest.approx(1 / 3)
    assert found.discontinuous == pytest.approx(1 / 3)
    assert found.nested == pytest.approx(1 / 3)
    assert found.entities["PERSON"] == 2
    empty = group([])
    assert (empty.documents, empty.pronoun_sources, empty.words_a_sentence) == (
        0,
        None,
        None,
    )


def test_windows_of_a_hundred_words() -> None:
    text = " ".join(["a", "b"] * 50 + [f"w{i}" for i in range(100)] + ["tail"] * 9)
    found = group([article("s/a", text)])
    assert found.type_token_ratio == pytest.approx((0.02 + 1.0) / 2)


def test_a_cue_is_counted_by_its_verb_of_speech() -> None:
    assert [cue(DOCUMENT, q) for q in DOCUMENT.quotes[:2]] == ["say", "deny"]
    found = stats({"train": [DOCUMENT], "test": []})
    assert found.cues == {"deny": 1, "say": 1}
    assert found.phenomena == {"rare-cue": 1}
    assert set(found.groups) == {"all", "split=train", "split=test", "style=wire"}


NINE = "one two three four five six seven eight nine"


def test_stories_that_share_a_passage_are_found() -> None:
    whole = article("s/a", f"Zero {NINE} ten eleven.")
    inside = article("t/b", NINE.upper().replace(" ", ", "))
    apart = article(
        "u/c", "one two three four five six seven, a word between, eight nine"
    )
    twin = article("s/d", NINE)
    found = overlaps([whole, inside, apart, twin])
    pairs = {(o.first, o.second): o.containment for o in found}
    # Documents of one story may well share words; seven words in a row are no passage.
    assert pairs == {("s/a", "t/b"): 1.0, ("t/b", "s/d"): 1.0}


def test_openings_and_names_that_stories_share() -> None:
    entity = Entity("e", "PERSON", "Ana Ruiz", (Mention(0, 3, "The"),))
    place = Entity("p", "GPE", "Chile", (Mention(4, 6, "ci"),))
    one = article("s/a", "The city woke early.", entities=(entity, place))
    two = article("t/b", "The city woke late.", entities=(entity, place))
    assert repeated_openings([one, two]) == {"the city woke": ["s/a", "t/b"]}
    assert shared_names([one, two]) == {"Ana Ruiz": ["s", "t"]}
    other = msgspec.structs.replace(two, story="s")
    assert shared_names([one, other]) == {}


def test_the_command_prints_and_gives_json() -> None:
    shown = run("stats", "--root", ROOT)
    assert shown.exit_code == 0
    for heading in (
        "by split",
        "by style",
        "cues (",
        "fewer than 10 cases",
        "begin alike",
    ):
        assert heading in shown.output
    found = json.loads(run("stats", "--root", ROOT, "--format", "json").output)
    assert set(found) == {
        "groups",
        "cues",
        "phenomena",
        "overlaps",
        "openings",
        "names",
    }


def test_the_corpus_is_as_varied_as_it_should_be() -> None:
    found = json.loads(run("stats", "--root", ROOT, "--format", "json").output)
    cues = found["cues"].values()
    assert max(cues) <= 0.25 * sum(cues)
    assert all(pair["containment"] <= 0.05 for pair in found["overlaps"])
    assert found["openings"] == {}


def test_the_guidelines_do_not_quote_what_systems_are_tested_on() -> None:
    """Whoever is prompted with the rules must not have read validation or test labels."""
    size = 5
    rules = words(
        (ROOT / "docs" / "guidelines.md").read_text("utf-8").replace("**", "")
    )
    told = {tuple(rules[i : i + size]) for i in range(len(rules) - size + 1)}
    for split in ("validation", "test"):
        for document in load_gold(split=split):
            text = words(document.text)
            runs = {tuple(text[i : i + size]) for i in range(len(text) - size + 1)}
            assert not {" ".join(run) for run in runs & told} - COMMON, document.id


COMMON = {"a quarter of an hour"}
"""Phrases of everyone's."""
