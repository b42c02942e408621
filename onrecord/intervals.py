"""Intervals of headlines: story sums → arrays → resampled values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from .scorers import SCORERS
from .scorers.counts import Key, Tally
from .scorers.resampling import (
    RESAMPLES,
    Array,
    defined_mean,
    detectable,
    interval,
    mean_f1,
    resampled,
)

SEED = 0
"""Of every resampling, so that a report is the same each time it is made."""
Sums = tuple[float, float, float, float]
Stories = dict[str, dict[str, Sums]]
"""Story → metric → its sums."""


def components_of(task: str) -> tuple[str, ...]:
    """The metrics whose mean F1 is the task's headline: itself, unless it is a mean."""
    scorer = SCORERS[task]
    return scorer.means.get(scorer.headline, (scorer.headline,))


def tuple_of(tally: Tally) -> Sums:
    """A tally as the four numbers of a report."""
    return (tally.gold, tally.predicted, tally.recalled, tally.correct)


def headline_sums(task: str, stories: Mapping[str, Mapping[Key, Tally]]) -> Stories:
    """Of all sums of each story, those that the task's headline is made of."""
    return {
        story: {
            part: tuple_of(vector.get((part, ""), Tally()))
            for part in components_of(task)
        }
        for story, vector in stories.items()
    }


def array_of(task: str, stories: Sequence[Mapping[str, Sequence[float]]]) -> Array:
    """The sums of a task's headline as an array (stories, components, 4)."""
    parts = components_of(task)
    rows = [[story[part] for part in parts] for story in stories]
    return np.array(rows, dtype=np.float64).reshape(len(stories), len(parts), 4)


class Intervals:
    """The intervals of one report. All tasks are resampled by the same draws of stories."""

    def __init__(self, stories: Mapping[str, Stories]) -> None:
        """``stories``: task → story → the sums of the headline's components."""
        self._sums = {
            task: array_of(task, list(by_story.values()))
            for task, by_story in stories.items()
        }

    @cached_property
    def _values(self) -> dict[str, Array]:
        """Each headline's resampled values; nothing for fewer than two stories."""
        return {
            task: mean_f1(resampled(sums, RESAMPLES, SEED))
            for task, sums in self._sums.items()
            if len(sums) > 1
        }

    def of(self, task: str) -> tuple[float, float] | None:
        """The 95 % interval of a task's headline."""
        values = self._values.get(task)
        return None if values is None else interval(values)

    def detectable(self, task: str) -> float | None:
        """The smallest difference between two such systems found with 80 % power.

        Taken as if their results were independent: √2 times one system's spread. Paired results
        mostly vary less, so this is cautious.
        """
        values = self._values.get(task)
        return None if values is None else _scaled(detectable(values), 2**0.5)

    def score(self) -> tuple[float, float] | None:
        """The 95 % interval of the mean of the headlines."""
        if not self._values:
            return None
        values = np.stack(list(self._values.values()))
        return interval(defined_mean(values, axis=0))


def _scaled(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor
