"""How a call ended, in the words of Fetchmark's reports (`crates/core/src/samples/sample.rs`)."""

from __future__ import annotations

import re
from dataclasses import dataclass

HTTP_3XX = "http-3xx"
HTTP_4XX = "http-4xx"
HTTP_5XX = "http-5xx"
# No answer: refused, reset, host not found, TLS not agreed on, too many redirects. A browser tells a page no more than that.
NETWORK = "network"
# No end within the time-out.
TIMEOUT = "timeout"
# The answer began, and its body broke off.
BODY_CUT_SHORT = "body-cut-short"

# The server's own word on the connection: `Server-Timing: conn;desc="<socket>-<nth>"`.
_CONNECTION = re.compile(r'(?:^|,)\s*conn\s*;[^,]*?\bdesc\s*=\s*"?(\d+-\d+)"?')


@dataclass(slots=True)
class Answer:
    """An answer whose body was read to its end."""

    status: int
    body_bytes: int
    server_timing: str | None
    # ALPN name, as browsers say it.
    protocol: str
    redirected: bool


@dataclass(slots=True)
class Failure:
    """Why a call ended without one."""

    error: str
    message: str
    # If the answer had begun.
    status: int | None = None


def words(error: BaseException) -> str:
    """The library's own words; some of its errors have none."""
    return str(error) or type(error).__name__


def error_of_status(status: int) -> str | None:
    """The class that a status belongs to; None if it is a success."""
    if 200 <= status <= 299:
        return None
    # A class that nobody knows counts as 500 does (RFC 9110, section 15).
    return {3: HTTP_3XX, 4: HTTP_4XX}.get(status // 100, HTTP_5XX) if status >= 300 else NETWORK


def sample(called_ms: float, ended_ms: float, end: Answer | Failure, timeout_ms: float) -> dict:
    """One request as it is told. Made after the round."""
    told = {"called_ms": called_ms, "ended_ms": ended_ms, "status": end.status}
    if isinstance(end, Failure):
        message = f"No end within {timeout_ms:g} ms: {end.message}" if end.error == TIMEOUT else end.message
        return told | {"outcome": "failed", "error": end.error, "message": message}
    connection = _CONNECTION.search(end.server_timing or "")
    told |= {
        "body_bytes": end.body_bytes,
        "connection": connection and connection[1],
        "protocol": end.protocol,
        "redirected": end.redirected,
    }
    error, message = error_of_status(end.status), f"HTTP status {end.status}"
    # The time-outs of requests and httpx are for each wait, not for the whole: an answer may arrive in pieces for longer.
    if ended_ms - called_ms > timeout_ms:
        error, message = TIMEOUT, f"No end within {timeout_ms:g} ms"
    if error is None:
        return told | {"outcome": "ok"}
    return told | {"outcome": "failed", "error": error, "message": message}
