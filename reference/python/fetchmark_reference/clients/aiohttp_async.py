"""aiohttp: awaited.

Reused: one `ClientSession`. Its documentation: "Don't create a session per request. Most likely you need a session per
application".
Fresh: `async with aiohttp.ClientSession() as session` around each call, closed within it.

Both also with a connector of at most 6 connections, as many as a browser opens to a host on HTTP/1.1.
"""

from __future__ import annotations

import asyncio

import aiohttp
from yarl import URL

from ..order import Target
from ..outcome import BODY_CUT_SHORT, NETWORK, TIMEOUT, Answer, Failure, words
from . import AsyncRow

# What a browser follows; aiohttp's own limit is 10, and it gives up at the limit, not beyond it.
MOST_REDIRECTS = 20

# What goes wrong with a request. Its total time-out comes as asyncio's.
ERRORS = (aiohttp.ClientError, asyncio.TimeoutError, OSError)


# Not to write the addresses of redirects anew.
SETTINGS = {"requote_redirect_url": False}


def _own_connector() -> None:
    """The library's own, of at most 100 connections."""
    return None


def _connector_of_6() -> aiohttp.TCPConnector:
    return aiohttp.TCPConnector(limit=6)


class Reused(AsyncRow):
    """One ClientSession."""

    _connector = staticmethod(_own_connector)

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        if self._session is None:
            # Cookies that a server sets would make later requests other requests.
            self._session = aiohttp.ClientSession(
                connector=self._connector(), cookie_jar=aiohttp.DummyCookieJar(), **SETTINGS
            )

    async def call(self, url: str, target: Target) -> Answer | Failure:
        return await _call(self._session, url, target)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


class Fresh(AsyncRow):
    """A ClientSession for each call."""

    _connector = staticmethod(_own_connector)

    async def call(self, url: str, target: Target) -> Answer | Failure:
        async with aiohttp.ClientSession(connector=self._connector(), **SETTINGS) as session:
            return await _call(session, url, target)


class ReusedOf6(Reused):
    """One ClientSession of at most 6 connections."""

    _connector = staticmethod(_connector_of_6)


class FreshOf6(Fresh):
    """A ClientSession for each call; each has a limit of its own."""

    _connector = staticmethod(_connector_of_6)


async def _call(session: aiohttp.ClientSession, url: str, target: Target) -> Answer | Failure:
    status = None
    try:
        async with session.request(
            target.method,
            # As it is.
            URL(url, encoded=True),
            headers=target.headers,
            data=target.body,
            timeout=aiohttp.ClientTimeout(total=target.timeout_s),
            max_redirects=MOST_REDIRECTS + 1,
        ) as response:
            status = response.status
            body = await response.read()
            timing = response.headers.getall("server-timing", ())
            version = response.version
            protocol = f"http/{version.major}.{version.minor}" if version else ""
            return Answer(status, len(body), ", ".join(timing), protocol, bool(response.history))
    except ERRORS as error:
        return _failure(error, status)


def _failure(error: BaseException, status: int | None) -> Failure:
    if isinstance(error, asyncio.TimeoutError):
        return Failure(TIMEOUT, words(error), status)
    if isinstance(error, aiohttp.TooManyRedirects):
        return Failure(NETWORK, f"more than {MOST_REDIRECTS} redirects")
    # Once there is a status, it is the body that broke off.
    return Failure(NETWORK if status is None else BODY_CUT_SHORT, words(error), status)
