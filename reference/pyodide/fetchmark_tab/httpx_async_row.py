"""httpx, awaited, over fetch.

Reused: one `AsyncClient`. Fresh: `async with httpx.AsyncClient() as client` around each call.
"""

from __future__ import annotations

import httpx
from fetchmark_reference.clients import AsyncRow, httpx_async
from fetchmark_reference.clients.httpx_shared import ERRORS, address, answer, arguments, failure, settings
from fetchmark_reference.order import Target
from fetchmark_reference.outcome import Answer, Failure

from .httpx_transport import AsyncFetchTransport


class Reused(httpx_async.Reused):
    """One AsyncClient."""

    async def open(self) -> None:
        if self._client is None:
            self._client = httpx.AsyncClient(transport=AsyncFetchTransport(), **settings())


class Fresh(AsyncRow):
    """An AsyncClient for each call."""

    async def call(self, url: str, target: Target) -> Answer | Failure:
        try:
            async with httpx.AsyncClient(transport=AsyncFetchTransport(), follow_redirects=True) as client:
                return answer(await client.request(target.method, address(url), **arguments(target)))
        except ERRORS as error:
            return failure(error)
