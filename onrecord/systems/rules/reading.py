"""A text as the rules read it: tokens with places, sentences, and lists of words to look up."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from onrecord.document import Document, Section, Span
from onrecord.seeds import split_sentences

from .lexicon import words

# One alternative for every kind of token; none can match the same text in two ways, so that
# reading is linear whatever the text.
_TOKEN = re.compile(
    r"(?P<initials>[ap]\.m\.|[A-Z]\.(?:[A-Za-z]\.)*(?!\w))"
    r"|(?P<number>\d[\d,.]*\d|\d)(?P<tail>[^\W\d_]+)?"
    r"|(?P<word>\w+(?:[’'‑-](?![A-Z]\.[A-Z]\.)\w+)*)"
    r"|(?P<run>\.{2,}|-{2,})"
    r"|(?P<other>\S)"
)
_CLITIC = re.compile(r"(?i)(.+?)([’'](?:s|ll|ve|re|d|m))")
_MAY_BE_LAST = frozenset({"inc", "ltd", "co", "corp", "jr", "sr", "no"})


class Token(NamedTuple):
    """A word, number or mark with its place."""

    start: int
    end: int
    text: str
    low: str
    kind: str
    """``word``, ``number``, ``clitic`` or ``other``."""

    @property
    def is_capital(self) -> bool:
        """Whether it is a word that begins with a capital letter."""
        return self.kind == "word" and self.text[0].isupper()


@dataclass(frozen=True)
class Reading:
    """The tokens of a text and where its lines and sentences begin and end, in tokens."""

    text: str
    tokens: tuple[Token, ...]
    lines: tuple[tuple[int, int], ...]
    sentences: tuple[tuple[int, int], ...]
    """Our own, quotation marks disregarded: never across a line, no gaps."""
    sections: tuple[Section, ...] = ()
    starts: tuple[int, ...] = field(repr=False, default=())
    sentence_of: tuple[int, ...] = field(repr=False, default=())
    """Token → index of its sentence."""

    def at(self, offset: int) -> int:
        """The first token that begins at or after ``offset``."""
        return bisect_left(self.starts, offset)

    def span(self, first: int, last: int) -> Span:
        """The place of the tokens ``[first, last)``, of which there is at least one."""
        return Span(self.tokens[first].start, self.tokens[last - 1].end)

    def low(self, index: int) -> str:
        """The token's lower-case text; empty beyond the ends."""
        return self.tokens[index].low if 0 <= index < len(self.tokens) else ""

    def words(self, first: int, last: int) -> str:
        """The text of the tokens ``[first, last)``."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end]

    def spaced(self, index: int) -> bool:
        """Whether white space stands before the token."""
        return index == 0 or self.tokens[index - 1].end < self.tokens[index].start

    def kind_of_section(self, offset: int) -> str:
        """The kind of the section at ``offset``; ``body`` where there is none."""
        for section in self.sections:
            if section.start <= offset < section.end:
                return section.kind
        return "body"


def prepare(document: Document) -> Document:
    """The document with sections and sentences, computed where it has none."""
    from msgspec.structs import replace

    text = document.text
    body = Span(len(text) - len(text.lstrip()), len(text.rstrip()))
    if not document.sections and body.start < body.end:
        document = replace(document, sections=(Section("body", body.start, body.end),))
    if not document.sentences:
        document = replace(document, sentences=split_sentences(text))
    return document


def read(document: Document) -> Reading:
    """The reading of a document that has its sections."""
    text = document.text
    tokens: list[Token] = []
    lines: list[tuple[int, int]] = []
    at = 0
    for line in text.split("\n"):
        first = len(tokens)
        tokens += _tokens(line, at)
        if len(tokens) > first:
            lines.append((first, len(tokens)))
        at += len(line) + 1
    sentences = [part for line in lines for part in _sentences(tokens, *line)]
    owner = [i for i, (a, b) in enumerate(sentences) for _ in range(a, b)]
    return Reading(
        text,
        tuple(tokens),
        tuple(lines),
        tuple(sentences),
        document.sections,
        tuple(token.start for token in tokens),
        tuple(owner),
    )


def _tokens(line: str, at: int) -> list[Token]:
    found: list[Token] = []
    for match in _TOKEN.finditer(line):
        start, end, word = match.start(), match.end(), match[0]
        kind = str(match.lastgroup)
        if (
            kind == "word"
            and _is_abbreviated(word.lower(), line, end)
            and line[end : end + 1] == "."
        ):
            end += 1
            word += "."
        elif kind == "other" and word == "." and found and found[-1].end == at + end:
            continue  # the full stop already taken into an abbreviation
        clitic = _CLITIC.fullmatch(word) if kind == "word" else None
        if clitic:
            middle = start + len(clitic[1])
            found.append(_token(at + start, at + middle, clitic[1], "word"))
            found.append(_token(at + middle, at + end, clitic[2], "clitic"))
            continue
        named = {"initials": "word", "tail": "number", "run": "other"}.get(kind, kind)
        found.append(_token(at + start, at + end, word, named))
    return found


def _is_abbreviated(low: str, line: str, end: int) -> bool:
    """Whether the full stop after the word belongs to it; "No." does only before a number."""
    return low in words("abbreviations") and (
        low != "no" or line[end + 1 : end + 3].strip().isdigit()
    )


def _token(start: int, end: int, text: str, kind: str) -> Token:
    return Token(start, end, text, text.lower().replace("’", "'"), kind)


def _sentences(tokens: Sequence[Token], first: int, last: int) -> list[tuple[int, int]]:
    """Cuts after . ! ? and the marks that close behind them, where a new sentence can begin."""
    found: list[tuple[int, int]] = []
    begin = at = first
    while at < last:
        token = tokens[at]
        at += 1
        if not _ends(tokens, at - 1):
            continue
        while (
            at < last
            and tokens[at].text in "”’\"')]»“"
            and tokens[at].start == token.end
        ):
            token = tokens[at]
            at += 1
        if at < last and tokens[at].start > token.end and _begins(tokens, at, last):
            found.append((begin, at))
            begin = at
    if begin < last:
        found.append((begin, last))
    return found


def _ends(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if token.text in (".", "!", "?", "…") or token.text.startswith(".."):
        return True
    # "p.m." and "Inc." may end a sentence; a title or one initial never does
    if token.kind == "word" and token.text.endswith("."):
        stem = token.low.rstrip(".")
        never = stem in words("abbreviations") and stem not in _MAY_BE_LAST
        return token.text.count(".") > 1 or not (never or len(stem) == 1)
    return False


def _begins(tokens: Sequence[Token], at: int, last: int) -> bool:
    token = tokens[at]
    while token.text in "“\"‘'(«„[—–" and at + 1 < last:
        at += 1
        token = tokens[at]
    if tokens[at - 1].kind == "word" and tokens[at - 1].text.endswith("."):
        # after an abbreviation only a word that is no name begins a sentence
        return token.low in words("common") and token.text[:1].isupper()
    return not token.text[:1].islower()
