"""How alike two lists of spans are, and names: by the characters they share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from onrecord.document import Span

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*|%")


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same characters in the fewest spans, in order; empty spans hold none."""
    given = [span for span in spans if span.end > span.start]
    if len(given) < 2:
        return given
    given.sort()
    out: list[Span] = []
    for span in given:
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out


def length(spans: Iterable[Span]) -> int:
    """How many characters ``spans`` cover, each once."""
    return _length(merged(spans))


def _length(apart: list[Span]) -> int:
    return sum(span.end - span.start for span in apart)


def shared(a: Iterable[Span], b: Iterable[Span]) -> int:
    """How many characters both cover. Touching spans share none."""
    return _shared(merged(a), merged(b))


def _shared(left: list[Span], right: list[Span]) -> int:
    i = j = common = 0
    while i < len(left) and j < len(right):
        start = max(left[i].start, right[j].start)
        end = min(left[i].end, right[j].end)
        common += max(0, end - start)
        if left[i].end <= right[j].end:
            i += 1
        else:
            j += 1
    return common


def iou(a: Sequence[Span], b: Sequence[Span]) -> float:
    """Intersection over union of the character sets (Jaccard 1901); 0 when both are empty."""
    left, right = merged(a), merged(b)
    common = _shared(left, right)
    return common / (_length(left) + _length(right) - common) if common else 0.0


def normalised_name(name: str) -> str:
    """A name for comparison: compatibility form, case folded, letters and digits only."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(_WORD.findall(folded))
