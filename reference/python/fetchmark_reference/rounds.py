"""One round: first call to last end, and nothing else in between."""

from __future__ import annotations

import asyncio
from time import perf_counter

from .clients import AsyncRow, SyncRow
from .order import Order
from .outcome import Answer, Failure, sample

Call = tuple[float, float, "Answer | Failure"]


class Rounds:
    """Runs rounds; keeps one event loop for all of them, which a kept connection belongs to."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()

    def run(self, row: SyncRow | AsyncRow, order: Order) -> dict:
        """Runs one round and tells of each request. Times are in ms from the round's start."""
        if isinstance(row, SyncRow):
            started, calls = _blocking(row, order)
        else:
            started, calls = self._loop.run_until_complete(_at_once(row, order))
        ms = lambda at: (at - started) * 1_000  # noqa: E731
        samples = [sample(ms(called), ms(ended), end, order.timeout_ms) for called, ended, end in calls]
        return {"wall_ms": max(call["ended_ms"] for call in samples), "samples": samples}

    def close(self, rows: list[SyncRow | AsyncRow]) -> None:
        """Closes the clients that are kept."""
        for row in rows:
            if isinstance(row, SyncRow):
                row.close()
            else:
                self._loop.run_until_complete(row.close())
        self._loop.close()


def _blocking(row: SyncRow, order: Order) -> tuple[float, list[Call]]:
    # Built before the clock starts, as the engine builds its clients.
    row.open()
    calls: list[Call] = []
    started = perf_counter()
    for url in order.urls:
        called = perf_counter()
        end = row.call(url, order.target)
        calls.append((called, perf_counter(), end))
    return started, calls


async def _at_once(row: AsyncRow, order: Order) -> tuple[float, list[Call]]:
    await row.open()
    # A turn of the loop, in which it hears of the connections that the server closed since the last round; a browser's
    # loop never stands still.
    await asyncio.sleep(0)
    calls: list[Call | None] = [None] * len(order.urls)
    # Each lane takes the next request when its last has ended. With as many lanes as requests this is all at once.
    places = iter(range(len(order.urls)))

    async def lane() -> None:
        for place in places:
            called = perf_counter()
            end = await row.call(order.urls[place], order.target)
            calls[place] = (called, perf_counter(), end)

    started = perf_counter()
    await asyncio.gather(*(lane() for _ in range(order.lanes)))
    return started, [call for call in calls if call is not None]
