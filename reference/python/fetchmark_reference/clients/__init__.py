"""The rows, one file for each library's way of being called.

A row is `<client>:<lifecycle>`. `reused` keeps one client from the worker's first round of it to its end, one for each number of
lanes: connections live in the client here, and in a browser they outlive the round, too. `fresh` builds and closes a client for each call, within its
measured time; so each call opens a connection of its own.
"""

from __future__ import annotations

import importlib
from abc import ABC, abstractmethod

from ..order import Target
from ..outcome import Answer, Failure


class Unavailable(Exception):
    """A row that cannot be run; the sentence says why."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


class SyncRow(ABC):
    """Calls that block."""

    # Whether messages to the thread wait meanwhile, and have to be let in; of interest in a browser only.
    blocks_worker = False

    def open(self) -> None:
        """Builds what is kept; called before every round."""

    @abstractmethod
    def call(self, url: str, target: Target) -> Answer | Failure:
        """One request, body read to its end."""

    def close(self) -> None:
        """Closes what is kept."""


class AsyncRow(ABC):
    """Calls that are awaited."""

    async def open(self) -> None:
        """Builds what is kept; called before every round."""

    @abstractmethod
    async def call(self, url: str, target: Target) -> Answer | Failure:
        """One request, body read to its end."""

    async def close(self) -> None:
        """Closes what is kept."""


# Row to the module, the class in it and the package that it needs, in the order of a table.
ROWS: dict[str, tuple[str, str, str]] = {
    "requests:reused": ("requests_sync", "Reused", "requests"),
    "requests:fresh": ("requests_sync", "Fresh", "requests"),
    "httpx:reused": ("httpx_sync", "Reused", "httpx"),
    "httpx:fresh": ("httpx_sync", "Fresh", "httpx"),
    "httpx-async:reused": ("httpx_async", "Reused", "httpx"),
    "httpx-async:fresh": ("httpx_async", "Fresh", "httpx"),
    "aiohttp:reused": ("aiohttp_async", "Reused", "aiohttp"),
    "aiohttp:fresh": ("aiohttp_async", "Fresh", "aiohttp"),
    "aiohttp-6:reused": ("aiohttp_async", "ReusedOf6", "aiohttp"),
    "aiohttp-6:fresh": ("aiohttp_async", "FreshOf6", "aiohttp"),
}


def make(row: str) -> SyncRow | AsyncRow:
    """The row of this name.

    Raises:
        Unavailable: there is none, or its library is not installed.
    """
    if row not in ROWS:
        raise Unavailable("unknown-row", f"There is no row “{row}”. There are {', '.join(ROWS)}.")
    module, name, package = ROWS[row]
    try:
        return getattr(importlib.import_module(f".{module}", __name__), name)()
    # A package that is half there, or not for this Python, may raise anything.
    except Exception as error:
        raise Unavailable(
            "package-missing",
            f"{row} needs the Python package {package}, which cannot be imported: {error}.",
        ) from error
