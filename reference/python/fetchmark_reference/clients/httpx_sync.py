"""httpx: blocking.

Reused: a `Client`, which its documentation recommends for "anything more than experimentation".
Fresh: `httpx.get` and its siblings, which make a client, with TLS settings of its own, and close it.
"""

from __future__ import annotations

import httpx

from ..order import Target
from ..outcome import Answer, Failure
from . import SyncRow
from .httpx_shared import ERRORS, address, answer, arguments, failure, settings


class Reused(SyncRow):
    """One Client."""

    def __init__(self) -> None:
        self._client: httpx.Client | None = None

    def open(self) -> None:
        if self._client is None:
            self._client = httpx.Client(**settings())

    def call(self, url: str, target: Target) -> Answer | Failure:
        try:
            return answer(self._client.request(target.method, address(url), **arguments(target)))
        except ERRORS as error:
            return failure(error)

    def close(self) -> None:
        if self._client is not None:
            self._client.close()


class Fresh(SyncRow):
    """A client for each call, made by the library."""

    def call(self, url: str, target: Target) -> Answer | Failure:
        try:
            return answer(httpx.request(target.method, address(url), follow_redirects=True, **arguments(target)))
        except ERRORS as error:
            return failure(error)
