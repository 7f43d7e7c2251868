"""Fetchmark's reference clients: requests, httpx and aiohttp, measured by the rules that the browser's clients are measured by.

`python -m fetchmark_reference worker` waits for lines on its standard input; README.md, beside this package, describes them.
"""
