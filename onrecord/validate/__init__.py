"""The meaning rules: what a schema cannot say. One rule, one generator of findings.

A rule sees a document and all documents of its story (id → document, itself included), so that
references across documents can be followed. ``GOLD_RULES`` judge documents and annotations;
``PREDICTION_RULES`` are those that a system's output must keep too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.document import Document
from onrecord.findings import Finding

from .claims import (
    claim_quote,
    evidence_place,
    record_bare,
    verdict_evidence,
    verdict_present,
)
from .entities import (
    entity_conflict,
    entity_mentioned,
    ids_unique,
    mention_text,
    mention_twice,
    references_resolve,
)
from .quotes import (
    parent_contains,
    parents_acyclic,
    quote_fidelity,
    quote_parts,
    quote_speaker,
)
from .rule import Rule, Story
from .text import date_real, span_edge, span_order, span_range, text_covered, text_form

PREDICTION_RULES: tuple[Rule, ...] = (ids_unique, references_resolve, parents_acyclic)
DOCUMENT_RULES: tuple[Rule, ...] = (
    *PREDICTION_RULES,
    text_form,
    span_range,
    span_order,
    span_edge,
    mention_text,
    mention_twice,
    entity_mentioned,
    parent_contains,
    quote_parts,
    quote_speaker,
    quote_fidelity,
    claim_quote,
    verdict_evidence,
    record_bare,
    text_covered,
    date_real,
)
STORY_RULES: tuple[Rule, ...] = (entity_conflict, verdict_present, evidence_place)
"""Rules that can be judged only where every document of the story is at hand."""
GOLD_RULES = (*DOCUMENT_RULES, *STORY_RULES)


def check(
    document: Document, story: Story, rules: Iterable[Rule] = GOLD_RULES
) -> Iterator[Finding]:
    """Everything that ``rules`` find in one document of a story; nothing when it is sound."""
    for rule in rules:
        yield from rule(document, story)
