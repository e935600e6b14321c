"""Every error survives a process pool, which pickles it, and SimPy, which makes it again from its arguments."""

from __future__ import annotations

import inspect
import pickle
from typing import TYPE_CHECKING

import pytest
import simpy

from simulation import errors
from simulation.errors import BoefError, InputError, InternalError, Problem, WorldError

if TYPE_CHECKING:
    from collections.abc import Generator

CLASSES = [value for _, value in inspect.getmembers(errors, inspect.isclass) if issubclass(value, BoefError)]
ARGUMENTS = (Problem("the end lies before the start", "my.yaml", 3, 7), "a plain text")


@pytest.mark.parametrize("kind", CLASSES)
def test_an_error_survives_pickling(kind: type[BoefError]) -> None:
    error = kind(*ARGUMENTS)
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is kind
    assert (again.args, str(again), again.exit_code) == (error.args, str(error), error.exit_code)


@pytest.mark.parametrize("kind", CLASSES)
def test_an_error_survives_a_simpy_process(kind: type[BoefError]) -> None:
    def failing(env: simpy.Environment) -> Generator[simpy.Event]:
        yield env.timeout(1)
        raise kind(*ARGUMENTS)

    env = simpy.Environment()
    env.process(failing(env))
    with pytest.raises(kind) as caught:
        env.run()
    assert str(caught.value) == str(kind(*ARGUMENTS))


def test_the_branches_have_their_exit_codes() -> None:
    codes = {kind.__name__: kind.exit_code for kind in CLASSES}
    assert codes == {
        "BoefError": 1,
        "InputError": 2,
        "InternalError": 1,
        "MapError": 2,
        "RunError": 2,
        "ScenarioError": 2,
        "WorldError": 3,
    }
    assert not issubclass(WorldError, InputError)
    assert not issubclass(InternalError, InputError)


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (Problem("wrong"), "wrong"),
        (Problem("wrong", "a.yaml"), "a.yaml: wrong"),
        (Problem("wrong", "a.yaml", 3), "a.yaml:3: wrong"),
        (Problem("wrong", "a.yaml", 3, 7), "a.yaml:3:7: wrong"),
    ],
)
def test_a_problem_names_its_place(problem: Problem, text: str) -> None:
    assert str(problem) == text


def test_an_input_error_lists_all_problems() -> None:
    error = InputError(*ARGUMENTS)
    assert str(error) == "my.yaml:3:7: the end lies before the start\na plain text"
    assert error.problems == (ARGUMENTS[0], Problem("a plain text"))
