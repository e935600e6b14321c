"""What every test gets: no network, and no memory full of what other files of tests keep."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable

_HERE = {"127.0.0.1", "::1", "localhost"}
_LONG = {"reference", "studies", "verification"}
"""Folders of tests that play thousands of evenings through code that others reach too: not traced, they take half the time."""
_LONG_FILES = {"test_contracts.py", "test_coverage.py", "test_gain.py", "test_joined_contracts.py", "test_pairing.py"}


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection and every question for a name that leaves this machine: contract C7."""

    def guarded(function: Callable[..., Any], host_of: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            host = host_of(*arguments)
            if host not in _HERE:
                pytest.fail(f"a test tried to reach {host}")
            return function(*arguments, **named)

        return call

    def address_host(connection: socket.socket, address: Any) -> str:
        return "localhost" if connection.family == socket.AF_UNIX else str(address[0])

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, guarded(getattr(socket.socket, name), address_host))
    monkeypatch.setattr(socket, "getaddrinfo", guarded(socket.getaddrinfo, lambda host, *_: host))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the long tests out of the measure of coverage."""
    for item in items:
        if item.path.parent.name in _LONG or item.path.name in _LONG_FILES:
            item.add_marker(pytest.mark.no_cover)


def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """Forget what the tests of a file have kept for each other, when the last of them is over: evenings take much memory."""
    if isinstance(item, pytest.Function) and (nextitem is None or nextitem.path != item.path):
        for kept in vars(item.module).values():
            if getattr(kept, "__module__", "") == item.module.__name__ and hasattr(kept, "cache_clear"):
                kept.cache_clear()


# No test is timed: a busy machine is no fault of the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
