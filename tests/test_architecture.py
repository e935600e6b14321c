"""The rooms of the house, read from the imports themselves, and the size of what stands in them."""

from __future__ import annotations

import ast
import re
import sys
from graphlib import CycleError, TopologicalSorter
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]

# A room imports only rooms of its own row and of the rows above it.
ROWS = (
    ("errors", "units", "structure_ids", "language", "measures"),
    ("draws", "elementary"),
    ("trace",),
    ("scenario",),
    ("maps",),
    ("light",),
    ("scoring",),
    ("channels",),
    ("people",),
    ("saar",),
    ("engine",),
    ("runs",),
    ("experiments",),
    ("reports",),
    ("commands",),
    ("cli",),
)
ROW_OF = {room: row for row, rooms in enumerate(ROWS) for room in rooms}

# A heavy library lives in the rooms named here only.
LIBRARIES = {
    "astral": {"light"},
    "babel": {"language"},
    "pydantic": {"scenario"},
    "pydantic_core": {"scenario"},
    "ruamel": {"scenario"},
    "networkx": {"maps", "channels"},
    "osmium": {"maps"},
    "osmnx": {"maps"},
    "pyproj": {"maps"},
    "requests": {"maps"},
    "pandas": {"experiments"},
    "pyarrow": {"experiments"},
    "scipy": {"maps", "experiments"},
    "distributed": {"experiments"},
    "shapely": {"maps"},
    "simpy": {"channels", "people", "saar", "engine"},
    "jinja2": {"reports"},
    "markupsafe": {"reports"},
    "matplotlib": {"reports"},
    "typer": {"cli", "commands"},
    "numpy": set(ROW_OF) - {"errors", "units", "cli"},
}

SOURCES = [*sorted((ROOT / "simulation").rglob("*.py")), ROOT / "cli.py", *sorted((ROOT / "scenarios").glob("*.py"))]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
MODULES = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in SOURCES}
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in (*SOURCES, *TESTS)}


def room_of(module: str) -> str:
    """Give the room of one of our modules; the package root and the shipped scenarios are rooms of their own."""
    parts = module.split(".")
    return parts[1] if parts[0] == "simulation" and len(parts) > 1 else parts[0]


def imported(node: ast.AST) -> Iterator[str]:
    """Give the modules that an import statement names, `package.name` where that is a module of ours."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    if isinstance(node, ast.ImportFrom) and node.module:
        for alias in node.names:
            full = f"{node.module}.{alias.name}"
            yield full if full in MODULES or node.module == "simulation" else node.module


def imports(tree: ast.Module, *, with_types: bool) -> Iterator[str]:
    """Give all modules that a module imports, at its top and inside functions."""
    skipped: set[ast.AST] = set()
    for node in ast.walk(tree):
        if not with_types and isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            skipped.update(inner for statement in node.body for inner in ast.walk(statement))
        if node not in skipped:
            yield from imported(node)


def functions(paths: list[Path]) -> Iterator[tuple[Path, ast.FunctionDef]]:
    """Give every function of some files, methods and nested ones included."""
    for path in paths:
        yield from ((path, node) for node in ast.walk(TREES[path]) if isinstance(node, ast.FunctionDef))


def span(function: ast.FunctionDef) -> range:
    """Give the lines of a function."""
    return range(function.lineno, (function.end_lineno or function.lineno) + 1)


def short(path: Path) -> str:
    """Give a path as a reader writes it."""
    return path.relative_to(ROOT).as_posix()


def test_a_room_imports_only_rooms_above_it() -> None:
    wrong = []
    for module, path in MODULES.items():
        room = room_of(module)
        if room in {"simulation", "scenarios"}:
            continue
        assert room in ROW_OF, f"{module}: its room is in no row of the table"
        names = {name for name in imports(TREES[path], with_types=True) if name.split(".")[0] in {"simulation", "cli"}}
        # A module that imports its own package root makes cycles; the version alone is harmless.
        wrong += [f"{module}: {name}" for name in names if name == "simulation" or ROW_OF.get(room_of(name), 0) > ROW_OF[room]]
    assert not sorted(wrong)


def test_a_heavy_library_lives_in_its_room() -> None:
    known = {*sys.stdlib_module_names, "simulation", "scenarios", "cli"}
    wrong = []
    for module, path in MODULES.items():
        libraries = {name.split(".")[0] for name in imports(TREES[path], with_types=True)} - known
        wrong += [f"{module}: {name}" for name in libraries if room_of(module) not in LIBRARIES.get(name, set())]
    assert not sorted(wrong)


def test_no_module_imports_itself_through_others() -> None:
    graph = {
        module: {name for name in imports(TREES[path], with_types=False) if name in MODULES and name != module}
        for module, path in MODULES.items()
        if module != "simulation"
    }
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(f"import cycle: {' -> '.join(error.args[1])}")
    assert set(graph) <= set(order)


def test_every_declared_library_is_imported_and_every_import_declared() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")

    used = {name.split(".")[0] for path in SOURCES for name in imports(TREES[path], with_types=True)}
    distributions = packages_distributions()
    needed = {
        distributions[name][0].lower()
        for name in used
        if name in distributions and name not in {*sys.stdlib_module_names, "simulation", "scenarios", "cli"}
    }
    blocks = re.findall(r"^(?:dependencies|cluster) = \[(.*?)\]$", project, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 2
    declared = {re.split(r"[<>=~!]", line)[0].lower() for block in blocks for line in re.findall(r'"([^"]+)"', block)}
    # Two are parts of libraries that are declared; zoneinfo reads tzdata where a machine knows no time zones.
    assert needed - {"pydantic_core", "markupsafe"} == declared - {"tzdata"}


def test_a_file_holds_one_idea() -> None:
    lengths = {short(path): len(path.read_text(encoding="utf-8").splitlines()) for path in TREES}
    assert not {name: length for name, length in lengths.items() if length > 400}


def test_a_function_fits_on_a_screen() -> None:
    wrong = {}
    for path, function in functions(SOURCES):
        body = function.body[1:] if ast.get_docstring(function) else function.body
        length = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
        if length > 40:
            wrong[f"{short(path)}:{function.lineno} {function.name}"] = length
    assert not wrong


def test_nothing_prints_or_hashes() -> None:
    # The command line prints through Typer; hash() of a text differs from process to process.
    wrong = [
        f"{short(path)}:{node.lineno} {node.func.id}"
        for path in SOURCES
        for node in ast.walk(TREES[path])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"print", "hash", "eval", "exec"}
    ]
    allowed = {
        f"{short(path)}:{line}"
        for path, function in functions(SOURCES)
        if function.name == "__hash__"
        for line in span(function)
    }
    assert not [place for place in wrong if place.split(" ")[0] not in allowed]


def test_types_stand_in_signatures_only() -> None:
    typed = re.compile(r"^ *\w+ : \w", re.MULTILINE)
    assert not [
        f"{short(path)}:{node.lineno}"
        for path in SOURCES
        for node in ast.walk(TREES[path])
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and typed.search(ast.get_docstring(node) or "")
    ]


def test_every_test_asserts() -> None:
    asserting = re.compile(r"Assert\(|raises|warns|assert_|check_|'fail'")
    tests = [(path, function) for path, function in functions(TESTS) if function.name.startswith("test")]
    silent = [f"{short(path)}:{function.lineno}" for path, function in tests if not asserting.search(ast.dump(function))]
    assert len(tests) > 50
    assert not silent
