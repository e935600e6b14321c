"""Texts of a map: cleaned of what strangers may hide in them, and kept once each in a table."""

from __future__ import annotations

import unicodedata

MAX_TEXT = 255
"""Longest text kept, characters; OpenStreetMap itself allows no more."""


def clean_text(text: str) -> str:
    """Turn a tag's value into one printable line of at most `MAX_TEXT` characters.

    Control characters, invisible format characters (which can reverse the direction of writing) and unassigned ones go; every
    kind of white space becomes a single space.
    """
    if not text.isprintable():
        spaced = "".join(" " if character.isspace() else character for character in text)
        text = "".join(character for character in spaced if unicodedata.category(character)[0] != "C")
    return " ".join(text.split())[:MAX_TEXT]


class TextTable:
    """Texts by number; equal texts share a number, and number 0 is the empty text."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {"": 0}

    def number(self, text: str) -> int:
        """Give the number of a text, adding it when it is new."""
        return self._numbers.setdefault(text, len(self._numbers))

    @property
    def texts(self) -> tuple[str, ...]:
        """All texts in the order of their numbers."""
        return tuple(self._numbers)
