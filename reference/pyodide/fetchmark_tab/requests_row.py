"""requests, unchanged: below it urllib3 sends by fetch while Python's stack is suspended (JSPI), or else by a blocking XMLHttpRequest.

Reused: a `Session`. Fresh: a session for each call, as `requests.get` makes one.
"""

from __future__ import annotations

from http.client import HTTPException

import urllib3
from fetchmark_reference.clients import requests_sync
from fetchmark_reference.order import Target
from fetchmark_reference.outcome import NETWORK, TIMEOUT, Answer, Failure, words


class _OverFetch:
    """What breaks off within a body reaches the caller as urllib3 raises it over fetch: requests knows it only from sockets."""

    def call(self, url: str, target: Target) -> Answer | Failure:
        try:
            return super().call(url, target)
        except (HTTPException, urllib3.exceptions.HTTPError) as error:
            is_late = isinstance(error, urllib3.exceptions.TimeoutError)
            return Failure(TIMEOUT if is_late else NETWORK, words(error))


class Reused(_OverFetch, requests_sync.Reused):
    """One Session."""


class Fresh(_OverFetch, requests_sync.Fresh):
    """A session for each call."""
