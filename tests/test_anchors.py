from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.anchors import AnchorError, line_spans, resolve
from onrecord.document import Span
from onrecord.draft import anchors_of

from .conftest import cases


@pytest.mark.parametrize("case", cases("anchors"))
def test_anchor(case: dict[str, Any]) -> None:
    if "code" in case:
        with pytest.raises(AnchorError) as error:
            resolve(case["anchor"], case["text"])
        assert error.value.code == case["code"]
    else:
        span = resolve(case["anchor"], case["text"])
        assert case["text"][span.start : span.end] == case["expected"]
        assert span.start == case["start"]


def test_the_error_names_the_nearest_words() -> None:
    with pytest.raises(AnchorError, match="nearest: 'Sergey Lavrov'"):
        resolve("1: Sergei Lavrov", "Minister Sergey Lavrov spoke.")


def test_the_error_shows_what_to_choose_from() -> None:
    with pytest.raises(AnchorError, match=r"#1 …Ukraine first.*#2 ….*Ukraine last"):
        resolve("1: Ukraine", "Ukraine first and Ukraine last.")


WORDS = st.lists(
    st.sampled_from(["the", "Ana", "said", "“no”", "3.5", "#2", "…", "end.", "é"]),
    min_size=1,
    max_size=30,
)


@given(st.lists(WORDS, min_size=1, max_size=3), st.data())
def test_a_written_anchor_names_the_span_it_was_written_for(
    lines: list[list[str]], data: Any
) -> None:
    text = "\n".join(" ".join(line) for line in lines)
    number = data.draw(st.integers(0, len(lines) - 1))
    words = lines[number]
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    start = line_spans(text)[number].start + len(" ".join([*words[:first], ""]))
    if first == 0:
        start = line_spans(text)[number].start
    span = Span(start, start + len(" ".join(words[first : last + 1])))
    for anchor in anchors_of([span], text):
        assert resolve(anchor, text) == span
