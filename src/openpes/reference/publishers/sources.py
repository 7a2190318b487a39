"""A publisher's download, opened safely: a folder or a zip, however nested, with every file checked before use.

Nothing is unpacked to the disk. Zips inside folders or zips are looked into, to a depth of three. A zip that would
grow beyond MOST_BYTES, or beyond MOST_GROWTH times its own size, is refused before it is read.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from openpes.reference.publishers.records import BadRow, TaxonomyTrouble

MOST_BYTES = 2 << 30
MOST_GROWTH = 200
MOST_FILES = 5_000
MOST_NESTED = 512 << 20
MOST_CELL = 4 << 20
DEPTH = 3
READ_NAMES = (".csv", ".txt", ".zip")
_CHUNK = 1 << 20
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


@dataclass
class SourceFile:
    """One file of a download. `place` is how it is named to people; `path` its path inside the download."""

    path: str
    place: str
    size: int
    opener: Callable[[], IO[bytes]]
    sha256: str = ""

    @property
    def name(self) -> str:
        """The bare file name."""
        return PurePosixPath(self.path).name

    def open(self) -> IO[bytes]:
        """The bytes. Raises TaxonomyTrouble when they cannot be read."""
        try:
            return self.opener()
        except (*_BROKEN, OSError) as error:
            raise _broken(self.place, error) from error

    def header(self) -> list[str]:
        """The cells of the first line, small letters, for recognising a format. Empty when it is not text.

        Raises TaxonomyTrouble for text in UTF-16, which is what spreadsheets call "Unicode".
        """
        with self.open() as binary:
            try:
                start = binary.read(4096)
            except (*_BROKEN, OSError) as error:
                raise _broken(self.place, error) from error
        if start.startswith(_WIDE):
            raise TaxonomyTrouble(
                f"{self.place} is UTF-16 text. Use the publisher's own file, or save it again as UTF-8; nothing was "
                "changed."
            )
        first = start.decode("utf-8-sig", errors="replace").split("\n", 1)[0]
        return [cell.strip().strip('"').lower() for cell in re.split(r"[,\t]", first.rstrip("\r"))]


@dataclass
class Download:
    """The files of a folder or zip, and the names along the way, which often say the version."""

    path: Path
    files: list[SourceFile] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    _bytes: int = 0

    def _budget(self, place: str, size: int) -> None:
        self._bytes += size
        if self._bytes > MOST_BYTES:
            raise TaxonomyTrouble(
                f"{place} would unpack to more than {MOST_BYTES >> 30} GB, which no taxonomy needs. Nothing was read; "
                "download it again from its publisher."
            )
        if len(self.files) > MOST_FILES:
            raise TaxonomyTrouble(f"{self.path.name} holds over {MOST_FILES} files. Give the taxonomy's own folder.")


def _broken(place: str, error: BaseException) -> TaxonomyTrouble:
    return TaxonomyTrouble(f"{place} is damaged or incomplete ({error}). Download it again; nothing was changed.")


def open_download(path: Path) -> Download:
    """What lies in a folder or zip. Raises TaxonomyTrouble with a sentence."""
    download = Download(path, names=[path.name])
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.is_file() and file.suffix.lower() in READ_NAMES:
                _add_file(download, file, str(file.relative_to(path).as_posix()))
    elif path.is_file():
        if not zipfile.is_zipfile(path):
            raise TaxonomyTrouble(
                f"{path.name} is not a whole zip file. Give the publisher's zip as it was downloaded, or a folder."
            )
        _add_zip(download, lambda: path.open("rb"), path.name, path.stat().st_size, 1)
    else:
        raise TaxonomyTrouble(f"There is no file or folder {path}. Give the path of the publisher's download.")
    return download


def _add_file(download: Download, file: Path, inside: str) -> None:
    download.names.extend(PurePosixPath(inside).parts)
    size = file.stat().st_size
    if file.suffix.lower() == ".zip":
        _add_zip(download, lambda: file.open("rb"), inside, size, 1)
        return
    download.files.append(SourceFile(inside, inside, size, lambda: file.open("rb")))
    download._budget(inside, size)


def _add_zip(download: Download, opener: Callable[[], IO[bytes]], place: str, packed: int, depth: int) -> None:
    try:
        archive = zipfile.ZipFile(opener())
        members = [info for info in archive.infolist() if not info.is_dir()]
    except (*_BROKEN, OSError) as error:
        raise _broken(place, error) from error
    unpacked = sum(info.file_size for info in members)
    if unpacked > max(64 << 20, MOST_GROWTH * packed):
        raise TaxonomyTrouble(
            f"{place} would grow to {unpacked // max(1, packed)} times its size, which no taxonomy does. Nothing was "
            "read; download it again from its publisher."
        )
    for info in members:
        name = info.filename.replace("\\", "/")
        download.names.extend(PurePosixPath(name).parts)
        suffix = PurePosixPath(name).suffix.lower()
        if suffix not in READ_NAMES or PurePosixPath(name).name.startswith("._"):
            continue
        if info.flag_bits & 1:
            raise TaxonomyTrouble(f"{place} is locked with a password. Unpack it yourself and give the folder.")
        inside = f"{place}/{name}"
        if suffix == ".zip":
            if depth >= DEPTH or info.file_size > MOST_NESTED:
                raise TaxonomyTrouble(f"{inside} is packed too deep or too large. Unpack it and give the folder.")
            download._budget(inside, info.file_size)
            content = _member(archive, info, inside)
            _add_zip(download, lambda content=content: io.BytesIO(content), inside, len(content), depth + 1)  # type: ignore[misc]
        else:
            download.files.append(
                SourceFile(name, inside, info.file_size, lambda info=info: archive.open(info))  # type: ignore[misc]
            )
            download._budget(inside, info.file_size)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, place: str) -> bytes:
    try:
        return archive.read(info)
    except (*_BROKEN, OSError) as error:
        raise _broken(place, error) from error


def examine(file: SourceFile) -> None:
    """Read a file to its end once: whole, UTF-8, and which content. Sets `sha256`. Raises TaxonomyTrouble."""
    digest, decoder, lines = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")(), 1
    with file.open() as binary:
        try:
            while chunk := binary.read(_CHUNK):
                digest.update(chunk)
                decoder.decode(chunk)
                lines += chunk.count(b"\n")
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            raise TaxonomyTrouble(
                f"{file.place} is not UTF-8 text (after line {lines}). Use the publisher's own file, or save it again "
                "as UTF-8; nothing was changed."
            ) from error
        except (*_BROKEN, OSError) as error:
            raise _broken(file.place, error) from error
    file.sha256 = digest.hexdigest()


def rows(
    file: SourceFile, *, needed: tuple[str, ...], delimiter: str = ","
) -> Iterator[tuple[int, dict[str, str]] | BadRow]:
    """(row number, cells by column in small letters), or why a row is not one. The header is row 1.

    Raises TaxonomyTrouble when a needed column is missing: then it is another kind of file.
    """
    csv.field_size_limit(MOST_CELL)
    with io.TextIOWrapper(file.open(), encoding="utf-8-sig", newline="") as text:
        if delimiter == "\t":
            reader = csv.reader(text, delimiter=delimiter, quoting=csv.QUOTE_NONE)
        else:
            reader = csv.reader(text, delimiter=delimiter)
        try:
            header = [cell.strip().lower() for cell in next(reader, [])]
            missing = [column for column in needed if column not in header]
            if missing:
                raise TaxonomyTrouble(
                    f"{file.place} has no column {', '.join(missing)}, so it is not the publisher's file of that name. "
                    "Download it again; nothing was changed."
                )
            width = len(header)
            for number, cells in enumerate(reader, start=2):
                if len(cells) == width:
                    yield number, dict(zip(header, cells, strict=True))
                elif any(cell.strip() for cell in cells):
                    yield BadRow(file.place, number, f"has {len(cells)} columns where the first row has {width}")
        except csv.Error as error:
            raise TaxonomyTrouble(
                f"{file.place} cannot be read as a table near line {reader.line_num} ({error}). Download it again; "
                "nothing was changed."
            ) from error


def clean(text: str) -> str:
    """One stored spelling: NFC, single spaces, no zero-width blanks, nothing that a database cannot hold."""
    return unicodedata.normalize("NFC", " ".join(text.replace("\u200b", "").replace("\x00", "").split()))


def split_labels(cell: str) -> list[str]:
    """The labels of a cell: a line each, or a bar between them in the collections; each once, in order."""
    parts = cell.split("\n") if "\n" in cell else cell.split(" | ")
    return list(dict.fromkeys(filter(None, map(clean, parts))))
