"""One file with everything: both databases, the stored files and the key. The service may go on meanwhile.

The file holds what the service holds: keep it as safe as the service itself. A name ending in .gz is compressed.
The key that signs practice cards is not in it: it never leaves the data folder. Restored elsewhere, the service signs
with a new one, which those who hold its papers compare by telephone once more.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

from openpes.cli import archive, postgresql_tools

NAME = "backup"
HELP = "write everything into one file"
NEEDS_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file to write."""
    parser.add_argument("file", metavar="F", type=Path, help="the file to write, such as openpes-2026-11-24.tar.gz")
    parser.add_argument("--force", action="store_true", help="replace the file when it is there")


def run(args: argparse.Namespace) -> int:
    """0: written and whole; 1: written, but some stored files are missing; 2: not written."""
    if args.file.exists() and not args.force:
        print(f"{args.file} is there already. Choose another name, or add --force to replace it.", file=sys.stderr)
        return 2
    try:
        manifest, missing = make_backup(args.file)
    except archive.ArchiveTrouble as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{args.file} cannot be written: {error.strerror}. Choose another place.", file=sys.stderr)
        return 2
    for name in missing:
        print(f"missing: {name}", file=sys.stderr)
    size = args.file.stat().st_size / 1e6
    print(f"{args.file}: {len(manifest.members)} parts, {size:.1f} MB, made at {manifest.made_at}")
    return 1 if missing else 0


def make_backup(target: Path) -> tuple[archive.Manifest, list[str]]:
    """Write the backup; returns what is in it, and the stored files that should have been and are not on the disk."""
    from django.conf import settings

    from openpes.core.clock import now

    manifest = archive.Manifest(settings.COUNTRY, now().isoformat(timespec="seconds"))
    # Beside the target: the copies need as much room as the backup itself.
    with (
        tempfile.TemporaryDirectory(prefix=".openpes-backup-", dir=target.absolute().parent) as work,
        archive.writing(target, manifest) as writer,
    ):
        _add_databases(writer, settings.DATABASES, Path(work))
        secret = Path(settings.DATA) / "secret-key"
        if secret.exists():
            writer.add(archive.SECRET, secret)
        missing = _add_stored_files(writer)
    return manifest, missing


def _add_databases(writer: archive.Writer, databases: dict[str, dict[str, Any]], work: Path) -> None:
    main, access = databases["default"], databases["access"]
    if main["ENGINE"].endswith("postgresql"):
        postgresql_tools.dump(main, work / archive.DUMP)
        writer.add(archive.DUMP, work / archive.DUMP)
    else:
        _add_sqlite(writer, Path(str(main["NAME"])), work / archive.MAIN)
    _add_sqlite(writer, Path(str(access["NAME"])), work / archive.ACCESS)


def _add_sqlite(writer: archive.Writer, source: Path, copy: Path) -> None:
    if not source.exists():
        raise archive.ArchiveTrouble(
            f"There is no database {source} to back up. Set OPENPES_DATA and OPENPES_COUNTRY as the service has them."
        )
    archive.copy_sqlite(source, copy)
    problems = archive.sqlite_problems(copy)
    if problems:
        raise archive.ArchiveTrouble(
            f"The database is damaged and was not backed up ({problems[0]}). "
            "Run script/openpes verify, and restore the last good backup."
        )
    writer.add(copy.name, copy)
    copy.unlink()


def _add_stored_files(writer: archive.Writer) -> list[str]:
    """Files are written before the row that names them, so each row of the copy just made has its file."""
    from openpes.core.files import path_of
    from openpes.core.models import StoredFile

    missing = []
    digests = StoredFile.objects.order_by("sha256").values_list("sha256", flat=True).distinct()
    for digest in digests.iterator(chunk_size=2000):
        try:
            writer.add(f"files/{digest[:2]}/{digest}", path_of(digest))
        except FileNotFoundError:
            missing.append(digest)
    return missing
