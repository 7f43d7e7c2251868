"""Makes the folder that Python in the tab is loaded from: `python assemble.py PYODIDE FOLDER`.

PYODIDE is the npm package of Pyodide (a .tgz, as `npm pack` makes it); FOLDER is made. `cargo xtask build` runs this. It needs Python 3.10
or later with pip, and the package index, and nothing else.

Everything that Python imports goes into one archive without compression: what serves it compresses it as a whole, which is a third less
than archives that are compressed inside. It takes the place of Pyodide's archive of the standard library, from which Python imports
without unpacking.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
REFERENCE = HERE.parent / "python"

# As npm has it: `npm view pyodide@VERSION dist.integrity`.
PYODIDE_SHA512 = "d18bd7c4485f11da4b7dbfd790cd8114078c44eab488c517d9bcf31fda4eb6dc8c716930abe1db139bb2b860fcd8b37bcb6abe48dbe2ffa579244b0e943d91d4"

# What of the npm package is loaded as it is.
LOADED = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")

# Static hosts compress by a file's ending, and no zip.
ARCHIVE = "python.zip.txt"

# The libraries and what they import, of the versions and hashes that CPython's rows have.
PURE = (
    "requests urllib3 idna certifi charset-normalizer httpx multidict yarl frozenlist propcache aiosignal aiohappyeyeballs attrs"
).split()

# aiohttp has no wheel without compiled parts, and runs without them: those of any other system are left out.
COMPILED = ("aiohttp",)
SYSTEM = ["--platform", "manylinux2014_x86_64", "--implementation", "cp", "--abi", "cp314"]

# What nobody imports in the tab: folders and files, as they begin.
UNUSED = tuple(json.loads((HERE / "unused.json").read_text(encoding="utf-8")))

# What of a package is of use: its Python, its name and version, its licence.
USED = re.compile(r"\.py$|\.dist-info/(METADATA$|licenses/|LICEN[CS]E|NOTICE)")

# The same bytes each time.
AS_OF = (1980, 1, 1, 0, 0, 0)


def main() -> None:
    package, folder = map(Path, sys.argv[1:])
    content = package.read_bytes()
    if hashlib.sha512(content).hexdigest() != PYODIDE_SHA512:
        raise SystemExit(f"{package.name} is not the package that is pinned: its SHA-512 differs.")
    pyodide = {
        Path(member.name).name: tar.extractfile(member).read()
        for tar in [tarfile.open(fileobj=io.BytesIO(content))]
        for member in tar
        if member.isfile() and len(Path(member.name).parts) == 2
    }
    folder.mkdir(parents=True)
    for name in LOADED:
        (folder / name).write_bytes(pyodide[name])
    with tempfile.TemporaryDirectory() as downloads:
        for wheels in (PURE, []), (COMPILED, SYSTEM):
            download(*wheels, Path(downloads))
        files = dict(standard_library(pyodide["python_stdlib.zip"]))
        for wheel in sorted(Path(downloads).iterdir()):
            files |= dict(members(wheel.read_bytes()))
    for package in (REFERENCE / "fetchmark_reference", HERE / "fetchmark_tab"):
        files |= {
            file.relative_to(package.parent).as_posix(): file.read_bytes() for file in sorted(package.rglob("*.py"))
        }
    # Never read in the tab, where the browser knows whom to trust; that it is there is looked at.
    files["certifi/cacert.pem"] = b""
    (folder / ARCHIVE).write_bytes(archive(files))
    hashes = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in ("pyodide.asm.wasm", ARCHIVE)
    }
    version = json.loads(pyodide["package.json"])["version"]
    (folder / "manifest.json").write_text(json.dumps({"version": version, "files": hashes}), encoding="utf-8")


def download(names: tuple[str, ...] | list[str], system: list[str], folder: Path) -> None:
    """By the lock file of CPython's rows."""
    lock = (REFERENCE / "requirements.txt").read_text(encoding="utf-8")
    pinned = [entry for name in names for entry in re.findall(rf"(?m)^{name}==(?:.*\\\n)*.*$", lock)]
    with tempfile.NamedTemporaryFile("w", suffix=".txt", delete=False, encoding="utf-8") as file:
        file.write("\n".join(pinned))
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet"]
    chosen = ["--no-deps", "--only-binary", ":all:", "--python-version", "3.14"]
    chosen += system or ["--platform", "any", "--implementation", "py", "--abi", "none"]
    subprocess.run([*pip, *chosen, "--require-hashes", "--dest", str(folder), "--requirement", file.name], check=True)
    Path(file.name).unlink()


def members(wheel: bytes) -> Iterator[tuple[str, bytes]]:
    """What of a wheel is of use in the tab."""
    with zipfile.ZipFile(io.BytesIO(wheel)) as package:
        for name in package.namelist():
            if USED.search(name) and not name.startswith(UNUSED):
                content = package.read(name)
                # Behind the fields stands a description, with a changelog longer than the package.
                yield name, content.partition(b"\n\n")[0] + b"\n" if name.endswith("METADATA") else content


def standard_library(packed: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(packed)) as library:
        for name in library.namelist():
            if not name.endswith("/") and not name.startswith(UNUSED):
                yield name, library.read(name)


def archive(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as target:
        # Files that are alike beside each other.
        for name in sorted(files):
            target.writestr(zipfile.ZipInfo(name, AS_OF), files[name])
    return packed.getvalue()


if __name__ == "__main__":
    main()
