"""The one JSON text of a value, so that equal traces are equal bytes."""

from __future__ import annotations

import json

import numpy as np


def canonical(value: object) -> str:
    """Give the one JSON text of a value: sorted fields, shortest floats, no spaces, no NaN; arrays become lists."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=_plain)


def _plain(value: object) -> object:
    """Turn arrays and numpy scalars, and mappings that are no dict, into what JSON knows."""
    if isinstance(value, (np.ndarray, np.generic)):
        return value.tolist()
    return dict(value)  # type: ignore[call-overload]  # anything else fails, as it should
