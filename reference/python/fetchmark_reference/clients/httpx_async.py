"""httpx: awaited.

Reused: one `AsyncClient`. Its documentation: "make sure you're not instantiating multiple client instances".
Fresh: `async with httpx.AsyncClient() as client` around each call, closed within it.
"""

from __future__ import annotations

import httpx

from ..order import Target
from ..outcome import Answer, Failure
from . import AsyncRow
from .httpx_shared import ERRORS, address, answer, arguments, failure, settings


class Reused(AsyncRow):
    """One AsyncClient."""

    def __init__(self) -> None:
        self._client: httpx.AsyncClient | None = None

    async def open(self) -> None:
        if self._client is None:
            self._client = httpx.AsyncClient(**settings())

    async def call(self, url: str, target: Target) -> Answer | Failure:
        try:
            return answer(await self._client.request(target.method, address(url), **arguments(target)))
        except ERRORS as error:
            return failure(error)

    async def close(self) -> None:
        if self._client is not None:
            await self._client.aclose()


class Fresh(AsyncRow):
    """An AsyncClient for each call."""

    async def call(self, url: str, target: Target) -> Answer | Failure:
        try:
            async with httpx.AsyncClient(follow_redirects=True) as client:
                return answer(await client.request(target.method, address(url), **arguments(target)))
        except ERRORS as error:
            return failure(error)
