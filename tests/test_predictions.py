from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.document import UNGROUNDED, Document, Span
from onrecord.gold import load_gold
from onrecord.predictions import ground, load_predictions, prediction_record

from .conftest import ROOT, run

SOUND = ROOT / "tests" / "invalid" / "sound.jsonl"
TEXT = "“We’re back,” she said — “really back”.\nWell ... the end, the  end."


@pytest.mark.parametrize(
    ("words", "occurrence", "expected"),
    [
        ("said", 1, (14 + 4, 22)),
        ("back", 1, (7, 11)),
        ("back", 2, (33, 37)),
        ("back", 3, None),
        ('"We\'re back,"', 1, (0, 13)),
        ("she said - “really", 1, (14, 32)),
        ("Well … the end", 1, (40, 56)),
        ("the end", 2, (58, 66)),
        ("the end", 3, None),
        ("e", 1, None),
        ("no such words", 1, None),
        ("   ", 1, None),
    ],
)
def test_words_are_grounded(
    words: str, occurrence: int, expected: tuple[int, int] | None
) -> None:
    found = ground(words, occurrence, TEXT)
    assert found == (expected and Span(*expected)), (
        found and TEXT[found.start : found.end]
    )


def load(tmp_path: Path, record: dict[str, Any]) -> tuple[Document, tuple[str, ...]]:
    path = tmp_path / "p.jsonl"
    path.write_text(json.dumps(record) + "\n")
    predictions = load_predictions(path, load_gold(SOUND))
    return predictions.documents["dock/article"], predictions.ungrounded


def test_what_is_not_in_the_text_stays_a_prediction(tmp_path: Path) -> None:
    record = {
        "id": "dock/article",
        "quotes": [
            {"id": "q", "content": [{"text": "We were never gone"}], "speaker": None}
        ],
    }
    document, ungrounded = load(tmp_path, record)
    where = "dock/article/quotes/0/content/0: 'We were never gone'"
    assert ungrounded == (where,)
    shown = run("score", tmp_path / "p.jsonl", "--gold", SOUND).output
    assert "1 predicted places are not in their document" in shown
    assert where in shown.replace("\n", "")
    assert document.quotes[0].content == (UNGROUNDED,)


def test_a_speaker_by_name_is_the_predicted_entity_of_that_name(tmp_path: Path) -> None:
    quote = {"id": "q", "content": [{"text": "We are back"}]}
    record = {
        "id": "dock/article",
        "entities": [
            {
                "id": "E1",
                "type": "PERSON",
                "name": "Ana Ruiz",
                "mentions": [{"text": "Ana Ruiz"}],
            }
        ],
        "quotes": [
            {**quote, "speaker": {"name": "Ana Ruiz"}},
            {**quote, "id": "q2", "speaker": {"name": "Bo"}},
        ],
    }
    document, _ = load(tmp_path, record)
    assert [q.speaker for q in document.quotes] == ["E1", "name:Bo"]
    assert [e.id for e in document.entities] == ["E1", "name:Bo"]


def test_layers_left_out_are_not_layers_left_empty(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text('{"id": "dock/article", "quotes": []}\n')
    assert load_predictions(path, load_gold(SOUND)).layers == {"quotes"}


def test_a_record_of_a_document_gives_the_same_labels_back(tmp_path: Path) -> None:
    gold = load_gold(SOUND)
    path = tmp_path / "p.jsonl"
    path.write_text(
        "".join(json.dumps(prediction_record(document)) + "\n" for document in gold)
    )
    predictions = load_predictions(path, gold)
    for document in gold:
        again = predictions.documents[document.id]
        assert again.entities == document.entities
        assert again.quotes == document.quotes
        record = prediction_record(again)
        for claim in record["claims"]:
            assert claim.pop("check_worthy_score") is None
        assert record == prediction_record(document)
