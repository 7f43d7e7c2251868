"""What all rows share: the environment that the libraries look at, and the authorities that they trust."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator

# requests and httpx obey these unasked, aiohttp does not.
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "ws_proxy", "wss_proxy")

# Where requests, httpx and OpenSSL itself (so aiohttp) look for the file of authorities.
AUTHORITIES = ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE")


class TrustError(Exception):
    """The certificate to trust cannot be read."""


def make_equal() -> list[str]:
    """Has all libraries obey what only some do, or none; returns the names of the proxies that are now ignored."""
    ignored = sorted(name for name in os.environ if name.lower() in PROXIES)
    for name in ignored:
        del os.environ[name]
    # requests sends the user's logins from ~/.netrc, the others do not. No file has the empty name.
    os.environ["NETRC"] = ""
    # A file of authorities that is named for one is for all. requests takes a folder as well, the others under another name.
    files = (os.environ.get(name, "") for name in AUTHORITIES)
    if given := next(filter(os.path.isfile, files), None):
        os.environ.update(dict.fromkeys(AUTHORITIES, given))
    return ignored


@contextlib.contextmanager
def trusting(path: str | None) -> Iterator[None]:
    """Adds a certificate to the usual authorities, so that every library verifies as it does by itself, with one more.

    Raises:
        TrustError: the file cannot be read.
    """
    if path is None:
        yield
        return
    import certifi

    try:
        with open(path, encoding="ascii") as file:
            extra = file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise TrustError(f"The certificate to trust, {path}, cannot be read: {error}.") from error
    # On Windows a file that is open cannot be opened again, so it is closed before the libraries read it.
    with tempfile.TemporaryDirectory(prefix="fetchmark-") as folder:
        bundle = os.path.join(folder, "authorities.pem")
        with open(bundle, "w", encoding="utf-8") as file:
            file.write(certifi.contents() + "\n" + extra)
        for name in AUTHORITIES:
            os.environ[name] = bundle
        yield
