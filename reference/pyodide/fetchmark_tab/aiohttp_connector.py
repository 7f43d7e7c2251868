"""aiohttp over the browser's fetch: a connector, which is where aiohttp lets one put another way to connect.

Session, pool, request writer and response parser are aiohttp's own. A transport stands for a connection: it reads the request that
aiohttp writes, sends it by fetch, and writes the answer back as HTTP/1.1, for the parser to read. The browser follows redirects and
keeps cookies itself, and an answer arrives in one piece. `_create_connection` and `ResponseHandler` are aiohttp's own, and not documented:
its version is pinned.
"""

from __future__ import annotations

import asyncio

import aiohttp
from aiohttp.client_proto import ResponseHandler

from .fetched import BrokenOff, Fetched, NoAnswer, fetch

_END_OF_HEAD = b"\r\n\r\n"


class _FetchTransport(asyncio.Transport):
    """One request after another, as on a connection that is kept."""

    def __init__(self, loop: asyncio.AbstractEventLoop, protocol: ResponseHandler) -> None:
        super().__init__()
        self._loop = loop
        self._protocol = protocol
        self._written = bytearray()
        self._closed = False
        # A task that nobody holds may be collected.
        self._task: asyncio.Task | None = None
        # Of the request that will be written next; the bytes hold neither its origin nor its fragment.
        self.url = ""

    def write(self, data: bytes) -> None:
        self._written += data
        head, end, rest = self._written.partition(_END_OF_HEAD)
        if not end:
            return
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines)
        length = next((int(value) for name, value in headers.items() if name.lower() == "content-length"), 0)
        if len(rest) < length:
            return
        self._written.clear()
        method = first.split(" ", 1)[0]
        self._task = self._loop.create_task(self._send(method, headers, bytes(rest)))

    def writelines(self, pieces) -> None:
        self.write(b"".join(pieces))

    async def _send(self, method: str, headers: dict[str, str], body: bytes) -> None:
        try:
            answer = await fetch(self.url, method, headers, body)
        except (NoAnswer, BrokenOff) as error:
            self._lose(error)
            return
        if not self._closed:
            self._protocol.data_received(_as_http(answer))

    def _lose(self, error: OSError | None) -> None:
        if not self._closed:
            self._closed = True
            self._protocol.connection_lost(error)

    def is_closing(self) -> bool:
        return self._closed

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            self._loop.call_soon(self._protocol.connection_lost, None)

    abort = close

    def get_extra_info(self, name: str, default=None):
        return default

    def get_write_buffer_size(self) -> int:
        return 0

    def set_write_buffer_limits(self, high=None, low=None) -> None:
        pass

    def is_reading(self) -> bool:
        return True

    def pause_reading(self) -> None:
        pass

    def resume_reading(self) -> None:
        pass


def _as_http(answer: Fetched) -> bytes:
    lines = [f"HTTP/1.1 {answer.status} {answer.reason}"]
    lines += [f"{name}: {value}" for name, value in answer.headers]
    lines.append(f"content-length: {len(answer.body)}")
    return "\r\n".join(lines).encode("latin-1", "replace") + _END_OF_HEAD + answer.body


class FetchConnector(aiohttp.BaseConnector):
    """For `ClientSession(connector=FetchConnector())`."""

    async def connect(self, req, traces, timeout):
        connection = await super().connect(req, traces, timeout)
        connection.transport.url = str(req.original_url)
        return connection

    async def _create_connection(self, req, traces, timeout) -> ResponseHandler:
        protocol = ResponseHandler(loop=self._loop)
        protocol.connection_made(_FetchTransport(self._loop, protocol))
        return protocol
