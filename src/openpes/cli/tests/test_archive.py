"""The backup file: whole or not there, refused when one byte differs, and nothing in it can lead elsewhere."""

from __future__ import annotations

import io
import json
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from openpes.cli import archive

DIGEST = "ab" * 32


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A small database in the journal mode of the service."""
    path = tmp_path / "live.sqlite3"
    with closing(sqlite3.connect(path)) as live:
        live.execute("PRAGMA journal_mode=WAL")
        live.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
        live.execute("CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES parent(id))")
        live.executemany("INSERT INTO parent VALUES (?)", [(number,) for number in range(500)])
        live.commit()
    return path


def make(path: Path, members: dict[str, bytes]) -> Path:
    """A backup with these members."""
    manifest = archive.Manifest("PH", "2026-11-24T00:00:00+00:00")
    with archive.writing(path, manifest) as writer:
        for name, content in members.items():
            source = path.parent / "one-member"
            source.write_bytes(content)
            writer.add(name, source)
    return path


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    """Plain and compressed, byte for byte, readable by the owner only."""
    members = {archive.ACCESS: b"log", f"files/ab/{DIGEST}": b"\0" * 3_000_000}
    for name in ("b.tar", "b.tar.gz"):
        path = make(tmp_path / name, members)
        into = tmp_path / f"into-{name}"
        manifest = archive.unpack(path, into)
        assert manifest.country == "PH"
        assert {member: (into / member).read_bytes() for member in manifest.members} == members
        assert path.stat().st_mode & 0o077 == 0
    assert (tmp_path / "b.tar.gz").stat().st_size < (tmp_path / "b.tar").stat().st_size / 10


def test_a_backup_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    """Neither the file nor its unfinished half."""
    with pytest.raises(RuntimeError), archive.writing(tmp_path / "b.tar", archive.Manifest("PH", "now")) as writer:
        source = tmp_path / "part"
        source.write_bytes(b"half")
        writer.add(archive.ACCESS, source)
        raise RuntimeError("the lamp went out")
    assert [path.name for path in tmp_path.iterdir()] == ["part"]


def test_a_backup_that_breaks_off_keeps_the_one_before(tmp_path: Path) -> None:
    """The last good backup stays until the next is whole."""
    path = make(tmp_path / "b.tar", {archive.ACCESS: b"good"})
    before = path.read_bytes()
    with pytest.raises(RuntimeError), archive.writing(path, archive.Manifest("PH", "now")):
        raise RuntimeError("the lamp went out")
    assert path.read_bytes() == before


@pytest.mark.parametrize("where", [0.02, 0.3, 0.6])
def test_one_altered_byte_is_found(tmp_path: Path, where: float) -> None:
    """Wherever it is: in a header, in the content."""
    path = make(tmp_path / "b.tar", {archive.ACCESS: bytes(range(256)) * 400})
    content = bytearray(path.read_bytes())
    content[int(len(content) * where)] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(archive.ArchiveTrouble):
        archive.unpack(path, tmp_path / "into")


@pytest.mark.parametrize("kept", [0.0, 0.2, 0.5, 0.9])
def test_a_cut_off_backup_is_refused(tmp_path: Path, kept: float) -> None:
    """A copy that broke off is not a backup."""
    path = make(tmp_path / "b.tar", {archive.ACCESS: b"x" * 100_000})
    content = path.read_bytes()
    end = content.index(archive.MANIFEST.encode())
    path.write_bytes(content[: int(end * kept)])
    with pytest.raises(archive.ArchiveTrouble):
        archive.unpack(path, tmp_path / "into")


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "files/../../x", "unknown", f"files/zz/{DIGEST}"])
def test_a_name_that_no_backup_has_is_refused(tmp_path: Path, name: str) -> None:
    """An archive from elsewhere cannot write beside the folder."""
    path = tmp_path / "evil.tar"
    with tarfile.open(path, "w") as tar:
        info = tarfile.TarInfo(name)
        info.size = 1
        tar.addfile(info, io.BytesIO(b"x"))
    into = tmp_path / "a" / "into"
    with pytest.raises(archive.ArchiveTrouble):
        archive.unpack(path, into)
    assert not (tmp_path / "outside").exists() and not (tmp_path / "a" / "outside").exists()


def test_a_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    """Links lead out of the folder."""
    path = tmp_path / "evil.tar"
    with tarfile.open(path, "w") as tar:
        info = tarfile.TarInfo(archive.ACCESS)
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(info)
    with pytest.raises(archive.ArchiveTrouble):
        archive.unpack(path, tmp_path / "into")


def test_a_member_that_is_missing_is_found(tmp_path: Path) -> None:
    """The list says what must be there."""
    path = tmp_path / "b.tar"
    told = {"format": archive.FORMAT, "country": "PH", "made_at": "x", "members": {archive.ACCESS: [1, "00"]}}
    content = json.dumps(told).encode()
    with tarfile.open(path, "w") as tar:
        info = tarfile.TarInfo(archive.MANIFEST)
        info.size = len(content)
        tar.addfile(info, io.BytesIO(content))
    with pytest.raises(archive.ArchiveTrouble, match="damaged"):
        archive.unpack(path, tmp_path / "into")


def test_a_database_in_use_is_copied_whole(tmp_path: Path, database: Path) -> None:
    """What is committed and still only in the write-ahead log is in the copy; what is not committed is not."""
    with closing(sqlite3.connect(database)) as live:
        live.execute("PRAGMA wal_autocheckpoint=0")
        live.execute("INSERT INTO parent VALUES (1000)")
        live.commit()
        live.execute("INSERT INTO parent VALUES (2000)")
        archive.copy_sqlite(database, tmp_path / "copy.sqlite3")
        # The negative control: copying the bare file misses what lies in the log beside it.
        (tmp_path / "bare.sqlite3").write_bytes(database.read_bytes())
    assert _ids(tmp_path / "copy.sqlite3") == [*range(500), 1000]
    assert 1000 not in _ids(tmp_path / "bare.sqlite3")
    assert not (tmp_path / "copy.sqlite3-wal").exists()


def _ids(path: Path) -> list[int]:
    with closing(sqlite3.connect(path)) as database:
        return [row[0] for row in database.execute("SELECT id FROM parent ORDER BY id")]


def test_sound_damaged_and_loose_databases_are_told_apart(tmp_path: Path, database: Path) -> None:
    """Nothing to say, a page overwritten, a row that points nowhere."""
    archive.copy_sqlite(database, tmp_path / "sound.sqlite3")
    assert archive.sqlite_problems(tmp_path / "sound.sqlite3") == []
    with closing(sqlite3.connect(tmp_path / "sound.sqlite3")) as loose:
        loose.execute("INSERT INTO child VALUES (1, 77777)")
        loose.commit()
    assert "points at a row of parent" in archive.sqlite_problems(tmp_path / "sound.sqlite3")[0]
    damaged = tmp_path / "damaged.sqlite3"
    content = bytearray((tmp_path / "sound.sqlite3").read_bytes())
    content[5000:7000] = b"\xff" * 2000
    damaged.write_bytes(content)
    assert archive.sqlite_problems(damaged)
    assert archive.sqlite_problems(tmp_path / "none.sqlite3")
