"""Loads a publisher's taxonomy: staged, whole or not at all, and once however often it is repeated."""

from __future__ import annotations

import fcntl
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import NotPermitted
from openpes.reference import crosswalk, imported, placing
from openpes.reference.models import LoadState, TaxonomyLoad, TaxonomyVersion
from openpes.reference.publishers.esco import Esco
from openpes.reference.publishers.onet import Onet
from openpes.reference.publishers.parts import NothingRecognised, Part, Publisher, parts_of, version_of
from openpes.reference.publishers.records import BadRow, TaxonomyTrouble
from openpes.reference.publishers.sources import Download, open_download
from openpes.reference.publishers.tabiya import Tabiya
from openpes.reference.staging import Stage, remove_load

VERB = "taxonomy.load"
SCHEMES = ("esco", "onet", "tabiya")
Tell = Callable[[str], None]


@dataclass
class Loaded:
    """What a load did. `new` False: everything was there already and nothing was changed."""

    scheme: str
    version: str
    new: bool
    languages: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)


def publisher_of(scheme: str, language: str = "en") -> Publisher:
    """The format of a scheme: esco, onet or tabiya. Raises TaxonomyTrouble."""
    if scheme == "tabiya":
        return Tabiya(language)
    if scheme in ("esco", "onet"):
        return Esco() if scheme == "esco" else Onet()
    raise TaxonomyTrouble(f"There is no taxonomy called {scheme}. Choose esco, onet or tabiya.")


def _may(by: Actor) -> None:
    if not by.may(VERB):
        raise NotPermitted(VERB)


@contextmanager
def _alone() -> Iterator[None]:
    """One load at a time on this machine; whoever gets the lock may clear away what an interrupted load left."""
    path = Path(settings.DATA) / "taxonomy-import.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise TaxonomyTrouble("Another taxonomy is being loaded right now. Wait until it is done.") from None
        yield


def remove_unfinished() -> int:
    """Take away loads that were interrupted; returns how many."""
    unfinished = list(TaxonomyLoad.objects.filter(state=LoadState.LOADING).order_by("-pk").values_list("pk", flat=True))
    for key in unfinished:
        remove_load(key)
    return len(unfinished)


def load_taxonomy(
    *, path: Path, scheme: str, version: str | None = None, language: str = "en", replace: bool = False,
    by: Actor, at: datetime, tell: Tell = lambda _: None, report: Callable[[BadRow], None] = lambda _: None,
) -> Loaded:  # fmt: skip
    """Load a folder or zip as its publisher made it. Not one transaction, but nothing is seen before all is there.

    `replace` puts this load in the place of the version of the same number. `report` is told every row that was not
    taken. Raises TaxonomyTrouble with one sentence; then nothing was changed.
    """
    _may(by)
    with _alone():
        if count := remove_unfinished():
            tell(f"cleared away {count} interrupted load{'s' if count > 1 else ''}")
        publisher = publisher_of(scheme, language)
        download = open_download(path)
        # Another publisher's folder is told as such before anybody is asked for its version.
        parts = _parts(download, publisher, tell)
        number = version_of(download, publisher, version)
        ready = TaxonomyVersion.objects.filter(scheme=scheme, version=number, state=LoadState.READY).first()
        held = _files_of(ready)
        fresh = [part for part in parts if held.get(part.key) != part.file.sha256]
        if not fresh:
            assert ready is not None
            return Loaded(scheme, number, False, ready.languages, ready.counts)
        if clash := [part for part in fresh if part.key in held]:
            if not replace:
                raise TaxonomyTrouble(
                    f"{publisher.title} {number} is loaded already, and {clash[0].file.place} is not what was loaded "
                    "then. Add --replace to put these files in its place, or give them another --version."
                )
            ready, held, fresh = None, {}, parts
        return _staged(publisher, number, parts, fresh, ready, set(held), by, at, tell, report)


def _parts(download: Download, publisher: Publisher, tell: Tell) -> list[Part]:
    """The parts of a download; who gave another publisher's is told whose it is."""
    try:
        return parts_of(download, publisher, tell)
    except NothingRecognised as trouble:
        for other in (publisher_of(scheme) for scheme in SCHEMES if scheme != publisher.scheme):
            if any((found := other.recognise(file)) and found[0] in other.concept_roles for file in download.files):
                raise TaxonomyTrouble(
                    f"{download.path.name} holds files of {other.title}, not of {publisher.title}. Load it with "
                    f"`taxonomy import {other.scheme}`; nothing was changed."
                ) from trouble
        raise


def _files_of(version: TaxonomyVersion | None) -> dict[str, str]:
    """Part -> hash of its content, of everything a version holds."""
    files: dict[str, str] = {}
    if version is not None:
        for load in version.loads.filter(state=LoadState.READY).order_by("pk"):
            files |= load.files
    return files


def _staged(
    publisher: Publisher, number: str, parts: list[Part], fresh: list[Part], ready: TaxonomyVersion | None,
    held: set[str], by: Actor, at: datetime, tell: Tell, report: Callable[[BadRow], None],
) -> Loaded:  # fmt: skip
    files = {part.key: part.file.sha256 for part in fresh}
    content = hashlib.sha256("\n".join(f"{key} {files[key]}" for key in sorted(files)).encode()).hexdigest()
    with transaction.atomic():
        version = ready or TaxonomyVersion.objects.create(scheme=publisher.scheme, version=number, loaded_at=at)
        load = TaxonomyLoad.objects.create(version=version, sha256=content, files=files, loaded_at=at)
    try:
        roles = {key.split(":")[0] for key in (*files, *held)}
        stage = Stage(load, publisher, roles, report)
        for place, part in enumerate(parts, start=1):
            if part in fresh:
                tell(f"{place} of {len(parts)}: {part.file.place}")
                stage.write(part)
            elif publisher.rereads:
                for _ in publisher.records(part):
                    pass
        return _made_ready(version, load, stage, by, at)
    except BaseException:
        tell("stopped: taking away what was written")
        remove_load(load.pk)
        raise


def _made_ready(version: TaxonomyVersion, load: TaxonomyLoad, stage: Stage, by: Actor, at: datetime) -> Loaded:
    """The one moment in which a load begins to exist; a version that it replaces ends in the same moment."""
    with transaction.atomic():
        old = TaxonomyVersion.objects.filter(scheme=version.scheme, version=version.version, state=LoadState.READY)
        # The rows of a replaced version are taken away after this; nothing sees them once their loads are not ready.
        loads = TaxonomyLoad.objects.filter(version__in=old.exclude(pk=version.pk))
        replaced = list(loads.order_by("-pk").values_list("pk", flat=True))
        TaxonomyLoad.objects.filter(pk__in=replaced).update(state=LoadState.LOADING)
        old.exclude(pk=version.pk).update(state=LoadState.LOADING)
        load.state, load.counts = LoadState.READY, dict(stage.counts)
        load.save(update_fields=["state", "counts"])
        total: Counter[str] = Counter()
        for one in version.loads.filter(state=LoadState.READY):
            total.update(one.counts)
        version.state, version.loaded_at, version.counts = LoadState.READY, at, dict(total)
        version.languages = sorted({*version.languages, *stage.languages})
        version.save()
        placing.place_by_soc(scheme=version.scheme)
        crosswalk.store_proposals(version, at=at)
        record_change(
            by=by, at=at, verb=VERB, thing=f"taxonomy:{version.scheme}:{version.version}",
            detail={"sha256": load.sha256, "counts": dict(stage.counts)},
        )  # fmt: skip
    for key in replaced:
        remove_load(key)
    imported.forget()
    return Loaded(version.scheme, version.version, True, version.languages, dict(stage.counts))


def remove_version(*, scheme: str, version: str, by: Actor, at: datetime) -> None:
    """Take a version away. Whoever carries its skills keeps the ids. Raises TaxonomyTrouble when it is not there."""
    _may(by)
    with _alone():
        found = TaxonomyVersion.objects.filter(scheme=scheme, version=version, state=LoadState.READY).first()
        if found is None:
            raise TaxonomyTrouble(f"{scheme} {version} is not loaded. `openpes taxonomy list` names what is.")
        with transaction.atomic():
            keys = list(found.loads.order_by("-pk").values_list("pk", flat=True))
            found.loads.update(state=LoadState.LOADING)
            found.state = LoadState.LOADING
            found.save(update_fields=["state"])
            record_change(by=by, at=at, verb="taxonomy.remove", thing=f"taxonomy:{scheme}:{version}")
        for key in keys:
            remove_load(key)
    imported.forget()
