"""The text of a file that may be anything: missing, a folder, far too large, or no text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.errors import Problem, ScenarioError

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_FILE = 1_000_000
"""Bytes that a file may have."""


def read_text(path: Path, name: str, kind: str, missing: str) -> str:
    """Read a file as text.

    Parameters
    ----------
    path
        Where it is.
    name
        What to call it in messages.
    kind
        What it should be, for example `scenario`.
    missing
        What to say where there is no such file.

    Raises
    ------
    ScenarioError
        If it cannot be read as text in UTF-8 of at most `LARGEST_FILE` bytes.
    """
    try:
        problem = _not_a_file(path, missing)
        if problem:
            raise ScenarioError(Problem(problem, name))
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ScenarioError(Problem(f"the file cannot be read: {reason}", name)) from None
    if len(content) > LARGEST_FILE:
        raise ScenarioError(Problem(f"the file is larger than {LARGEST_FILE // 1_000_000} MB, which no {kind} is", name))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ScenarioError(Problem("this is not text in UTF-8; is it a YAML file, and saved as UTF-8?", name, line)) from None


def _not_a_file(path: Path, missing: str) -> str:
    """Say why there is no file to read at `path`, or nothing."""
    if path.is_file():
        return ""
    if path.is_dir():
        return "this is a folder; name a file in it"
    return "this is not an ordinary file" if path.exists() else missing
