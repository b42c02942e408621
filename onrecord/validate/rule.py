"""What a rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from onrecord.document import Document
from onrecord.findings import Finding

Story = Mapping[str, Document]
Rule = Callable[[Document, Story], Iterator[Finding]]


def evidence_fault(needed: bool) -> str:
    """What to say where evidence is missing, or stands where none can be."""
    return "needs evidence in the record" if needed else "has no evidence; remove it"
