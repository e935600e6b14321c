"""Chance as data: every draw is a pure function of (seed, purpose, who, how-many-th).

Nothing keeps state, so that adding, dropping or reordering draws changes only what depends on them. Keys are 64-bit numbers:
texts are hashed once by BLAKE2b, numbers mixed by the finaliser of SplitMix64 (Steele, Lea & Flood 2014,
doi:10.1145/2660193.2660195). The same function exists for arrays and, in plain integers, for single draws; both give the
same numbers.
"""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from simulation.elementary import exp, log, normal_quantile

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Keys = NDArray[np.uint64]
    Floats = NDArray[np.float64]

_MASK = (1 << 64) - 1
_STEP, _FIRST, _SECOND = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_UNIT = 2.0**-53
_LARGEST = 1.0 - _UNIT


@cache
def text_key(text: str) -> int:
    """Give the 64-bit key of a text, the same in every process."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")


def stream_key(seed: int, purpose: str) -> int:
    """Give the key of the stream of one purpose in one world."""
    return _mix_one(text_key(purpose), seed & _MASK)


def text_keys(texts: list[str]) -> Keys:
    """Give the keys of many texts as an array."""
    joined = b"".join(blake2b(text.encode(), digest_size=8).digest() for text in texts)
    return np.frombuffer(joined, dtype="<u8").astype(np.uint64)


def combine(first: Keys | int, second: Keys | int) -> Keys:
    """Mix two keys, or arrays of keys that broadcast, into new ones."""
    return _mix(np.atleast_1d(np.asarray(first, np.uint64)), np.atleast_1d(np.asarray(second, np.uint64)))


def combine_one(first: int, second: int) -> int:
    """Mix two single keys, as `combine` does."""
    return _mix_one(first, second & _MASK)


def uniforms(stream: Keys | int, who: Keys | int, n: Keys | NDArray[np.int64] | int = 0) -> Floats:
    """Draw numbers evenly from (0, 1), one for each (stream, who, n) after broadcasting.

    Parameters
    ----------
    stream
        From `stream_key`: seed and purpose.
    who
        Key of the actor, from `text_key` or `combine`.
    n
        The how-many-th draw of this actor for this purpose.
    """
    counter = np.atleast_1d(np.asarray(n)).astype(np.uint64)
    return _unit(_mix(combine(stream, who), counter))


def uniform(stream: int, who: int, n: int = 0) -> float:
    """Draw a single number evenly from (0, 1), the same one that `uniforms` gives."""
    return min(((_mix_one(_mix_one(stream, who), n & _MASK) >> 11) + 0.5) * _UNIT, _LARGEST)


def exponentials(stream: Keys | int, who: Keys | int, n: Keys | NDArray[np.int64] | int = 0) -> Floats:
    """Draw exponential numbers with mean 1."""
    return -log(uniforms(stream, who, n))


def exponential(stream: int, who: int, n: int = 0) -> float:
    """Draw a single exponential number with mean 1."""
    return -log(uniform(stream, who, n))


def lognormal(stream: int, who: int, n: int, median: float, sigma: float) -> float:
    """Draw a single lognormal number with the given median; `sigma` is the standard deviation of its logarithm."""
    return median * exp(sigma * normal_quantile(uniform(stream, who, n)))


def truncated_normals(share: Floats, mean: Floats, sd: Floats, low: Floats, high: Floats) -> Floats:
    """Turn even numbers into normal ones, moved to the nearest limit where they fall outside `low` to `high`."""
    return np.clip(mean + sd * normal_quantile(share), low, high)


def _mix(first: Keys, second: Keys) -> Keys:
    mixed = first ^ (second + np.uint64(_STEP))
    mixed *= np.uint64(_FIRST)
    mixed ^= mixed >> np.uint64(30)
    mixed *= np.uint64(_SECOND)
    mixed ^= mixed >> np.uint64(27)
    mixed *= np.uint64(_FIRST)
    mixed ^= mixed >> np.uint64(31)
    return mixed


def _mix_one(first: int, second: int) -> int:
    mixed = ((first ^ ((second + _STEP) & _MASK)) * _FIRST) & _MASK
    mixed = ((mixed ^ (mixed >> 30)) * _SECOND) & _MASK
    mixed = ((mixed ^ (mixed >> 27)) * _FIRST) & _MASK
    return mixed ^ (mixed >> 31)


def _unit(mixed: Keys) -> Floats:
    return np.minimum(((mixed >> np.uint64(11)).astype(np.float64) + 0.5) * _UNIT, _LARGEST)
