"""What a round is asked to do, read and checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .address import as_sent

# As in `crates/core/src/request/target.rs`: a URL parser percent-encodes the braces in a path.
COUNTERS = ("{n}", "%7Bn%7D")


class BadOrder(Exception):
    """An order that cannot be carried out; the sentence says why."""


@dataclass(slots=True)
class Target:
    """What every call of a round sends."""

    method: str
    headers: dict[str, str] | None
    body: bytes | None
    timeout_s: float


@dataclass(slots=True)
class Order:
    """One round."""

    row: str
    urls: list[str]
    target: Target
    lanes: int

    @property
    def timeout_ms(self) -> float:
        return self.target.timeout_s * 1_000


def read(message: dict[str, Any]) -> Order:
    """Reads an order.

    Raises:
        BadOrder: naming the first field that is not as expected.
    """
    n = _whole(message, "n", 1)
    first = _whole(message, "first_serial", 0)
    url = _text(message, "url")
    body = None if message.get("body") is None else _text(message, "body").encode()
    return Order(
        row=_text(message, "row"),
        urls=[as_sent(_numbered(url, serial)) for serial in range(first, first + n)],
        target=Target(
            method=_text(message, "method"),
            headers=joined_headers(message.get("headers", []), body),
            body=body,
            timeout_s=_whole(message, "timeout_ms", 1) / 1_000,
        ),
        lanes=min(_whole(message, "concurrency", 1), n),
    )


def _text(message: dict[str, Any], field: str) -> str:
    value = message.get(field)
    if not isinstance(value, str):
        raise BadOrder(f"{field} of a round must be a text, and is {value!r}.")
    return value


def _whole(message: dict[str, Any], field: str, least: int) -> int:
    value = message.get(field)
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise BadOrder(f"{field} of a round must be a whole number from {least} on, and is {value!r}.")
    return value


def _numbered(url: str, serial: int) -> str:
    for counter in COUNTERS:
        url = url.replace(counter, str(serial))
    return url


def joined_headers(pairs: Any, body: bytes | None) -> dict[str, str] | None:
    """Joined where a name is there twice, as a browser joins them; with the content type that it gives a text."""
    headers: dict[str, str] = {}
    try:
        for name, value in pairs:
            known = next((other for other in headers if other.lower() == name.lower()), None)
            headers[known or name] = f"{headers[known]}, {value}" if known else value
    except (TypeError, ValueError, AttributeError) as error:
        raise BadOrder(f"headers of a round must be pairs of texts, and are {pairs!r}.") from error
    if body is not None and not any(name.lower() == "content-type" for name in headers):
        headers["Content-Type"] = "text/plain;charset=UTF-8"
    return headers or None
