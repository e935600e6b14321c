"""What somebody who mistyped a word probably meant."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 60


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Give ` - did you mean 'upper'?` for the known word nearest to `word`, or nothing where none is near."""
    lower = {name.lower(): name for name in known}
    near = difflib.get_close_matches(word[:_LONGEST].lower(), list(lower), n=1, cutoff=0.6)
    return f" - did you mean '{lower[near[0]]}'?" if near else ""
