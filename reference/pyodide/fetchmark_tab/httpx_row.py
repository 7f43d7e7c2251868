"""httpx, blocking, over fetch.

Reused: one `Client`. Fresh: a client for each call, closed within it: `httpx.get` makes one, too, and takes no transport.
"""

from __future__ import annotations

import httpx
from fetchmark_reference.clients import SyncRow, httpx_sync
from fetchmark_reference.clients.httpx_shared import ERRORS, address, answer, arguments, failure, settings
from fetchmark_reference.order import Target
from fetchmark_reference.outcome import Answer, Failure

from .httpx_transport import FetchTransport


class Reused(httpx_sync.Reused):
    """One Client."""

    def open(self) -> None:
        if self._client is None:
            self._client = httpx.Client(transport=FetchTransport(), **settings())


class Fresh(SyncRow):
    """A client for each call."""

    def call(self, url: str, target: Target) -> Answer | Failure:
        try:
            with httpx.Client(transport=FetchTransport(), follow_redirects=True) as client:
                return answer(client.request(target.method, address(url), **arguments(target)))
        except ERRORS as error:
            return failure(error)
