"""requests: blocking.

Reused: a `Session`, which its documentation recommends for "several requests to the same host".
Fresh: `requests.get` and its siblings, which make a session and close it.
"""

from __future__ import annotations

from http.cookiejar import DefaultCookiePolicy

import requests
import urllib3

from ..order import Target
from ..outcome import BODY_CUT_SHORT, NETWORK, TIMEOUT, Answer, Failure, words
from . import SyncRow

# What a browser follows. requests.get has no such option and follows 30.
MOST_REDIRECTS = 20

PROTOCOLS = {10: "http/1.0", 11: "http/1.1"}


class Reused(SyncRow):
    """One Session."""

    def __init__(self) -> None:
        self._session: requests.Session | None = None

    def open(self) -> None:
        if self._session is None:
            self._session = requests.Session()
            self._session.max_redirects = MOST_REDIRECTS
            # Cookies that a server sets would make later requests other requests.
            self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    def call(self, url: str, target: Target) -> Answer | Failure:
        return _call(self._session.request, url, target)

    def close(self) -> None:
        if self._session is not None:
            self._session.close()


class Fresh(SyncRow):
    """A session for each call, made by the library."""

    def call(self, url: str, target: Target) -> Answer | Failure:
        return _call(requests.request, url, target)


def _call(request, url: str, target: Target) -> Answer | Failure:
    try:
        response = request(
            target.method,
            url,
            headers=target.headers,
            data=target.body,
            timeout=target.timeout_s,
            allow_redirects=True,
        )
    except requests.RequestException as error:
        return _failure(error)
    return Answer(
        response.status_code,
        # Read to its end by the call.
        len(response.content),
        response.headers.get("server-timing"),
        PROTOCOLS.get(response.raw.version, ""),
        bool(response.history),
    )


def _failure(error: requests.RequestException) -> Failure:
    # A wait for the body that takes too long comes as a ConnectionError around urllib3's own error.
    cause = error.args[0] if error.args else None
    if isinstance(error, requests.Timeout) or isinstance(cause, urllib3.exceptions.TimeoutError):
        return Failure(TIMEOUT, words(error))
    if isinstance(error, (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError)):
        return Failure(BODY_CUT_SHORT, words(error))
    return Failure(NETWORK, words(error))
