"""One request by the browser's fetch, or by a blocking XMLHttpRequest, for the transports of httpx and aiohttp."""

from __future__ import annotations

from dataclasses import dataclass

import js
from pyodide.ffi import JsException, can_run_sync, run_sync, to_js

# What the body no longer is, once the browser has decoded it.
_OF_THE_WIRE = {"content-encoding", "content-length", "transfer-encoding"}


@dataclass(slots=True)
class Fetched:
    """An answer whose body was read to its end."""

    status: int
    reason: str
    headers: list[tuple[str, str]]
    body: bytes


class NoAnswer(OSError):
    """The browser's error, in its own words. It says the same of all that keeps it from an answer."""


class BrokenOff(OSError):
    """The answer had begun, and its body broke off."""


def _options(method: str, headers: dict[str, str], body: bytes | None):
    options = {"method": method, "headers": headers}
    if body:
        options["body"] = body
    return to_js(options, dict_converter=js.Object.fromEntries)


def _fetched(response, body: bytes) -> Fetched:
    headers = js.Object.fromEntries(response.headers).to_py()
    kept = [(name, value) for name, value in headers.items() if name not in _OF_THE_WIRE]
    return Fetched(response.status, response.statusText, kept, body)


async def fetch(url: str, method: str, headers: dict[str, str], body: bytes | None) -> Fetched:
    """Raises NoAnswer or BrokenOff."""
    try:
        response = await js.fetch(url, _options(method, headers, body))
    except JsException as error:
        raise NoAnswer(str(error)) from error
    try:
        return _fetched(response, (await response.arrayBuffer()).to_bytes())
    except JsException as error:
        raise BrokenOff(str(error)) from error


def fetch_blocking(url: str, method: str, headers: dict[str, str], body: bytes | None) -> Fetched:
    """The same while Python's stack is suspended, or, where a browser cannot do that, by a blocking XMLHttpRequest."""
    if not can_run_sync():
        return _by_xhr(url, method, headers, body)
    try:
        response = run_sync(js.fetch(url, _options(method, headers, body)))
    except JsException as error:
        raise NoAnswer(str(error)) from error
    try:
        return _fetched(response, run_sync(response.arrayBuffer()).to_bytes())
    except JsException as error:
        raise BrokenOff(str(error)) from error


def _by_xhr(url: str, method: str, headers: dict[str, str], body: bytes | None) -> Fetched:
    xhr = js.XMLHttpRequest.new()
    xhr.open(method, url, False)
    xhr.responseType = "arraybuffer"
    for name, value in headers.items():
        xhr.setRequestHeader(name, value)
    try:
        xhr.send(to_js(body) if body else None)
    except JsException as error:
        raise NoAnswer(str(error)) from error
    if xhr.status == 0:
        # Firefox throws nothing where CORS withholds the answer.
        raise NoAnswer("XMLHttpRequest reports no answer")
    lines = (line.partition(": ") for line in xhr.getAllResponseHeaders().split("\r\n") if line)
    kept = [(name, value) for name, _, value in lines if name.lower() not in _OF_THE_WIRE]
    return Fetched(xhr.status, xhr.statusText, kept, xhr.response.to_bytes())
