"""Numba, later: the slow twin answers until the kernels are ready, so that a first start is instant.

`warm_up()` compiles (some seconds the first time, well under a second from the cache afterwards); with
`background=True` it returns at once. The cache lies in the folder named by OPENPES_NUMBA_CACHE, else NUMBA_CACHE_DIR,
else ~/.cache/openpes; a part of its name changes with the source of this package, so that a stale kernel is never
used.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

_lock = threading.Lock()
_kernels: ModuleType | None = None
_thread: threading.Thread | None = None


def cache_folder() -> Path | None:
    """Where compiled kernels are kept, made if need be; None if no such folder can be written."""
    root = os.environ.get("OPENPES_NUMBA_CACHE") or os.environ.get("NUMBA_CACHE_DIR")
    folder = (Path(root) if root else Path.home() / ".cache" / "openpes") / f"kernels-{_source_digest()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


def _source_digest() -> str:
    here = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted([*here.glob("*.py"), *(here / "features").glob("*.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def ready() -> bool:
    """True once the kernels can be called without compiling."""
    return _kernels is not None


def kernels() -> ModuleType:
    """The compiled kernels; compiles them on the first call."""
    global _kernels
    if _kernels is None:
        with _lock:
            if _kernels is None:
                _kernels = _load()
    return _kernels


def points_kernel() -> Any:
    """The compiled points of pairs; compiles them on the first call, which a nation's run alone is worth."""
    kernels()
    with _lock, _cache_in_place():
        return importlib.import_module("openpes_matching.kernel_points").points_of


def warm_up(background: bool = False) -> None:
    """Compile the kernels now, or in a thread of their own."""
    global _thread
    if not background:
        kernels()
    elif not ready() and (_thread is None or not _thread.is_alive()):
        _thread = threading.Thread(target=kernels, name="openpes-matching-warm-up", daemon=True)
        _thread.start()


def _load() -> ModuleType:
    with _cache_in_place():
        module = importlib.import_module("openpes_matching.kernels")
        importlib.import_module("openpes_matching.rehearsal").run(module)
    return module


@contextmanager
def _cache_in_place() -> Iterator[Any]:
    import numba  # slow to import, so only when kernels are wanted

    folder = cache_folder()
    settings: Any = numba.config
    before = settings.CACHE_DIR
    if folder is not None:
        settings.CACHE_DIR = str(folder)
    try:
        yield numba
    finally:
        settings.CACHE_DIR = before


_compiled: dict[Callable[..., Any], Callable[..., Any]] = {}


def compiled(function: Callable[..., Any], wanted: bool) -> Callable[..., Any]:
    """The function compiled, from the cache where possible; the plain one if it is not wanted and not yet there."""
    if function in _compiled or not wanted:
        return _compiled.get(function, function)
    with _lock, _cache_in_place() as numba:
        if function not in _compiled:
            _compiled[function] = numba.njit(nogil=True, cache=True, error_model="numpy")(function)
    return _compiled[function]
