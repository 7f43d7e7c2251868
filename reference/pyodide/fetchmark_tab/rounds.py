"""One round: first call to last end, and nothing else in between.

JavaScript (`crates/engine/js/python/rounds.js`) calls `blocking` or `awaited` with an order, looks around meanwhile, and says `stop`.
"""

from __future__ import annotations

import asyncio
import json
import platform
from collections.abc import Iterator
from importlib import metadata
from time import perf_counter

import js
from fetchmark_browser import at, let_messages_in
from fetchmark_reference.order import Target, joined_headers
from fetchmark_reference.outcome import Answer, Failure, sample
from pyodide.ffi import can_run_sync, run_sync

from . import rows

# What the rows rest on, and which a report names where they are imported.
LIBRARIES = {"requests": "requests", "urllib3": "urllib3", "httpx": "httpx", "aiohttp": "aiohttp"}

# How long messages to the worker (Stop among them) wait while a request blocks it, in ms.
LONGEST_WAIT_MS = 50.0

FRAGMENT = "#fm-"


def _now_ms() -> float:
    return perf_counter() * 1_000


def _offset_ms() -> float:
    """From Python's clock to the browser's, which are the same one in a worker; else the time of this call would be in it."""
    offset = js.performance.now() - _now_ms()
    return 0.0 if abs(offset) < 1 else offset


class Round:
    """The requests of one order, and how far they are."""

    def __init__(self, order: dict) -> None:
        n = order["n"]
        body = None if order["body"] is None else order["body"].encode()
        self.first = order["first_serial"]
        self.row = rows.make(order["row"])
        self.target = Target(
            method=order["method"],
            headers=joined_headers(order["headers"], body),
            body=body,
            timeout_s=order["timeout_ms"] / 1_000,
        )
        self.timeout_ms = order["timeout_ms"]
        self.urls = order["addresses"]
        if len(self.urls) == 1:
            # One address for all: the fragment is what tells their timing entries apart.
            shared = self.urls[0].partition("#")[0]
            self.urls = [f"{shared}{FRAGMENT}{self.first + at}" for at in range(n)]
        self.called = [0.0] * n
        self.ended = [0.0] * n
        self.ends: list[Answer | Failure | None] = [None] * n
        self.issued = 0
        self.done = 0
        self.stopping = False
        # All before it have ended or are aborted.
        self.oldest = 0

    def places(self) -> Iterator[int]:
        """The places of requests, until there are no more or Stop was said."""
        while self.issued < len(self.urls) and not self.stopping:
            self.issued += 1
            yield self.issued - 1

    def end(self, place: int, called: float, end: Answer | Failure) -> None:
        self.ended[place] = _now_ms()
        self.called[place] = called
        self.ends[place] = end
        self.done += 1

    def overdue(self) -> list[int]:
        """The serial numbers of requests that have just become overdue. They are called in order and share one time-out."""
        found = []
        now = _now_ms()
        while self.oldest < self.issued:
            if self.ends[self.oldest] is None:
                if now < self.called[self.oldest] + self.timeout_ms:
                    break
                found.append(self.first + self.oldest)
            self.oldest += 1
        return found

    def answer(self, started: float) -> str:
        """What it came to, as JSON."""
        calls = zip(self.called, self.ended, self.ends, strict=True)
        samples = [
            sample(called - started, ended - started, end, self.timeout_ms)
            for called, ended, end in calls
            if end is not None
        ]
        return json.dumps({"began_ms": started + _offset_ms(), "samples": samples})


_round: Round | None = None


def prepare(row: str) -> None:
    """Imports what a row needs."""
    rows.make(row)


def runtime(version: str, can_suspend: bool) -> str:
    """What a report says of this Python, as JSON."""
    versions = {"python": platform.python_version()}
    versions |= {name: metadata.version(name) for name, module in LIBRARIES.items() if rows.is_imported(module)}
    return json.dumps(
        {"name": "pyodide", "version": version, "libraries": versions, "blocking": "fetch" if can_suspend else "xhr"}
    )


def blocking(order: str) -> str:
    """Runs the round of a client that blocks."""
    global _round
    this = _round = Round(json.loads(order))
    row, urls, target = this.row, this.urls, this.target
    # Built before the clock starts, as the engine builds its clients.
    row.open()
    started = let_in = _now_ms()
    for place in this.places():
        # A library may take the fragment off.
        at(this.first + place)
        called = this.called[place] = _now_ms()
        if row.blocks_worker and called - let_in > LONGEST_WAIT_MS and can_run_sync():
            run_sync(let_messages_in())
            called = this.called[place] = let_in = _now_ms()
        this.end(place, called, row.call(urls[place], target))
    return this.answer(started)


async def awaited(order: str) -> str:
    """Runs the round of a client that is awaited."""
    global _round
    text = json.loads(order)
    this = _round = Round(text)
    row, urls, target = this.row, this.urls, this.target
    await row.open()
    # Each lane takes the next request when its last has ended. With as many lanes as requests this is all at once.
    places = this.places()

    async def lane() -> None:
        for place in places:
            called = this.called[place] = _now_ms()
            this.end(place, called, await row.call(urls[place], target))

    started = _now_ms()
    if text["lanes"] == 1:
        await lane()
    else:
        await asyncio.gather(*(lane() for _ in range(min(text["lanes"], len(urls)))))
    return this.answer(started)


def look() -> str:
    """How many requests have ended, and which have become overdue, as JSON."""
    return json.dumps({"ended": _round.done, "overdue": _round.overdue()} if _round else {"ended": 0, "overdue": []})


def stop() -> str:
    """Issues no more requests; says which are under way, as JSON."""
    if _round is None:
        return "[]"
    _round.stopping = True
    return json.dumps([_round.first + at for at in range(_round.issued) if _round.ends[at] is None])
