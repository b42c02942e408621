"""How alike two spans, or two statements, are: numbers in [0, 1]."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from onrecord.document import Span

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*|%")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_NEGATORS = frozenset(
    "not no never none nobody nothing neither nor without cannot nowhere".split()
)
_NUMBER_WORDS = {
    word: str(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen "
        "fourteen fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
} | {
    word: str(10 * value)
    for value, word in enumerate(
        "thirty forty fifty sixty seventy eighty ninety".split(), 3
    )
}


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same characters in the fewest spans, in order; empty spans hold none."""
    out: list[Span] = []
    for span in sorted(s for s in spans if s.end > s.start):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out


def length(spans: Iterable[Span]) -> int:
    """How many characters ``spans`` cover, each once."""
    return sum(span.end - span.start for span in merged(spans))


def shared(a: Iterable[Span], b: Iterable[Span]) -> int:
    """How many characters both cover. Touching spans share none."""
    left, right = merged(a), merged(b)
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
    common = shared(a, b)
    return common / (length(a) + length(b) - common) if common else 0.0


def normalised_name(name: str) -> str:
    """A name for comparison: compatibility form, case folded, letters and digits only."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(_WORD.findall(folded))


@lru_cache(maxsize=65536)
def _facts(text: str) -> tuple[str, frozenset[str], int]:
    """A statement's words in order, its numbers, and how often it negates."""
    words = _WORD.findall(text.casefold().replace("’", "'"))
    negations = sum(word in _NEGATORS or word.endswith("n't") for word in words)
    return " ".join(words), numbers(text), negations


def numbers(text: str) -> frozenset[str]:
    """The numbers of a text, as digits; number words up to ninety are read too."""
    words = (_NUMBER_WORDS.get(word.casefold()) for word in _WORD.findall(text))
    digits = (n.rstrip(".,:").replace(",", "") for n in _NUMBER.findall(text))
    return frozenset(digits) | frozenset(word for word in words if word)


def same_polarity(a: str, b: str) -> bool:
    """Whether both statements affirm or both deny: an even or odd number of negations."""
    return _facts(a)[2] % 2 == _facts(b)[2] % 2


def statement_similarity(a: str, b: str) -> float:
    """How alike two statements' words are, whatever their order; 0 when they must differ.

    The normalised indel similarity of the sorted words (rapidfuzz ``token_sort_ratio``), but 0
    when the numbers are not the same or one denies what the other affirms: such statements
    read alike and say different things.
    """
    if numbers(a) != numbers(b) or not same_polarity(a, b):
        return 0.0
    left, right = _facts(a)[0], _facts(b)[0]
    return float(fuzz.token_sort_ratio(left, right)) / 100 if left and right else 0.0
