"""The rest of the hand-worked cases: coreference, fidelity, verification, parts, rankings."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.document import (
    Claim,
    Document,
    Entity,
    Evidence,
    Mention,
    PredictedClaim,
    Quote,
    Span,
)

from .conftest import cases
from .test_scorers import assert_scores, document, people

FILES = {
    "entities": ("entities",),
    "coreference": ("coreference",),
    "quotes": ("quotes", "quotes_parts"),
    "fidelity": ("fidelity",),
    "claims": ("claims", "claims_ranking"),
    "verification": ("verification",),
}
LEAST_CASES = 12
LEAST_WHY = 20


def spans(item: dict[str, Any], key: str) -> tuple[Span, ...]:
    return tuple(Span(*span) for span in item.get(key, []))


def somebody(name: str | None, prefix: str) -> str | None:
    """An entity's id on one side: predicted ids are never the gold ones."""
    return name if name in (None, "author") else f"{prefix}{name}"


def clusters(items: list[Any], prefix: str) -> Document:
    """Entities from lists of n, each the mention [10n, 10n + 5), or with a type."""
    entities = []
    for i, item in enumerate(items):
        cluster = (
            item if isinstance(item, dict) else {"type": "PERSON"} | {"mentions": item}
        )
        mentions = tuple(Mention(10 * n, 10 * n + 5, "x") for n in cluster["mentions"])
        entities.append(Entity(f"{prefix}e{i}", cluster["type"], None, mentions))
    return document(entities=tuple(entities))


def quotes(items: list[dict[str, Any]], prefix: str) -> Document:
    found = tuple(
        Quote(
            id=f"q{i}",
            type=item.get("type", "direct"),
            content=spans(item, "content"),
            cue=spans(item, "cue"),
            source=spans(item, "source"),
            speaker=somebody(item.get("speaker"), prefix),
            parent="q0" if item.get("parent") else None,
            fidelity=item.get("fidelity"),
        )
        for i, item in enumerate(items)
    )
    return document(entities=people(prefix), quotes=found)


def claims(case: dict[str, Any], side: str) -> Document:
    """Claims of one side; only a predicted one may have a score."""
    prefix = "" if side == "gold" else "p-"
    make = Claim if side == "gold" else PredictedClaim
    found = []
    for i, item in enumerate(case[side]):
        score = {k: item[k] for k in item if k == "check_worthy_score"}
        found.append(
            make(
                id=item.get("id", f"c{i}"),
                text=item["text"],
                spans=spans(item, "spans"),
                claimant=somebody(item.get("claimant"), prefix),
                kind=item.get("kind", "event"),
                check_worthy=item.get("check_worthy", False),
                verdict=item.get("verdict"),
                evidence=tuple(Evidence(*place) for place in item.get("evidence", [])),
                **score,
            )
        )
    return document(
        entities=people(prefix),
        claims=tuple(found),
        sentences=spans(case, "sentences"),
    )


@pytest.mark.parametrize("case", cases("coreference"))
def test_coreference(case: dict[str, Any]) -> None:
    gold, predicted = clusters(case["gold"], ""), clusters(case["predicted"], "p-")
    assert_scores(case, "coreference", gold, predicted)


@pytest.mark.parametrize("case", cases("quotes_parts"))
def test_parts_of_quotes(case: dict[str, Any]) -> None:
    gold, predicted = quotes(case["gold"], ""), quotes(case["predicted"], "p-")
    assert_scores(case, "quotes", gold, predicted)


@pytest.mark.parametrize("case", cases("fidelity"))
def test_fidelity(case: dict[str, Any]) -> None:
    gold, predicted = quotes(case["gold"], ""), quotes(case["predicted"], "p-")
    assert_scores(case, "fidelity", gold, predicted)


@pytest.mark.parametrize("case", cases("claims_ranking"))
def test_ranking_of_claims(case: dict[str, Any]) -> None:
    assert_scores(case, "claims", claims(case, "gold"), claims(case, "predicted"))


@pytest.mark.parametrize("case", cases("verification"))
def test_verification(case: dict[str, Any]) -> None:
    assert_scores(case, "verification", claims(case, "gold"), claims(case, "predicted"))


@pytest.mark.parametrize(("task", "files"), FILES.items(), ids=FILES)
def test_each_task_has_cases_with_their_arithmetic(
    task: str, files: tuple[str, ...]
) -> None:
    table: list[dict[str, Any]] = [
        parameter.values[0] for name in files for parameter in cases(name)
    ]
    assert len(table) >= LEAST_CASES, task
    assert [c["name"] for c in table if len(c["why"]) < LEAST_WHY] == []
