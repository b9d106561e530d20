"""`serve`: keeps nginx and Gunicorn running, and ends both when either ends or SageMaker says so."""

import shutil
import signal
import sys
import threading
import time
from pathlib import Path

from kit import gunicorn, nginx, settings
from kit.children import Children, log
from kit.health import HealthServer, Probe, refusal_of

WATCH_SECONDS = 0.1
LAST_SECONDS = 3  # for Gunicorn, once nginx has no request left


def main() -> None:
    current = settings.read()
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    _fresh(current)

    probe = Probe(gunicorn.socket_of(current), current.timeout, lambda: _all_loaded(current))
    HealthServer(current.run_dir / "health.sock", lambda: probe.healthy() and not stopping.is_set()).start()
    children = Children()
    children.start("gunicorn", gunicorn.command(current))
    children.start("nginx", nginx.command(current))
    probe.start()
    log(f"port {current.port}, {current.workers} workers of {current.threads} threads, {current.timeout} s, {current.max_megabytes} MB")

    failed = _watch(children, stopping, refusal_of(current.run_dir))
    _end(children, current.drain_seconds, failed)
    sys.exit(1 if failed else 0)


def _fresh(current: settings.Settings) -> None:
    """What an earlier run has loaded is not loaded any more, and what it refused may be mended."""
    refusal_of(current.run_dir).unlink(missing_ok=True)
    for name in ("models", "loaded"):
        shutil.rmtree(current.run_dir / name, ignore_errors=True)
        (current.run_dir / name).mkdir(parents=True)


def _all_loaded(current: settings.Settings) -> bool:
    return len(list((current.run_dir / "loaded").iterdir())) >= current.workers


def _watch(children: Children, stopping: threading.Event, refusal: Path) -> bool:
    """Waits for the end; whether it came by itself."""
    while not stopping.wait(WATCH_SECONDS):
        if refusal.exists():
            log(refusal.read_text())
            return True
        ended = children.reap()
        for name, code in ended:
            log(f"{name} ended unexpectedly with {code}")
        if ended:
            return True
    return False


def _end(children: Children, drain_seconds: int, failed: bool) -> None:
    """nginx first: it takes no new requests, and finishes the open ones with Gunicorn still there."""
    started = time.monotonic()
    children.end("nginx", signal.SIGQUIT, 1 if failed else drain_seconds)
    left = drain_seconds + LAST_SECONDS - (time.monotonic() - started)
    children.end("gunicorn", signal.SIGTERM, 2 if failed else max(1, left))
    children.end_orphans()
    log(f"ended after {time.monotonic() - started:.2f} s")
