"""What becomes of a command that fails: a few lines on standard error, and an exit code."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand

from simulation.errors import BoefError, InputError, InternalError

_UNREADABLE = (errno.ENOENT, errno.EISDIR, errno.ENOTDIR, errno.EACCES, errno.ENAMETOOLONG, errno.ELOOP)
_BROKEN_WORLD, _INTERRUPTED = 3, 130
_TOP = "cli.py"


class Command(TyperCommand):
    """A command whose failures become a few lines on standard error and an exit code."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - Typer keeps its context type private
        """Run the command; on a failure raise `typer.Exit` with its code, when it has been told."""
        try:
            value = super().invoke(ctx)
            if sys.stdout is not None:
                sys.stdout.flush()
        except typer.Exit:
            raise
        except KeyboardInterrupt:
            message, code = "Interrupted; nothing half-written was left behind.", _INTERRUPTED
        except BrokenPipeError:
            _forget_output()
            message, code = "", _BROKEN_WORLD
        except Exception as error:  # noqa: BLE001 - the last place before the user
            if isinstance(error, OSError):
                _forget_output()
            message, code = _explained(error)
        else:
            return value
        if message:
            typer.echo(message, err=True)
        raise typer.Exit(code)


def _forget_output() -> None:
    """Let what is still buffered for a broken standard output go nowhere, so that it does not fail again when Python ends."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except (OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _explained(error: Exception) -> tuple[str, int]:
    """Give the message and the exit code of a failure."""
    if isinstance(error, BoefError) and not isinstance(error, InternalError):
        return str(error), error.exit_code
    if isinstance(error, MemoryError):
        return "There is not enough memory for this; take fewer residents or a smaller map.", _BROKEN_WORLD
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else "cannot read or write: "
        code = InputError.exit_code if error.errno in _UNREADABLE else _BROKEN_WORLD
        return f"{where}{error.strerror or type(error).__name__}", code
    frames = traceback.extract_tb(error.__traceback__)
    ours = [Path(frame.filename) for frame in frames]
    place = [frame for frame, path in zip(frames, ours, strict=True) if path.name == _TOP or "simulation" in path.parts][-1]
    where = f"{Path(place.filename).name}:{place.lineno}"
    message = f"boef has a bug: {type(error).__name__} at {where}: {error}"
    return (
        f"{message}\nPlease report this line, the command and the scenario; CONTRIBUTING.md says where.",
        InternalError.exit_code,
    )
