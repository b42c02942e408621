"""Rules of claims: their quote, their verdict, and the evidence it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.document import Document, Evidence
from onrecord.findings import Finding, Pointer

from .quotes import overlap
from .rule import Story, evidence_fault


def claim_quote(document: Document, story: Story) -> Iterator[Finding]:
    """A claim from a quote has that quote's speaker, and shares words with its content."""
    by_id = {quote.id: quote for quote in document.quotes}
    for i, claim in enumerate(document.claims):
        quote = by_id.get(claim.quote or "")
        if quote and claim.claimant != quote.speaker:
            message = f"claimant {claim.claimant}, but {quote.id} is by {quote.speaker}"
            yield Finding("claimant-mismatch", message, ("claims", i, "claimant"))
        if quote and not overlap(claim.spans, quote.content):
            message = f"no part of it lies in the content of {quote.id}"
            yield Finding("claim-outside", message, ("claims", i, "spans"))
        if claim.claimant is None and claim.quote is None:
            message = "a claim has a claimant, or a quote without a known speaker"
            yield Finding("claimant-missing", message, ("claims", i, "claimant"))


def verdict_present(document: Document, story: Story) -> Iterator[Finding]:
    """A claim has a verdict exactly where the story has a record to judge it by."""
    has_record = any(other.kind == "record" for other in story.values())
    for i, claim in enumerate(document.claims):
        at: Pointer = ("claims", i, "verdict")
        if has_record and claim.verdict is None:
            yield Finding("verdict-missing", "the story has a record: judge it", at)
        if claim.verdict is not None and not has_record:
            message = "the story has no record to judge it by; use null"
            yield Finding("verdict-baseless", message, at)


def verdict_evidence(document: Document, story: Story) -> Iterator[Finding]:
    """Supported and refuted rest on evidence; the others have none."""
    for i, claim in enumerate(document.claims):
        needed = claim.verdict in ("supported", "refuted")
        if needed != bool(claim.evidence):
            message = f"{claim.verdict or 'null'} {evidence_fault(needed)}"
            yield Finding("verdict-evidence", message, ("claims", i, "verdict"))


def evidence_place(document: Document, story: Story) -> Iterator[Finding]:
    """Evidence lies in the text of a record of the same story."""
    items: list[tuple[Pointer, Evidence]] = [
        ((layer, i, "evidence", j), evidence)
        for layer in ("quotes", "claims")
        for i, item in enumerate(getattr(document, layer))
        for j, evidence in enumerate(item.evidence)
    ]
    for at, evidence in items:
        target = story.get(evidence.document)
        if target is None or target.kind != "record":
            message = f"{evidence.document} is not a record of this story"
            yield Finding("evidence-record", message, at)
        elif not 0 <= evidence.start < evidence.end <= len(target.text):
            message = f"[{evidence.start}, {evidence.end}) is not in {target.id}"
            yield Finding("evidence-range", message, at)


def record_bare(document: Document, story: Story) -> Iterator[Finding]:
    """A record carries no claims: it is what claims are judged by."""
    if document.kind == "record" and document.claims:
        yield Finding("record-claims", "a record carries no claims", ("claims", 0))
