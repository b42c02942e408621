"""Quoted text → offsets. People and language models quote better than they count.

An anchor names a place by its line and its words::

    "4: Sergey Lavrov"          the only "Sergey Lavrov" of line 4
    "4: Ukraine #2"             the second whole-word "Ukraine" of line 4
    "4: that any … presence"    from "that any" to the first "presence" after it

Lines are those of the source file, from 1. What is not found, or found more than once, is an
error with the candidates: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz, process

from .document import Span

ELISION = " … "
_ANCHOR = re.compile(r"\s*(\d+)\s*:\s?(.*)", re.DOTALL)
_NUMBERED = re.compile(r"(.*\S)\s+#(\d+)", re.DOTALL)


class AnchorError(ValueError):
    """An anchor that names no place, or more than one; its ``code`` says which."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


def line_spans(text: str) -> list[Span]:
    """The span of each line of ``text``, without its line end; an empty last line is left out."""
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    if text.endswith("\n"):
        spans.pop()
    return spans


def resolve(anchor: str, text: str) -> Span:
    """The span that ``anchor`` names in ``text``.

    Raises:
        AnchorError: ``anchor-malformed``, ``anchor-line``, ``anchor-not-found`` or
            ``anchor-ambiguous``, with the nearest candidates in its message.
    """
    match = _ANCHOR.fullmatch(anchor)
    if not match or not match[2].strip():
        message = (
            f'{anchor!r}: write "<line>: <exact text>", such as "4: Sergey Lavrov"'
        )
        raise AnchorError("anchor-malformed", message)
    lines, number = line_spans(text), int(match[1])
    if not 1 <= number <= len(lines):
        message = f"{anchor!r}: the text has lines 1 to {len(lines)}"
        raise AnchorError("anchor-line", message)
    line = lines[number - 1]
    found = _within(match[2].strip(), text[line.start : line.end], number)
    return Span(line.start + found.start, line.start + found.end)


def _within(words: str, line: str, number: int) -> Span:
    """The place of ``words`` in one line: as they stand, then numbered, then elided."""
    numbered = None if words in line else _NUMBERED.fullmatch(words)
    words, nth = (numbered[1], int(numbered[2])) if numbered else (words, None)
    if words in line or ELISION not in words:
        places = list(occurrences(words, line))
        start = _choose(places, nth, words, line, number)
        return Span(start, start + len(words))
    head, tail = (part.strip() for part in words.split(ELISION, 1))
    start = _choose(list(occurrences(head, line)), nth, head, line, number)
    after = start + len(head)
    tails = [after + at for at in occurrences(tail, line[after:])]
    if not tails:
        message = f"line {number}: {tail!r} does not follow {head!r}"
        raise AnchorError("anchor-not-found", message + _nearest(tail, line))
    if len(tails) > 1:
        message = (
            f"line {number}: {tail!r} stands {len(tails)} times after {head!r}; "
            "end with more words"
        )
        raise AnchorError("anchor-ambiguous", message)
    return Span(start, tails[0] + len(tail))


def _choose(
    places: list[int], nth: int | None, words: str, line: str, number: int
) -> int:
    if not places:
        message = f"line {number}: {words!r} is not there" + _nearest(words, line)
        raise AnchorError("anchor-not-found", message)
    if nth is None and len(places) > 1:
        shown = "; ".join(
            f"#{i} …{line[max(0, at - 20) : at + len(words) + 20]}…"
            for i, at in enumerate(places[:8], 1)
        )
        message = (
            f"line {number}: {words!r} stands {len(places)} times, choose: {shown}"
        )
        raise AnchorError("anchor-ambiguous", message)
    if nth is not None and not 1 <= nth <= len(places):
        message = f"line {number}: there is no {words!r} #{nth}, only {len(places)}"
        raise AnchorError("anchor-not-found", message)
    return places[(nth or 1) - 1]


def occurrences(words: str, text: str) -> Iterator[int]:
    """Where ``words`` stand in ``text`` as whole words: never inside a longer word or number."""
    at = text.find(words)
    while at >= 0:
        end = at + len(words)
        joined = (words[:1].isalnum() and _in_word(text[at - 1 : at])) or (
            words[-1:].isalnum() and _in_word(text[end : end + 1])
        )
        if not joined:
            yield at
        at = text.find(words, at + 1 if joined else max(end, at + 1))


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _nearest(words: str, line: str) -> str:
    """The stretches of ``line`` most like ``words``, as a hint; typing errors are common."""
    tokens, size = list(re.finditer(r"\S+", line)), len(words.split())
    windows = {
        line[tokens[i].start() : tokens[i + size - 1].end()]
        for i in range(len(tokens) - size + 1)
    }
    best = process.extract(words, sorted(windows), scorer=fuzz.ratio, limit=2)
    close = [repr(text) for text, score, _ in best if score >= 60]
    return f"; nearest: {' or '.join(close)}" if close else ""
