"""httpx over the browser's fetch: transports as its documentation has them for any other way to send a request.

httpx brings none for a browser. Client, request, response and redirects are its own; the browser follows redirects itself, so that httpx
sees none. Without effect are what a browser decides by itself: `verify`, proxies, limits of the pool, HTTP/2, retries.
"""

from __future__ import annotations

import httpx

from .fetched import BrokenOff, Fetched, NoAnswer, fetch, fetch_blocking


def _response(answer: Fetched) -> httpx.Response:
    return httpx.Response(answer.status, headers=answer.headers, content=answer.body)


class FetchTransport(httpx.BaseTransport):
    """For `Client`."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        try:
            return _response(
                fetch_blocking(str(request.url), request.method, dict(request.headers), request.read())
            )
        except NoAnswer as error:
            raise httpx.ConnectError(str(error), request=request) from error
        except BrokenOff as error:
            raise httpx.ReadError(str(error), request=request) from error


class AsyncFetchTransport(httpx.AsyncBaseTransport):
    """For `AsyncClient`."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        try:
            return _response(
                await fetch(str(request.url), request.method, dict(request.headers), await request.aread())
            )
        except NoAnswer as error:
            raise httpx.ConnectError(str(error), request=request) from error
        except BrokenOff as error:
            raise httpx.ReadError(str(error), request=request) from error
