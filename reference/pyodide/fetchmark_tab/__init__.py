"""requests, httpx, aiohttp and Pyodide's own clients, measured in a browser's tab by the rules that all clients are measured by.

README.md, beside this package, says what each row is. What the rows share with CPython's is in `fetchmark_reference`.
"""
