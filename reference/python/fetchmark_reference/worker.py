"""A line in, a line out."""

from __future__ import annotations

import json
import os
import platform
import signal
import ssl
import sys
import time
from importlib import metadata
from typing import Any

from . import clients
from .order import BadOrder, read
from .rounds import Rounds

# Counted up when lines change.
PROTOCOL = 1

# What the rows rest on, and which a report should name.
LIBRARIES = ("requests", "urllib3", "httpx", "httpcore", "h11", "aiohttp")


class Worker:
    """Keeps the clients that are to be reused, from its first round to its end."""

    def __init__(self, ignored_proxies: list[str]) -> None:
        self._ignored_proxies = ignored_proxies
        self._rounds = Rounds()
        # By row and number of lanes.
        self._rows: dict[tuple[str, int], clients.SyncRow | clients.AsyncRow] = {}

    def answer(self, line: str) -> dict:
        """The answer to a line; to one that cannot be followed, a sentence."""
        try:
            message = json.loads(line)
        except ValueError as error:
            return _error("bad-json", f"This line is not JSON: {error}.")
        kind = message.get("type") if isinstance(message, dict) else None
        if kind not in ("hello", "round"):
            return _error("bad-request", f"A line's type must be hello or round, and is {kind!r}.")
        try:
            return self._hello(message) if kind == "hello" else self._round(message)
        except BadOrder as error:
            return _error("bad-request", str(error))
        except clients.Unavailable as error:
            return _error(error.code, str(error))
        # Whatever else goes wrong in a library must reach whoever asked: a traceback here would reach nobody.
        except Exception as error:
            return _error("failed", f"This could not be done: {type(error).__name__}: {error}.")

    def _hello(self, message: dict[str, Any]) -> dict:
        # A library that cannot be imported is told here, while whoever asks can still go on without Python.
        wanted = message.get("clients")
        for row in clients.ROWS:
            if not wanted or row.split(":")[0] in wanted:
                clients.make(row)
        return {
            "type": "hello",
            "protocol": PROTOCOL,
            "python": platform.python_version(),
            "implementation": platform.python_implementation(),
            "openssl": ssl.OPENSSL_VERSION,
            "clock_step_ms": time.get_clock_info("perf_counter").resolution * 1_000,
            "libraries": _versions(),
            "rows": list(clients.ROWS),
            "ignored_proxies": self._ignored_proxies,
        }

    def _round(self, message: dict[str, Any]) -> dict:
        order = read(message)
        key = (order.row, order.lanes)
        row = self._rows.get(key)
        if row is None:
            row = self._rows[key] = clients.make(order.row)
        if isinstance(row, clients.SyncRow) and order.lanes > 1:
            raise BadOrder(
                f"{order.row} blocks its thread: it sends one request after another, and cannot have "
                f"{order.lanes} in flight."
            )
        return {"type": "round"} | self._rounds.run(row, order)

    def close(self) -> None:
        """Closes what is kept."""
        self._rounds.close(list(self._rows.values()))


def _versions() -> dict[str, str]:
    versions = {}
    for name in LIBRARIES:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            pass
    return versions


def _error(code: str, message: str) -> dict:
    return {"type": "error", "code": code, "message": message}


def serve(ignored_proxies: list[str]) -> None:
    """Answers lines until there are no more."""
    # Whoever started this ends it, by closing its input; Ctrl-C in their terminal is theirs to hear.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Only answers may go to the output: what a library prints goes where warnings go.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    questions = os.fdopen(os.dup(sys.stdin.fileno()), encoding="utf-8")
    worker = Worker(ignored_proxies)
    try:
        for line in questions:
            answers.write(json.dumps(worker.answer(line)) + "\n")
            answers.flush()
    except BrokenPipeError:
        # Nobody reads any more.
        pass
    finally:
        worker.close()
