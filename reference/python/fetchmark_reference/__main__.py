"""`python -m fetchmark_reference worker [--trust FILE]`."""

from __future__ import annotations

import argparse

from . import surroundings, worker


def main() -> None:
    parser = argparse.ArgumentParser(prog="fetchmark_reference", description="Fetchmark's Python clients.")
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("worker", help="answer one line of JSON for each on standard input")
    command.add_argument(
        "--trust",
        metavar="FILE",
        help="a PEM file with a certificate to accept beside the usual authorities: the lab's, which signs its own",
    )
    arguments = parser.parse_args()
    # Before any of the libraries is imported: aiohttp reads the authorities as it is.
    ignored = surroundings.make_equal()
    try:
        with surroundings.trusting(arguments.trust):
            worker.serve(ignored)
    except surroundings.TrustError as error:
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main()
