"""Our JavaScript modules as one script: a page that opens from disk can load no module files.

A module is an ES module in the folder `scripts/`. It imports with `import { a, b } from "./other.js";` on one line, and
exports functions, classes and constants where they are declared, so that an editor and a browser read it as it is. Here each
becomes a function of its own that gives what it exports.
"""

from __future__ import annotations

import functools
import re
from graphlib import TopologicalSorter
from importlib import resources

_IMPORT = re.compile(r'^import \{ ([\w, ]+) \} from "\./(\w+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function|class|const) (\w+)", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b.*$", re.MULTILINE)


@functools.cache
def script_of(module: str) -> str:
    """Give a module and all that it imports as one script, each after what it needs.

    Raises
    ------
    ValueError
        If a module imports or exports in another way than told above.
    """
    needed: dict[str, list[str]] = {}
    _collect(module, needed)
    return '"use strict";\n' + "".join(_wrapped(name) for name in TopologicalSorter(needed).static_order())


def _collect(module: str, needed: dict[str, list[str]]) -> None:
    """Find what a module needs, and what that needs."""
    if module not in needed:
        needed[module] = [other for _, other in _IMPORT.findall(_source(module))]
        for other in needed[module]:
            _collect(other, needed)


def _source(module: str) -> str:
    return resources.files("simulation.reports").joinpath(f"scripts/{module}.js").read_text(encoding="utf-8")


def _wrapped(module: str) -> str:
    """Give a module as a function that is run at once."""
    source = _source(module)
    exported = [name for _, name in _EXPORT.findall(source)]
    body = _EXPORT.sub(r"\1 \2", _IMPORT.sub(r"const { \1 } = \2Module;", source))
    left = _OTHER.search(body)
    if left:
        message = f"{module}.js: {left[0]!r} is no import or export that can be put into one script"
        raise ValueError(message)
    return f"const {module}Module = (() => {{\n{body}return {{ {', '.join(exported)} }};\n}})();\n"
