"""aiohttp over fetch.

Reused: one `ClientSession`. Fresh: `async with aiohttp.ClientSession() as session` around each call.
"""

from __future__ import annotations

from fetchmark_reference.clients import aiohttp_async

from .aiohttp_connector import FetchConnector


class Reused(aiohttp_async.Reused):
    """One ClientSession."""

    _connector = staticmethod(FetchConnector)


class Fresh(aiohttp_async.Fresh):
    """A ClientSession for each call."""

    _connector = staticmethod(FetchConnector)
