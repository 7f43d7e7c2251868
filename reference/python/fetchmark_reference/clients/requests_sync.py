"""requests: blocking.

Reused: a `Session`, which its documentation recommends for "several requests to the same host".
Fresh: a session for each call, closed within it, as `requests.get` and its siblings make one.

Each sends a prepared request, as the documentation has it for requests that are changed before they are sent: the address is the one
that was asked for. Below, urllib3 would write it anew, and take an interim answer for the answer.
"""

from __future__ import annotations

import http.client
from http.cookiejar import DefaultCookiePolicy

import requests
import urllib3

from ..address import as_sent
from ..order import Target
from ..outcome import BODY_CUT_SHORT, NETWORK, TIMEOUT, Answer, Failure, words
from . import SyncRow

# What a browser follows; by itself requests follows 30.
MOST_REDIRECTS = 20


class _FinalResponse(http.client.HTTPResponse):
    """Python's own, which takes 102 and 103 for the answer: those are read over, as 100 is."""

    def _read_status(self):
        while True:
            version, status, reason = super()._read_status()
            if not 100 <= status <= 199 or status == http.client.SWITCHING_PROTOCOLS:
                return version, status, reason
            http.client.parse_headers(self.fp)


urllib3.connection.HTTPConnection.response_class = _FinalResponse
# What is sent, and where a redirect leads to, is not written anew.
urllib3.connectionpool._encode_target = lambda target: target
requests.sessions.requote_uri = as_sent

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
        return _call(self._session, url, target)

    def close(self) -> None:
        if self._session is not None:
            self._session.close()


class Fresh(SyncRow):
    """A session for each call."""

    def call(self, url: str, target: Target) -> Answer | Failure:
        with requests.Session() as session:
            session.max_redirects = MOST_REDIRECTS
            return _call(session, url, target)


def _call(session: requests.Session, url: str, target: Target) -> Answer | Failure:
    try:
        request = requests.Request(target.method, url, headers=target.headers, data=target.body)
        prepared = session.prepare_request(request)
        prepared.url = url
        # The authorities to trust.
        settings = session.merge_environment_settings(url, {}, None, None, None)
        response = session.send(prepared, timeout=target.timeout_s, allow_redirects=True, **settings)
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
