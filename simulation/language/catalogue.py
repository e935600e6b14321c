"""Texts in Dutch and English, one TOML catalogue per language."""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LANGUAGES = ("nl", "en")


def text(language: str, key: str, /, **fields: object) -> str:
    """Give a text with its fields filled in.

    Parameters
    ----------
    language
        `nl` or `en`.
    key
        Name of the text, such as `why.answer`.
    **fields
        Values of the fields that the text names; they are put in as they are, whatever they hold.
    """
    return catalogue(language)[key].format(**fields)


def has_text(language: str, key: str) -> bool:
    """Say whether a catalogue holds a text."""
    return key in catalogue(language)


@functools.cache
def catalogue(language: str) -> Mapping[str, str]:
    """Give all texts of a language by their full names."""
    source = Path(__file__).with_name(f"{language}.toml")
    return dict(_flat(tomllib.loads(source.read_text(encoding="utf-8")), ""))


def _flat(table: Mapping[str, object], prefix: str) -> Iterator[tuple[str, str]]:
    """Give the texts of nested tables with their full names."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", str(value)
