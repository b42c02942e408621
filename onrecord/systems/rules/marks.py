"""Quotation marks: which pairs they form, which are apostrophes, how they nest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from .lexicon import words

_CLOSERS = {
    "“": "”",
    "„": "“”",
    '"': '"',
    "‘": "’'",
    "'": "'’",
    "«": "»",
    "‹": "›",
    "‚": "‘’",
}
_MARKS = frozenset("“”„\"‘’'«»‹›‚")
_SINGLE = frozenset("‘'’")
_DEEPEST = 3


class Marked(NamedTuple):
    """What stands between a pair of marks, marks included."""

    start: int
    end: int
    depth: int
    closed: bool
    """False where the mark was never closed: then it ends with its paragraph."""
    continues: bool
    """Whether it begins a paragraph that goes on with the unclosed one before."""


class Mark(NamedTuple):
    """A marked stretch in tokens ``[first, last)``, its marks included."""

    first: int
    last: int
    closed: bool = True
    continues: bool = False


class Marks(NamedTuple):
    """The marked stretches of one level, none inside another, by their ends."""

    by_first: Mapping[int, Mark]
    by_last: Mapping[int, Mark]


def index_marks(marks: Iterable[Mark]) -> Marks:
    """Marked stretches → to be looked up by either end."""
    listed = tuple(marks)
    return Marks({m.first: m for m in listed}, {m.last: m for m in listed})


@dataclass
class _Open:
    start: int
    mark: str


def find_marked(text: str) -> tuple[Marked, ...]:
    """Every marked stretch, by place; a stretch never runs over a line end."""
    found: list[Marked] = []
    at = 0
    pending = ""  # the mark that the paragraph before left open
    for line in text.split("\n"):
        if line.strip():
            marked, left_open = _in_line(line)
            resumed = bool(pending) and line.lstrip().startswith(pending)
            first = len(line) - len(line.lstrip())
            found += [
                Marked(
                    m.start + at,
                    m.end + at,
                    m.depth,
                    m.closed,
                    resumed and m.start == first,
                )
                for m in marked
            ]
            pending = left_open
        at += len(line) + 1
    return _nested(found)


def _nested(found: list[Marked]) -> tuple[Marked, ...]:
    """Depths counted anew: a mark that turned out to be an apostrophe holds nothing."""
    stack: list[Marked] = []
    kept: list[Marked] = []
    for marked in sorted(found, key=lambda m: (m.start, -m.end)):
        while stack and stack[-1].end <= marked.start:
            stack.pop()
        marked = marked._replace(depth=len(stack))
        stack.append(marked)
        kept.append(marked)
    return tuple(kept)


def _in_line(line: str) -> tuple[list[Marked], str]:
    """The marked stretches of one line, and the mark that is still open at its end."""
    found: list[Marked] = []
    stack: list[_Open] = []
    later = _later_closers(line)
    for i, char in enumerate(line):
        if char not in _MARKS:
            continue
        level = _closes(line, i, stack, later)
        if level is not None:
            opened = stack[level]
            del stack[level:]
            if i > opened.start + 1:
                found.append(Marked(opened.start, i + 1, level, True, False))
        elif len(stack) < _DEEPEST and _opens(line, i, stack):
            stack.append(_Open(i, char))
    end = len(line.rstrip())
    unclosed = [o for o in stack if o.mark not in _SINGLE and o.start + 1 < end]
    if not unclosed:
        return found, ""
    first = unclosed[0]
    kept = [m for m in found if m.end <= first.start or m.start > first.start]
    kept.append(Marked(first.start, end, 0, False, False))
    return kept, first.mark


def _later_closers(line: str) -> list[bool]:
    """For each place: does a single closing mark that is no apostrophe stand later on?"""
    found = [False] * (len(line) + 1)
    for i in range(len(line) - 1, -1, -1):
        found[i] = found[i + 1]
        if line[i] == "‘":
            found[i] = False
        elif line[i] in "’'" and _could_close(line, i):
            found[i] = True
    return found


def _could_close(line: str, i: int) -> bool:
    before, after = line[i - 1 : i] if i else "", line[i + 1 : i + 2]
    return bool(before) and not before.isspace() and not after.isalnum()


def _closes(line: str, i: int, stack: list[_Open], later: list[bool]) -> int | None:
    """The level of the stack that the mark at ``i`` closes."""
    char = line[i]
    level = next(
        (n for n in range(len(stack) - 1, -1, -1) if char in _CLOSERS[stack[n].mark]),
        None,
    )
    if level is None or char not in _SINGLE:
        if char == '"' and level is not None and _must_open(line, i):
            return None
        return level
    if not _could_close(line, i):
        return None
    before, after = line[i - 1], line[i + 1 : i + 3]
    plural = before in "sS" and after[:1] == " " and after[1:2].isalnum()
    return None if plural and later[i + 1] else level


def _must_open(line: str, i: int) -> bool:
    """A straight mark with space before it and a word after it cannot close."""
    before, after = line[i - 1 : i] if i else " ", line[i + 1 : i + 2]
    return before.isspace() and after.isalnum() and '"' not in line[max(0, i - 1) : i]


def _opens(line: str, i: int, stack: list[_Open]) -> bool:
    char = line[i]
    before, after = line[i - 1 : i] if i else " ", line[i + 1 : i + 2]
    if char not in _CLOSERS or not after:
        return False
    if char in "«‹":
        return True  # French puts a space inside
    if after.isspace():
        return False
    if char in "“„":
        return True
    if char == '"':
        return not (before.isdigit() or (stack and stack[-1].mark == '"'))
    if before.isalnum() or not (before.isspace() or before in '([{“"‘«—–-:,/'):
        return False
    return not _is_clipped(line, i + 1)


def _is_clipped(line: str, at: int) -> bool:
    if line[at : at + 2].isdigit() and line[at + 2 : at + 3] in ("s", " "):
        return True
    word = line[at : at + 7].lower()
    return any(
        word.startswith(c) and not word[len(c) : len(c) + 1].isalpha()
        for c in words("clipped_words")
    )
