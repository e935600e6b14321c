"""The numbers in the description of the model, filled in from the registry.

`docs/model.md` is written by hand, but for the paragraphs that begin with `*Numbers:*`, and the list of grades. Of the numbers
that such a paragraph names, the values are written again. Every number of the registry stands in one of them.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from textwrap import wrap
from typing import TYPE_CHECKING

from simulation.scenario.registry import GRADES, REGISTRY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulation.scenario.registry import Parameter

_OPENS = "*Numbers:* "
_NUMBERS = re.compile(rf"^{re.escape(_OPENS)}(?:.+\n)+", re.MULTILINE)
_GRADES = re.compile(rf"^- \*\*{min(GRADES)}\*\*(?:.+\n)+", re.MULTILINE)
_ASSUMED = max(GRADES)
_PLAIN = {"share", "factor", "count"}
"""Units that go without saying."""
_WIDTH = 125


def filled(page: str) -> str:
    """Write the numbers of a page again from the registry, and leave the rest as it is."""
    _check(list(chain.from_iterable(map(_names, _NUMBERS.findall(page)))))
    page = _NUMBERS.sub(lambda found: _numbers(_names(found[0])), page)
    return _GRADES.sub("\n".join(_grades()) + "\n", page)


def _names(paragraph: str) -> list[str]:
    return re.findall(r"`(\w+)`", paragraph)


def _check(names: Sequence[str]) -> None:
    """Refuse numbers that do not exist, are given twice, or not at all."""
    times = Counter(names)
    wrong = {
        "no such number": [name for name in times if name not in REGISTRY],
        "given twice": [name for name, often in times.items() if often > 1],
        "not given": [name for name in REGISTRY if name not in times],
    }
    found = "; ".join(f"{what}: {', '.join(which)}" for what, which in wrong.items() if which)
    if found:
        raise ValueError(f"docs/model.md, in its paragraphs that begin with {_OPENS.strip()}: {found}")


def _numbers(names: Sequence[str]) -> str:
    return "\n".join(_wrapped(_OPENS + ", ".join(_number(REGISTRY[name]) for name in names) + ".")) + "\n"


def _number(known: Parameter) -> str:
    unit = "" if known.unit in _PLAIN else f" {known.unit}"
    return f"`{known.name}` {known.default:g}{unit} ({known.low:g} to {known.high:g}, {known.grade})"


def _grades() -> Iterator[str]:
    """Count the numbers of each grade, and name those that are more than assumptions."""
    for grade, meaning in GRADES.items():
        names = [f"`{known.name}`" for known in REGISTRY.values() if known.grade == grade]
        named = ": all others" if grade == _ASSUMED else ": " + ", ".join(names) if names else ""
        yield from _wrapped(f"- **{grade}**, {len(names)} of {len(REGISTRY)}, {meaning}{named}.", "  ")


def _wrapped(text: str, indent: str = "") -> list[str]:
    return wrap(text, _WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
