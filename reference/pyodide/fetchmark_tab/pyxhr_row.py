"""pyodide.http.pyxhr: a blocking XMLHttpRequest with the looks of requests.

It has no client object, and makes an XMLHttpRequest for each call. Reused: one dictionary of headers. Fresh: headers for each call.
"""

from __future__ import annotations

from fetchmark_reference.clients import SyncRow
from fetchmark_reference.order import Target
from fetchmark_reference.outcome import NETWORK, Answer, Failure, words
from pyodide.http import pyxhr


def _arguments(target: Target) -> dict:
    arguments: dict = {"headers": dict(target.headers or {})}
    if target.body is not None:
        arguments["data"] = target.body.decode()
    return arguments


def _call(url: str, target: Target, arguments: dict) -> Answer | Failure:
    try:
        response = getattr(pyxhr, target.method.lower())(url, **arguments)
        if response.status_code == 0:
            # Firefox throws nothing where CORS withholds the answer.
            return Failure(NETWORK, "XMLHttpRequest reports no answer")
        return Answer(response.status_code, len(response.content), None, "", False)
    # pyxhr's own errors, and the browser's that it does not know.
    except Exception as error:
        return Failure(NETWORK, words(error))


class Reused(SyncRow):
    """One dictionary of headers."""

    blocks_worker = True

    def __init__(self) -> None:
        self._kept: tuple[Target, dict] | None = None

    def call(self, url: str, target: Target) -> Answer | Failure:
        if self._kept is None or self._kept[0] is not target:
            self._kept = (target, _arguments(target))
        return _call(url, target, self._kept[1])


class Fresh(SyncRow):
    """Headers for each call."""

    blocks_worker = True

    def call(self, url: str, target: Target) -> Answer | Failure:
        return _call(url, target, _arguments(target))
