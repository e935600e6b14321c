"""The texts of the shipped scenarios in English, for who starts a file of his own in English."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

HEADER = (
    "An evening of Boef in de Wijk. Fill in this file and check it with: boef check FILE",
    "What stands behind a hash (#) is not read. Take the hash away to use a line.",
    "Indent with spaces, never with tabs. Use invented names only.",
)


@cache
def texts() -> Mapping[str, str]:
    """Give the English texts by the Dutch ones."""
    source = Path(__file__).with_name("english.toml")
    return {row["nl"]: row["en"] for row in tomllib.loads(source.read_text(encoding="utf-8"))["text"]}
