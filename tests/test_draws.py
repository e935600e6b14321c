"""Keyed draws: the same for one as for many, even, and independent of their neighbours."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from simulation.draws import (
    combine,
    combine_one,
    exponential,
    exponentials,
    lognormal,
    stream_key,
    text_key,
    text_keys,
    truncated_normals,
    uniform,
    uniforms,
)

KEYS = st.integers(0, 2**64 - 1)
NUMBERS = st.integers(0, 2**63 - 1)
MANY = 1 << 16
PEOPLE = text_keys([f"n{number}/{member}" for number in range(MANY // 4) for member in range(1, 5)])
SURE = 1e-6
"""A test of chance may fail in one of a million choices of key; the keys are fixed, so it fails always or never."""


@cache
def by(what: str) -> list[np.ndarray[Any, np.dtype[np.float64]]]:
    """Give some series of draws that differ in one respect only: their number, who draws, the purpose or the seed."""
    count = np.arange(MANY)
    who, stream = text_key("n2718281/1"), stream_key(1, "look")
    if what == "consecutive seeds":
        return [uniforms(np.array([stream_key(seed, "look") for seed in range(MANY // 4)], np.uint64), who)]
    return {
        "number": [uniforms(stream, who, count)],
        "person": [uniforms(stream, PEOPLE)],
        "consecutive keys": [uniforms(stream, count.astype(np.uint64))],
        "purpose": [uniforms(stream_key(1, purpose), PEOPLE) for purpose in ("look", "post")],
        "seed": [uniforms(stream_key(seed, "look"), PEOPLE) for seed in (1, 2)],
        "draw of a pair": [uniforms(stream, combine(PEOPLE, text_key(f"suspect-{number}"))) for number in (1, 2)],
    }[what]


SERIES = ("number", "person", "consecutive keys", "purpose", "seed", "consecutive seeds", "draw of a pair")


@given(KEYS, KEYS, NUMBERS)
def test_one_draw_is_the_same_as_among_many(stream: int, who: int, n: int) -> None:
    several = uniforms(np.array([stream, 1], np.uint64), np.array([who, 2], np.uint64), np.array([n, 3], np.uint64))
    assert several[0] == uniform(stream, who, n)
    assert 0.0 < several[0] < 1.0
    assert exponentials(stream, who, np.array([n]))[0] == exponential(stream, who, n)
    assert combine(stream, who).tolist() == [combine_one(stream, who)]


@given(st.lists(st.text(max_size=20), max_size=5))
def test_keys_of_texts_are_the_same_together(texts: list[str]) -> None:
    assert text_keys(texts).tolist() == [text_key(text) for text in texts]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", 0xB4B2797457A0A6E4),
        ("look", 0x853CB03314ECF54E),
        ("n2718281/1", 0x0E7C98F6A8988542),
        ("Dorpsstraat 12 é", 0x7ED43F985CA3B8CA),
    ],
)
def test_the_key_of_a_text_never_changes(text: str, key: int) -> None:
    assert text_key(text) == key


def test_the_generator_never_changes() -> None:
    # These numbers stand for every evening that anybody ever played: another generator is another version of the model.
    assert stream_key(1, "look") == 0xCC52EC3E14893C30
    assert stream_key(2**53 - 1, "check") == 0xD508AA08566B32E0
    assert combine_one(text_key("n1"), 1) == 0xC4C82867FD5928D5
    drawn = uniforms(stream_key(1, "look"), text_key("n1"), np.arange(3))
    assert drawn.tolist() == [0.31796911991079296, 0.5506743994063752, 0.7425042230279433]


@pytest.mark.parametrize(("seed", "same"), [(2**70 + 5, 5), (2**64, 0), (-1, 2**64 - 1), (-(2**63), 2**63)])
def test_seeds_count_modulo_two_to_the_sixty_fourth(seed: int, same: int) -> None:
    assert stream_key(seed, "look") == stream_key(same, "look")


def test_seeds_purposes_and_who_matter() -> None:
    keys = {stream_key(seed, purpose) for seed in range(-500, 500) for purpose in ("look", "post", "check", "mute")}
    assert len(keys) == 4000
    assert combine_one(1, 2) != combine_one(2, 1)


def test_numbers_of_draws_broadcast() -> None:
    table = uniforms(PEOPLE[:3, np.newaxis], text_key("look"), np.arange(4))
    assert table.shape == (3, 4)
    assert table[2, 3] == uniform(int(PEOPLE[2]), text_key("look"), 3)


@pytest.mark.parametrize("what", SERIES)
@pytest.mark.parametrize("bits", [1, 4, 8])
def test_draws_are_even(what: str, bits: int) -> None:
    for drawn in by(what):
        counts = np.bincount((drawn * 2**bits).astype(int), minlength=2**bits)
        assert stats.chisquare(counts).pvalue > SURE


@pytest.mark.parametrize("what", SERIES)
def test_the_low_bits_are_even(what: str) -> None:
    for drawn in by(what):
        counts = np.bincount((drawn * 2.0**52).astype(np.int64) & 255, minlength=256)
        assert stats.chisquare(counts).pvalue > SURE


@pytest.mark.parametrize("what", SERIES)
@pytest.mark.parametrize("apart", [1, 2, 4, 64])
def test_neighbours_are_independent(what: str, apart: int) -> None:
    for drawn in by(what):
        cells = (drawn[:-apart] * 16).astype(int) * 16 + (drawn[apart:] * 16).astype(int)
        assert stats.chisquare(np.bincount(cells, minlength=256)).pvalue > SURE
        correlation = np.corrcoef(drawn[:-apart], drawn[apart:])[0, 1]
        assert abs(correlation) < 5.0 / np.sqrt(len(drawn))


@pytest.mark.parametrize("what", ["purpose", "seed", "draw of a pair"])
def test_series_with_another_key_are_independent(what: str) -> None:
    one, other = by(what)
    cells = (one * 16).astype(int) * 16 + (other * 16).astype(int)
    assert stats.chisquare(np.bincount(cells, minlength=256)).pvalue > SURE
    assert abs(np.corrcoef(one, other)[0, 1]) < 5.0 / np.sqrt(MANY)


def test_keys_do_not_collide() -> None:
    pairs = combine(PEOPLE[:2000, np.newaxis], PEOPLE[np.newaxis, :200])
    assert len(np.unique(pairs)) == pairs.size


def test_exponential_draws_are_exponential() -> None:
    drawn = exponentials(stream_key(1, "look"), PEOPLE)
    assert stats.kstest(drawn, "expon").pvalue > SURE
    assert (drawn > 0.0).all()


def test_lognormal_draws_have_their_median_and_spread() -> None:
    drawn = [lognormal(stream_key(1, "talk"), text_key("n1"), n, 75.0, 0.6) for n in range(5000)]
    assert stats.kstest(np.log(drawn), stats.norm(np.log(75.0), 0.6).cdf).pvalue > SURE


def test_truncated_normals_are_moved_to_the_limits() -> None:
    share = np.array([0.001, 0.5, 0.975, 0.999])
    mean, sd, low, high = (np.full(4, value) for value in (1.34, 0.26, 0.9, 1.9))
    assert truncated_normals(share, mean, sd, low, high) == pytest.approx([0.9, 1.34, 1.34 + 0.26 * 1.959963984540054, 1.9])
