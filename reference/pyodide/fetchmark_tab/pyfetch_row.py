"""pyodide.http.pyfetch: the browser's fetch with Python's types.

It has no client object. Reused: one dictionary of options. Fresh: options for each call.
"""

from __future__ import annotations

from fetchmark_reference.clients import AsyncRow
from fetchmark_reference.order import Target
from fetchmark_reference.outcome import NETWORK, Answer, Failure, words
from pyodide.http import pyfetch


def _options(target: Target) -> dict:
    options: dict = {"method": target.method}
    if target.headers:
        options["headers"] = dict(target.headers)
    if target.body is not None:
        options["body"] = target.body.decode()
    return options


async def _call(url: str, options: dict) -> Answer | Failure:
    # Its errors are the browser's, one each for all that keeps it from an answer; OSError is what it makes of them.
    try:
        response = await pyfetch(url, **options)
        body = await response.bytes()
        return Answer(response.status, len(body), None, "", False)
    except Exception as error:
        return Failure(NETWORK, words(error))


class Reused(AsyncRow):
    """One dictionary of options."""

    def __init__(self) -> None:
        self._kept: tuple[Target, dict] | None = None

    async def call(self, url: str, target: Target) -> Answer | Failure:
        if self._kept is None or self._kept[0] is not target:
            self._kept = (target, _options(target))
        return await _call(url, self._kept[1])


class Fresh(AsyncRow):
    """Options for each call."""

    async def call(self, url: str, target: Target) -> Answer | Failure:
        return await _call(url, _options(target))
