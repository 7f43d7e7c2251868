"""The rows. Those of requests, httpx and aiohttp are CPython's (`fetchmark_reference.clients`), with the browser below them.

A row keeps its reused client from its first round to the end of the run. Its connections are the browser's, so a fresh client finds
those that are open.
"""

from __future__ import annotations

import importlib
import sys
from functools import cache

# Row to the module and the class in it.
ROWS: dict[str, tuple[str, str]] = {
    f"pyodide-{client}:{lifecycle}": (module, lifecycle.capitalize())
    for client, module in {
        "requests": "requests_row",
        "httpx": "httpx_row",
        "httpx-async": "httpx_async_row",
        "aiohttp": "aiohttp_row",
        "pyfetch": "pyfetch_row",
        "pyxhr": "pyxhr_row",
    }.items()
    for lifecycle in ("reused", "fresh")
}


@cache
def make(row: str):
    """The row of this name, the same each time: its client is kept."""
    module, name = ROWS[row]
    return getattr(importlib.import_module(f".{module}", __package__), name)()


def is_imported(module: str) -> bool:
    return module in sys.modules
