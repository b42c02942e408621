"""What must hold for every metric of every task, over documents nobody thought of."""

from __future__ import annotations

import itertools
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.document import (
    Document,
    Entity,
    Evidence,
    Mention,
    PredictedClaim,
    Quote,
    Span,
)
from onrecord.evaluation import Report, evaluate
from onrecord.scorers import SCORERS, entities, fidelity, verification
from onrecord.scorers.align import align, align_most
from onrecord.scorers.similarity import iou, length, shared

TEXT = "Ana Ruiz said 3 of 30 ferries did not sail on Monday, and Bo Lind left. " * 2
SPANS = st.tuples(st.integers(0, 60), st.integers(1, 20)).map(
    lambda pair: Span(pair[0], pair[0] + pair[1])
)
SPAN_LISTS = st.lists(SPANS, min_size=1, max_size=3).map(lambda s: tuple(sorted(s)))
SPEAKERS = st.sampled_from(["e0", "e1", None])
MENTIONS = st.builds(
    lambda span, form: Mention(span.start, span.end, TEXT[span.start : span.end], form),
    SPANS,
    st.sampled_from(["name", "nominal", "pronoun"]),
)
ENTITIES = st.lists(
    st.tuples(
        st.sampled_from(["PERSON", "ORG", "DATE"]),
        st.lists(MENTIONS, min_size=1, max_size=3),
    ),
    min_size=2,
    max_size=4,
).map(
    lambda items: tuple(
        Entity(f"e{i}", kind, f"name {i}", tuple(mentions))
        for i, (kind, mentions) in enumerate(items)
    )
)
PARTS = st.one_of(st.just(()), SPAN_LISTS)
FIDELITIES = st.sampled_from([None, *fidelity.LABELS])
QUOTES = st.lists(
    st.builds(
        Quote,
        st.just("q"),
        st.sampled_from(["direct", "indirect", "mixed"]),
        SPAN_LISTS,
        cue=PARTS,
        source=PARTS,
        speaker=SPEAKERS,
        parent=st.sampled_from([None, "q0"]),
        fidelity=FIDELITIES,
    ),
    max_size=5,
)
EVIDENCE = st.lists(
    SPANS.map(lambda span: Evidence("s/r", span.start, span.end)), max_size=2
).map(tuple)
VERDICTS = st.sampled_from(verification.LABELS)
CLAIMS = st.lists(
    st.builds(
        PredictedClaim,
        st.just("c"),
        st.sampled_from(
            ["Ana left.", "3 ferries left.", "30 ferries left.", "Ana did not leave."]
        ),
        SPAN_LISTS,
        st.sampled_from(["e0", "e1", "author", None]),
        kind=st.sampled_from(["event", "state"]),
        check_worthy=st.booleans(),
        check_worthy_score=st.sampled_from([None, 0.25, 0.5]),
        verdict=VERDICTS,
        evidence=EVIDENCE,
    ),
    max_size=5,
)


def _numbered(items: list[Any], prefix: str) -> tuple[Any, ...]:
    return tuple(
        msgspec.structs.replace(item, id=f"{prefix}{i}") for i, item in enumerate(items)
    )


def _verdicts(claims: list[PredictedClaim], judged: bool) -> list[PredictedClaim]:
    """As in gold: a story has a record, and all its claims a verdict, or none has."""
    found = []
    for claim in claims:
        verdict = claim.verdict if judged else None
        shown = verdict in ("supported", "refuted")
        evidence = claim.evidence if shown else ()
        changed = msgspec.structs.replace(claim, verdict=verdict, evidence=evidence)
        found.append(changed)
    return found


DOCUMENTS = st.builds(
    lambda entities, quotes, claims, judged: Document(
        "s/d",
        "s",
        "article",
        TEXT,
        entities=entities,
        quotes=_numbered(quotes, "q"),
        claims=_numbered(_verdicts(claims, judged), "c"),
    ),
    ENTITIES,
    QUOTES,
    CLAIMS,
    st.booleans(),
)


def score(gold: Document, predicted: Document) -> Report:
    return evaluate([gold], {predicted.id: predicted}, list(SCORERS), "strict")


def rows(report: Report) -> dict[tuple[str, ...], dict[str, float | None]]:
    found = {}
    for task, result in report.tasks.items():
        for name, metrics in {"": result.metrics, **result.slices}.items():
            for metric, row in metrics.items():
                found[task, name, metric] = row
    return found


@given(DOCUMENTS)
def test_a_perfect_system_scores_one_wherever_there_is_something(
    gold: Document,
) -> None:
    unranked = tuple(
        msgspec.structs.replace(claim, check_worthy_score=None) for claim in gold.claims
    )
    perfect = msgspec.structs.replace(gold, claims=unranked)
    for key, row in rows(score(perfect, perfect)).items():
        for name in ("precision", "recall", "f1", "value"):
            assert row.get(name, 1.0) in (1.0, None), (key, name, row)
        if row.get("gold"):
            assert row.get("f1", row.get("value")) == 1.0, (key, row)


@given(DOCUMENTS, DOCUMENTS, st.randoms(use_true_random=False))
def test_the_order_of_items_changes_nothing(
    gold: Document, predicted: Document, random: Any
) -> None:
    def shuffled(document: Document) -> Document:
        layers = {}
        for name in ("entities", "quotes", "claims"):
            items = list(getattr(document, name))
            random.shuffle(items)
            layers[name] = tuple(items)
        return msgspec.structs.replace(document, **layers)

    before = rows(score(gold, predicted))
    assert rows(score(shuffled(gold), shuffled(predicted))) == before


@given(DOCUMENTS, DOCUMENTS)
def test_swapping_gold_and_prediction_swaps_precision_and_recall(
    gold: Document, predicted: Document
) -> None:
    there, back = rows(score(gold, predicted)), rows(score(predicted, gold))
    for (task, name, metric), row in there.items():
        # Where equal overlaps leave a choice of pairs, a slice may be cut otherwise; and
        # fidelity and verification judge only what gold bears a label for.
        judged = task in ("fidelity", "verification")
        if judged or "value" in row or (name and task != "entities"):
            continue
        other = back[task, name, metric]
        assert row["precision"] == other["recall"], (task, name, metric)
        assert row["recall"] == other["precision"], (task, name, metric)


@given(DOCUMENTS, st.randoms(use_true_random=False))
def test_swapped_labels_swap_precision_and_recall(gold: Document, random: Any) -> None:
    """Fidelity and verdicts: two labellings of the same, fully labelled items."""

    def labelled() -> Document:
        quotes, claims = [], []
        for i, quote in enumerate(gold.quotes):
            place = (Span(i, i + 1),)  # apart, so that each is matched to itself
            label = random.choice(fidelity.LABELS)
            quotes.append(msgspec.structs.replace(quote, content=place, fidelity=label))
        for claim in gold.claims:
            verdict = random.choice(verification.LABELS)
            shown = (Evidence("s/r", 0, random.randint(1, 9)),)
            evidence = () if verdict == "not_enough_evidence" else shown
            claims.append(
                msgspec.structs.replace(claim, verdict=verdict, evidence=evidence)
            )
        return msgspec.structs.replace(gold, quotes=tuple(quotes), claims=tuple(claims))

    one, other = labelled(), labelled()
    there, back = rows(score(one, other)), rows(score(other, one))
    for (task, name, metric), row in there.items():
        if metric.startswith("label=") and not name:
            assert row["precision"] == back[task, name, metric]["recall"], metric
            assert row["recall"] == back[task, name, metric]["precision"], metric
        elif metric in ("accuracy", "joint") and task == "verification" and not name:
            assert row["value"] == back[task, name, metric]["value"], metric


@given(DOCUMENTS, DOCUMENTS)
def test_bounds_and_identities(gold: Document, predicted: Document) -> None:
    found = rows(score(gold, predicted))
    for row in found.values():
        for name in ("precision", "recall", "f1", "value"):
            value = row.get(name)
            assert value is None or 0 <= value <= 1
    for task, smaller, larger in (
        ("entities", "strict", "exact"),
        ("entities", "strict", "type"),
        ("entities", "exact", "partial"),
        ("entities", "soft", "type"),
        ("quotes", "attributed", "iou50"),
        ("quotes", "iou80", "iou50"),
        ("quotes", "exact", "iou80"),
        ("claims", "attributed", "match"),
    ):
        less, more = found[task, "", smaller], found[task, "", larger]
        assert less["matched"] <= more["matched"], (task, smaller, larger)


ONE_TO_ONE = [
    *(("entities", name) for name in ("strict", "exact", "type", "partial", "soft")),
    *(("quotes", name) for name in ("iou50", "iou80", "exact", "attributed")),
    *(("claims", name) for name in ("match", "attributed", "sentence")),
    *(("coreference", name) for name in ("mention", "ceafm", "ceafe")),
    ("verification", "end_to_end"),
]


@given(DOCUMENTS, DOCUMENTS)
def test_repeating_a_prediction_never_helps(
    gold: Document, predicted: Document
) -> None:
    more = msgspec.structs.replace(
        predicted,
        quotes=(*predicted.quotes, *_numbered(list(predicted.quotes), "r")),
        claims=(*predicted.claims, *_numbered(list(predicted.claims), "d")),
    )
    found = rows(score(gold, more))
    for task, metric in ONE_TO_ONE:
        row = found[task, "", metric]
        assert row["matched"] <= min(row["gold"], row["predicted"]), (task, metric)
    # Every gold item found twice: half of the predictions are spurious.
    perfect = rows(score(predicted, more))
    for task, metric in (("quotes", "exact"), ("claims", "match")):
        row = perfect[task, "", metric]
        assert row["recall"] == (1.0 if row["gold"] else None)
        assert row["precision"] == (0.5 if row["gold"] else None)


EDGES = st.dictionaries(
    st.tuples(st.integers(0, 3), st.integers(0, 3)),
    st.sampled_from([0.5, 0.6, 0.75, 1.0]),
    max_size=9,
)


def pairings(edges: dict[tuple[int, int], float]) -> list[tuple[int, float]]:
    """Every one-to-one pairing, by trying all of them: (pairs, total similarity)."""
    found = [(0, 0.0)]
    for size in range(1, 5):
        for chosen in itertools.combinations(edges.items(), size):
            golds = {pair[0] for pair, _ in chosen}
            predictions = {pair[1] for pair, _ in chosen}
            if len(golds) == len(predictions) == size:
                found.append((size, round(sum(w for _, w in chosen), 9)))
    return found


@given(ENTITIES, ENTITIES)
def test_shortcuts_of_entities_change_nothing(
    ours: tuple[Entity, ...], theirs: tuple[Entity, ...]
) -> None:
    """The laxer schemas against every pairing of every overlap, nested or not."""

    def names(side: tuple[Entity, ...]) -> list[tuple[Span, str]]:
        found = [(m.span, e.type) for e in side for m in e.mentions if m.form == "name"]
        return found[:4]

    def document(items: list[tuple[Span, str]]) -> Document:
        entities = tuple(
            Entity(f"e{i}", kind, None, (Mention(span.start, span.end, "x"),))
            for i, (span, kind) in enumerate(items)
        )
        return Document("s/d", "s", "article", TEXT, entities=entities)

    left, right = names(ours), names(theirs)
    overlap = {
        (i, j): value
        for i, (a, _) in enumerate(left)
        for j, (b, _) in enumerate(right)
        if (value := iou((a,), (b,)))
    }
    typed = {k: v for k, v in overlap.items() if left[k[0]][1] == right[k[1]][1]}
    halves = {k: 1.0 if v == 1 else 0.5 for k, v in overlap.items()}
    counts = entities.count(document(left), document(right))
    found = {m: counts[m, ""].correct for m in ("type", "partial", "soft")}
    assert found["type"] == max(pairings(typed))[0]
    assert found["partial"] == max(total for _, total in pairings(halves))
    assert found["soft"] == pytest.approx(max(total for _, total in pairings(typed)))


@given(EDGES)
def test_align_is_optimal(edges: dict[tuple[int, int], float]) -> None:
    given_edges = [(i, j, weight) for (i, j), weight in edges.items()]
    for function, best in (
        (align_most, max(pairings(edges))),
        (align, max(pairings(edges), key=lambda found: found[1])),
    ):
        pairs = function(given_edges)
        assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
        total = round(sum(edges[p] for p in pairs), 9)
        assert total == best[1]
        assert function is align or len(pairs) == best[0]


@given(EDGES)
def test_dividing_into_components_changes_nothing(
    edges: dict[tuple[int, int], float],
) -> None:
    items = [(i, j, weight) for (i, j), weight in edges.items()]
    whole = [sum(edges[p] for p in f(items)) for f in (align, align_most)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("onrecord.scorers.align._SMALL", 0)
        divided = [f(items) for f in (align, align_most)]
    for pairs, total in zip(divided, whole, strict=True):
        assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
        assert sum(edges[p] for p in pairs) == pytest.approx(total)


@given(EDGES, st.randoms(use_true_random=False))
def test_align_does_not_depend_on_the_order(edges: Any, random: Any) -> None:
    items = [(i, j, weight) for (i, j), weight in edges.items()]
    before = align(items), align_most(items)
    random.shuffle(items)
    assert (align(items), align_most(items)) == before


@given(SPAN_LISTS, SPAN_LISTS)
@settings(max_examples=300)
def test_overlap_is_that_of_character_sets(
    a: tuple[Span, ...], b: tuple[Span, ...]
) -> None:
    left = {i for span in a for i in range(span.start, span.end)}
    right = {i for span in b for i in range(span.start, span.end)}
    assert length(a) == len(left)
    assert shared(a, b) == len(left & right)
    assert iou(a, b) == len(left & right) / len(left | right)
    assert iou(a, b) == iou(b, a)
