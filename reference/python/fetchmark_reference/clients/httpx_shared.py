"""What httpx's blocking and awaited clients have in common."""

from __future__ import annotations

from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

from ..address import target as target_of
from ..order import Target
from ..outcome import BODY_CUT_SHORT, NETWORK, TIMEOUT, Answer, Failure, words

# What goes wrong with a request, as the library documents it.
ERRORS = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError)


def settings() -> dict:
    """For a client that is kept: no cookies, which would make later requests other requests; redirects followed, as a
    browser and the other libraries do unasked."""
    return {"cookies": CookieJar(DefaultCookiePolicy(allowed_domains=[])), "follow_redirects": True}


def address(url: str) -> httpx.URL:
    """An address as it is: httpx would percent-encode some of it. Its `extensions={"target": …}` would do that, too, but go on to
    the addresses of redirects."""
    parsed = httpx.URL(url)
    path, mark, query = target_of(url).partition("?")
    exact = {"path": path, "query": query if mark else None}
    if parsed.raw_path.decode("ascii") != target_of(url):
        parsed._uri_reference = parsed._uri_reference._replace(**exact)
    return parsed


def arguments(target: Target) -> dict:
    """Of one request."""
    return {"headers": target.headers, "content": target.body, "timeout": target.timeout_s}


def answer(response: httpx.Response) -> Answer:
    """A response that was read to its end."""
    return Answer(
        response.status_code,
        len(response.content),
        response.headers.get("server-timing"),
        {"HTTP/2": "h2"}.get(response.http_version, response.http_version.lower()),
        bool(response.history),
    )


def failure(error: Exception) -> Failure:
    """Its class."""
    if isinstance(error, httpx.TimeoutException):
        return Failure(TIMEOUT, words(error))
    if isinstance(error, httpx.DecodingError) or _broke_in_body(error):
        return Failure(BODY_CUT_SHORT, words(error))
    return Failure(NETWORK, words(error))


def _broke_in_body(error: Exception) -> bool:
    """Whether the answer had begun. The classes of httpx do not tell; where it was raised does: a body is read by
    `Response.read` or `Response.aread`."""
    traceback = error.__traceback__
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if code in (httpx.Response.read.__code__, httpx.Response.aread.__code__):
            return True
        traceback = traceback.tb_next
    return False
