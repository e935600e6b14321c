"""The one exception tree of the project.

```
BoefError
├── InputError        the user's input is wrong: exit code 2
│   ├── ScenarioError     a scenario file or one of its values
│   ├── MapError          an OpenStreetMap file, an area or a pinned map file
│   └── RunError          a run folder, a trace or an output path
├── WorldError        the outside world failed us (disk, network): exit code 3
└── InternalError     our own bug: exit code 1
```

Fields go positionally to `Exception.__init__` and the text is made in `__str__`: SimPy rebuilds exceptions from `args`, and
process pools unpickle them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in what a user handed in.

    Parameters
    ----------
    message
        What is wrong, with the offending value and the way out, in one sentence or two.
    file
        Name of the file as the user gave it, or empty where there is none.
    line, column
        Position in the file, counted from 1; 0 where there is no position.
    """

    message: str
    file: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Give `file:line:column: message` on one line, leaving out what is unknown; what does not print is escaped."""
        parts = [self.file, *(str(number) for number in (self.line, self.column) if number)]
        where = ":".join(part for part in parts if part)
        text = f"{where}: {self.message}" if where else self.message
        return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)


class BoefError(Exception):
    """Root of every error this project raises on purpose."""

    exit_code = 1


class InputError(BoefError):
    """Something is wrong with what the user handed in.

    Parameters
    ----------
    *problems
        Every problem found, so that the user can mend all of them at once. A plain string counts as a problem without a place.
    """

    exit_code = 2

    def __init__(self, *problems: Problem | str) -> None:
        super().__init__(*problems)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems, in the order in which they were found."""
        return tuple(item if isinstance(item, Problem) else Problem(str(item)) for item in self.args)

    def __str__(self) -> str:
        """Give one line per problem."""
        return "\n".join(str(problem) for problem in self.problems)


class ScenarioError(InputError):
    """A scenario file, or a value in it, is wrong."""


class MapError(InputError):
    """An OpenStreetMap file, an area or a pinned map file is wrong."""


class RunError(InputError):
    """A run folder, a trace or an output path is wrong."""


class WorldError(BoefError):
    """The outside world failed: a full or read-only disk, a network."""

    exit_code = 3


class InternalError(BoefError):
    """A bug of our own; the message asks the user to report it."""

    exit_code = 1
