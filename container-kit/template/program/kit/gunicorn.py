"""Command line of Gunicorn."""

import os
import sys
from pathlib import Path

from kit.settings import Settings

PROGRAMS = Path(__file__).resolve().parents[1]


def socket_of(settings: Settings) -> Path:
    return settings.run_dir / "gunicorn.sock"


def command(settings: Settings) -> list:
    options = {
        "chdir": PROGRAMS,
        "bind": f"unix:{socket_of(settings)}",
        "workers": settings.workers,
        "worker-class": "gthread",
        "threads": settings.threads,
        "timeout": settings.timeout + 5,  # a heartbeat of the process, not a limit of a request: that is nginx's
        "graceful-timeout": settings.drain_seconds,
        "keep-alive": 75,  # longer than nginx keeps connections to it, so that it never closes one that nginx is about to use
        "worker-tmp-dir": "/dev/shm" if os.access("/dev/shm", os.W_OK) else settings.run_dir,  # a slow disk must not delay the heartbeat
        "log-level": "warning",
    }
    # the control socket would lie in the home directory, which may be read-only
    return [sys.executable, "-m", "gunicorn", "--no-control-socket", *(f"--{name}={value}" for name, value in options.items()), "wsgi:app"]
