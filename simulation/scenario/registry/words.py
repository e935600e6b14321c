"""The numbers of the model in the words of a reader."""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from simulation.scenario.registry import REGISTRY

if TYPE_CHECKING:
    from collections.abc import Mapping


def meaning_in(language: str, name: str, meaning: str) -> str | None:
    """Say in a language what a number means.

    Parameters
    ----------
    language
        `nl` or `en`.
    name
        Name of the number.
    meaning
        What it means, in English, as the run tells that it was played with.

    Returns
    -------
    The words; None where the language has none for this meaning, as with a number of another version.
    """
    if language == "en":
        return meaning
    known = REGISTRY.get(name)
    return _dutch()["meaning"][name] if known and known.meaning == meaning else None


def unit_in(language: str, unit: str) -> str:
    """Give a unit in a language; one that has no words there stays as it is."""
    return unit if language == "en" else _dutch()["unit"].get(unit, unit)


@functools.cache
def _dutch() -> Mapping[str, Mapping[str, str]]:
    """Give the Dutch words."""
    return tomllib.loads(Path(__file__).with_name("dutch.toml").read_text(encoding="utf-8"))
