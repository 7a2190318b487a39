"""How the web server runs: two processes of four threads, the application loaded once and shared.

Read by gunicorn as its configuration file. The numbers suit two cores; OPENPES_WORKERS and OPENPES_THREADS change them.
"""

from __future__ import annotations

import os
from typing import Any

from openpes.config.preflight import host_of, port_of

_host = host_of(os.environ)
bind = f"[{_host}]:{port_of(os.environ)}" if ":" in _host else f"{_host}:{port_of(os.environ)}"
wsgi_app = "openpes.config.wsgi:application"
worker_class = "gthread"
workers = int(os.environ.get("OPENPES_WORKERS", "2"))
threads = int(os.environ.get("OPENPES_THREADS", "4"))
preload_app = True
# A page that takes a minute is broken; a file upload over a slow line is not, and gthread does not count it.
timeout = 60
graceful_timeout = 8
keepalive = 5
# Workers write a heartbeat; on a slow disk that alone can stall them.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
forwarded_allow_ips = os.environ.get("OPENPES_PROXIES", "127.0.0.1")
loglevel = "warning"
errorlog = "-"
accesslog = None  # addresses of visitors are personal data; who viewed a person is in the access log
proc_name = "openpes"


def pre_fork(server: Any, worker: Any) -> None:
    """A database connection must not be shared between processes."""
    from django.db import connections

    connections.close_all()
