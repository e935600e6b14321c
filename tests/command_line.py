"""Runs the command line in tests: in this process, or in one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from typer.testing import CliRunner

import cli

if TYPE_CHECKING:
    from collections.abc import Callable

    from typer.testing import Result

ROOT = Path(__file__).parents[1]

SCENARIO = """\
title: A test
date: 2026-09-16
start: 19:30
seed: 5
residents: {count: 300}
players: {count: 30, know: [sex, upper]}
games:
  - name: Round
    end: 20:30
    suspects:
      - name: Red
        description: {sex: man, upper: red coat}
"""


def boef(*arguments: object) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(cli.app, [str(argument) for argument in arguments])


def environment(**extra: str) -> dict[str, str]:
    """Give an environment in which this checkout is found from any folder."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **extra}


def start(*arguments: object, cwd: Path, prepare: Callable[[], None] | None = None, **extra: str) -> subprocess.Popen[bytes]:
    """Start a command in a process of its own, with further environment variables, after `prepare` was called there."""
    command = [sys.executable, "-m", "cli", *map(str, arguments)]
    return subprocess.Popen(
        command,
        cwd=cwd,
        env=environment(**extra),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=prepare,  # noqa: PLW1509 - no threads here
    )
