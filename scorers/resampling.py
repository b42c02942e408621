"""How sure a number is: cluster bootstrap and paired permutation, by story.

Documents of one story share people, words and errors, so stories, not documents, are drawn.
Both work on the sums of the stories, never on the documents again: an array of shape
(stories, metrics, 4), whose last axis is that of :class:`~onrecord.scorers.counts.Tally`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Statistic = Callable[[Array], Array]
"""Sums (…, metrics, 4) → a number for each leading index; nan where it is undefined."""

RESAMPLES = 1_000
FLIPS = 10_000
POWER = 2.8
"""(z.975 + z.80): a difference of 2.8 standard errors is found four times in five."""


def f1(sums: Array) -> Array:
    """F1 over the last axis (gold, predicted, recalled, correct); nan where both are empty."""
    gold, predicted, recalled, correct = np.moveaxis(sums, -1, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        precision = np.where(predicted > 0, correct / predicted, 0.0)
        recall = np.where(gold > 0, recalled / gold, 0.0)
        both = precision + recall
        score = np.where(both > 0, 2 * precision * recall / both, 0.0)
    return np.where((gold > 0) | (predicted > 0), score, np.nan)


def defined_mean(values: Array, axis: int) -> Array:
    """The mean along ``axis`` of what is defined; nan where nothing is."""
    defined = ~np.isnan(values)
    count = defined.sum(axis=axis)
    total = np.where(defined, values, 0.0).sum(axis=axis)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def mean_f1(sums: Array) -> Array:
    """The mean F1 of the metrics that are defined; nan where none is."""
    return defined_mean(f1(sums), axis=-1)


def resampled(stories: Array, resamples: int, seed: int) -> Array:
    """The sums of ``resamples`` corpora of stories drawn with replacement: a matrix product.

    Args:
        stories: (stories, metrics, 4).

    Returns:
        (resamples, metrics, 4).
    """
    rng, n = np.random.default_rng(seed), len(stories)
    flat = stories.reshape(n, -1)
    out = np.empty((resamples, flat.shape[1]))
    # In blocks, so that the weights of many stories never fill the memory.
    block = max(1, 4_000_000 // max(n, 1))
    for start in range(0, resamples, block):
        size = min(block, resamples - start)
        drawn = rng.integers(0, n, size=(size, n), dtype=np.int32)
        drawn += np.arange(size, dtype=np.int32)[:, None] * n
        weights = np.bincount(drawn.ravel(), minlength=size * n).reshape(size, n)
        out[start : start + size] = weights.astype(np.float64) @ flat
    return out.reshape(resamples, *stories.shape[1:])


def interval(values: Array) -> tuple[float, float] | None:
    """The 95 % percentile interval of resampled values (Efron 1979); ``None`` without any."""
    defined = values[~np.isnan(values)]
    if not len(defined):
        return None
    low, high = np.percentile(defined, [2.5, 97.5])
    return float(low), float(high)


def permutation(
    first: Array, second: Array, statistic: Statistic, flips: int = FLIPS, seed: int = 0
) -> float | None:
    """The two-sided p-value of a difference between two systems over the same stories.

    Under the null hypothesis each story's pair of results may be exchanged: all 2^n exchanges
    are tried where there are no more than ``flips``, or else that many drawn ones (Noreen 1989),
    the observed one counted among them.

    Returns:
        The share of exchanges with a difference at least as large; ``None`` where undefined.
    """
    n = len(first)
    if not n:
        return None
    if 2**n <= flips:
        signs = (np.arange(2**n)[:, None] >> np.arange(n)) & 1
    else:
        signs = np.random.default_rng(seed).integers(0, 2, size=(flips, n))
        signs[0] = 0
    gap = (second - first).reshape(n, -1)
    moved = (signs.astype(np.float64) @ gap).reshape(len(signs), *first.shape[1:])
    differences = statistic(first.sum(0) + moved) - statistic(second.sum(0) - moved)
    observed = float(statistic(first.sum(0)) - statistic(second.sum(0)))
    if np.isnan(observed):
        return None
    extreme = np.abs(np.nan_to_num(differences)) >= abs(observed) - 1e-12
    return float(extreme.mean())


def holm(p_values: Sequence[float]) -> list[float]:
    """p-values adjusted for their number (Holm 1979), in the order given."""
    order = sorted(range(len(p_values)), key=lambda i: p_values[i])
    adjusted, highest = [0.0] * len(p_values), 0.0
    for rank, i in enumerate(order):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[i]))
        adjusted[i] = highest
    return adjusted


def detectable(values: Array) -> float | None:
    """The smallest true difference found with 80 % power, from resampled differences."""
    defined = values[~np.isnan(values)]
    return float(POWER * defined.std(ddof=1)) if len(defined) > 1 else None
