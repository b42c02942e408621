from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.seeds import split_sentences

PIECES = st.sampled_from(
    [
        "Mr. Lee left. ",
        "“No.” ",
        "It cost 3.5 p.m. ",
        "\n",
        "  ",
        "a",
        "1. ",
        "é…",
        "?!",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_sentences_leave_out_nothing_but_white_space(text: str) -> None:
    covered = 0
    for span in split_sentences(text):
        words = text[span.start : span.end]
        assert words == words.strip() != ""
        assert "\n" not in words
        assert text[covered : span.start].strip() == ""
        covered = span.end
    assert text[covered:].strip() == ""


def test_sentences_of_an_endless_line_are_still_sentences() -> None:
    text = "1. One two three four five. " * 10_000
    assert len(split_sentences(text)) > 10_000


def test_abbreviations_and_quotations_do_not_end_sentences() -> None:
    text = "The U.S. paid Mr. Lee $3.5m at noon. “Why? Who knows!” she asked."
    spans = split_sentences(text)
    assert [text[s.start : s.end] for s in spans] == [
        "The U.S. paid Mr. Lee $3.5m at noon.",
        "“Why? Who knows!” she asked.",
    ]
