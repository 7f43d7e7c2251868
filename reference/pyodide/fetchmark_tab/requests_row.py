"""requests, unchanged: below it urllib3 sends by fetch while Python's stack is suspended (JSPI), or else by a blocking XMLHttpRequest.

Reused: a `Session`. Fresh: a session for each call, as `requests.get` makes one.
"""

from __future__ import annotations

from fetchmark_reference.clients.requests_sync import Fresh, Reused

__all__ = ["Fresh", "Reused"]
