"""Addresses go out byte for byte, as a browser sends them.

The libraries would write them anew (`~` for `%7E`, `/` for `%2F` in a query, `%2F` for `%2f`), which the signature of an address does not
survive. What the engine hands over has been read and written by the browser already, and is sent as it is.
"""

from __future__ import annotations

from urllib.parse import quote

# What stays as it is: all of printable ASCII but what a browser encodes wherever it stands.
_AS_IS = "".join(map(chr, range(0x21, 0x7F))).translate({ord(c): None for c in '"<>'})


def as_sent(url: str) -> str:
    """The address as a browser sends it: without a fragment, its host in ASCII, the rest percent-encoded where it is not."""
    url = url.split("#", 1)[0]
    scheme, mark, rest = url.partition("://")
    if not mark:
        return quote(url, safe=_AS_IS)
    end = min((at for at in map(rest.find, "/?") if at >= 0), default=len(rest))
    return f"{scheme}://{_ascii_host(rest[:end])}{quote(rest[end:], safe=_AS_IS)}"


def target(url: str) -> str:
    """Path and query of an absolute address that is as it is sent: what the request line holds."""
    rest = url.partition("#")[0].partition("://")[2]
    at = min((at for at in map(rest.find, "/?") if at >= 0), default=len(rest))
    return rest[at:] if rest[at : at + 1] == "/" else "/" + rest[at:]


def _ascii_host(authority: str) -> str:
    if authority.isascii():
        return authority
    # Each of the libraries brings it.
    import idna

    host, mark, port = authority.partition(":")
    try:
        return idna.encode(host, uts46=True).decode() + mark + port
    except idna.IDNAError:
        # Each library says in its own words that this is no host.
        return authority
