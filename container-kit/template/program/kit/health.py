"""Answers /ping from what a probe in the background has last seen, so that a busy application is not taken for a dead one.

At first it waits for every worker to load the model: a request to one that has not would wait for that.
"""

import http.client
import os
import socket
import socketserver
import threading
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Callable

PAUSE_SECONDS = 2
RETRY_SECONDS = 0.1


def report_loaded(run_dir: Path) -> None:
    """Called in a worker."""
    folder = run_dir / "loaded"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / str(os.getpid())).touch()


def refusal_of(run_dir: Path) -> Path:
    return run_dir / "refused"


def report_refused(run_dir: Path, reason: str) -> None:
    """Called in a worker that can never serve: `serve` then says why, once for all workers, and ends."""
    draft = run_dir / f"refused.{os.getpid()}"
    draft.write_text(reason)
    draft.replace(refusal_of(run_dir))  # at once, so that nobody reads half of it


class Probe:
    """Asks the application for its /ping, over and over."""

    def __init__(self, application: Path, timeout: int, all_loaded: Callable[[], bool] = lambda: True):
        self._application = application
        self._all_loaded = all_loaded
        self._patience = 2 * timeout + 10  # a request may wait for another one that takes all of its time
        self._status = 503
        self._seen = 0.0

    def start(self) -> None:
        threading.Thread(target=self._forever, daemon=True).start()

    def healthy(self) -> bool:
        return self._status == 200 and time.monotonic() - self._seen < self._patience

    def _forever(self) -> None:
        while not self._all_loaded():
            time.sleep(RETRY_SECONDS)
        while True:
            self._status = self._ask()
            if self._status == 200:
                self._seen = time.monotonic()
            time.sleep(PAUSE_SECONDS if self._status == 200 else RETRY_SECONDS)

    def _ask(self) -> int:
        connection = UnixConnection(self._application, self._patience)
        try:
            connection.request("GET", "/ping")
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return 503
        finally:
            connection.close()


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path: Path, timeout: float):
        super().__init__("localhost", timeout=timeout)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self._path))


class HealthServer(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """Says on a socket of its own what `healthy` says."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, path: Path, healthy: Callable[[], bool]):
        self.healthy = healthy
        path.unlink(missing_ok=True)
        super().__init__(str(path), _Handler)
        os.chmod(path, 0o666)  # nginx's workers are another user, and connecting needs the right to write

    def start(self) -> None:
        threading.Thread(target=self.serve_forever, daemon=True).start()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.server.healthy() else 503)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_) -> None:
        """A line for each ping would be most of the log."""
