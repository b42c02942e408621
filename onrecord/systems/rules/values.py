"""Values: dates, times, percentages, money, quantities, ordinals and counts, by patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from .lexicon import pattern_data, words


class Value(NamedTuple):
    """A value mention."""

    start: int
    end: int
    type: str


def _any(listed: Iterable[str]) -> str:
    """An alternation, longest first, so that "seventeen" is not read as "seven"."""
    return "|".join(re.escape(w) for w in sorted(listed, key=lambda w: (-len(w), w)))


def _lists() -> dict[str, str]:
    """The word lists that patterns may name, as alternations."""
    tens, units = words("number_tens"), words("number_units")
    months = frozenset(m for m in words("months") if len(m) > 3 or m == "may")
    # "march" and "may" alone are verbs; "Sept" and "Oct." come with a day
    lone = (m for m in months if m[-1] != "." and m not in ("march", "may", "sept"))
    return {
        "tens": _any(tens),
        "units": _any(units),
        "small": _any(units | words("number_teens") | tens),
        "ordinal": _any(words("ordinals")),
        "month": _any(months),
        "lone_month": _any(lone),
        "day": _any(words("weekdays")),
        "currency": _any(words("currencies")),
        # "pounds" is money unless something is weighed, which the words seldom tell
        "unit": _any(words("length_units") - {"pounds", "stone"}),
    }


@lru_cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Type → pattern, in the order in which they claim text."""
    data = pattern_data()
    parts = _lists()
    for name, pattern in data["parts"].items():
        parts[name] = _filled(pattern, parts)
    found = []
    for kind, alternatives in data["patterns"].items():
        listed = "|".join(_filled(pattern, parts) for pattern in alternatives)
        counted = kind in ("CARDINAL", "QUANTITY")
        whole = rf"(?<![\w.,$£€-])(?:{listed})(?!\w)" if counted else ""
        found.append((kind, re.compile(whole or rf"(?<![\w$£€])(?:{listed})", re.I)))
    return tuple(found)


def _filled(pattern: str, parts: Mapping[str, str]) -> str:
    return re.sub(r"<([a-z_]+)>", lambda m: parts[m[1]], pattern)


def find_values(text: str) -> tuple[Value, ...]:
    """The values of a text, by place; none overlaps another."""
    taken = bytearray(len(text) + 1)
    found: list[Value] = []
    for kind, pattern in _patterns():
        for match in pattern.finditer(text):
            shown = match[0].rstrip()
            start, end = match.start(), match.start() + len(shown)
            if (
                start == end
                or any(taken[start:end])
                or not _counts(kind, shown, text, end)
            ):
                continue
            taken[start:end] = b"\1" * (end - start)
            found.append(Value(start, end, "CARDINAL" if kind == "FRACTION" else kind))
    return tuple(sorted(found))


def _counts(kind: str, found: str, text: str, end: int) -> bool:
    """Leaves out words that only look like values."""
    low = found.lower()
    if kind == "DATE":
        verb = low == found and low.split()[-1] in words("months")  # "may", "march"
        return not verb and low not in ("fall", "a second", "that day", "one day")
    if kind == "TIME":
        return low not in ("a second", "a minute")
    if low == "one":
        # it counts in "one of" and "one in", seldom elsewhere
        return text[end : end + 4].strip().startswith(("of", "in"))
    return True


def overlapping(
    values: tuple[Value, ...], spans: Iterator[tuple[int, int]]
) -> set[int]:
    """The indices of the values that share a character with a span; both by place."""
    found: set[int] = set()
    at = 0
    for start, end in spans:
        while at < len(values) and values[at].end <= start:
            at += 1
        i = at
        while i < len(values) and values[i].start < end:
            found.add(i)
            i += 1
    return found
