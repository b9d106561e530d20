"""What the check of the contract does not look at."""

import signal
import socketserver
import sys
import threading
import time
import urllib.error
from http.server import BaseHTTPRequestHandler

import pytest

from kit.children import Children
from kit.health import HealthServer, Probe, UnixConnection, report_loaded
from programs import post, serving

SLOW_TO_LOAD = """
import os, pathlib, time
def load(folder):
    first = pathlib.Path(os.environ['FIRST'])
    try: first.mkdir()
    except FileExistsError: time.sleep(2)
    return os.getpid()
def predict(model, rows): return [model for _ in rows]
"""


def test_is_ready_when_every_worker_is(base, code):
    started = time.monotonic()
    with serving(base, code(SLOW_TO_LOAD), FIRST=str(base / "first"), SAGEMAKER_MODEL_SERVER_WORKERS="2"):
        assert time.monotonic() - started > 2


def test_of_many_models_is_ready_when_every_worker_has_the_code(base, code):
    folder = code("import time\ntime.sleep(2)\ndef load(folder): return 1\ndef predict(model, rows): return rows")
    started = time.monotonic()
    with serving(base, folder, SAGEMAKER_MULTI_MODEL="true", SAGEMAKER_MODEL_SERVER_WORKERS="2"):
        assert time.monotonic() - started > 2


def test_writes_only_where_it_may(base, code, tmp_path):
    (base / "model").mkdir()
    home = tmp_path / "home"
    home.mkdir()
    folder = code("def load(folder): return 1\ndef predict(model, rows): return [model]")
    with serving(base, folder, HOME=str(home), SAGEMAKER_MODEL_SERVER_WORKERS="1") as url:
        assert post(url, b"[[1]]", "application/json") == b'{"predictions": [1]}'
    assert [list(where.rglob("*")) for where in (home, base / "model")] == [[], []]
    assert [file.name for file in folder.iterdir()] == ["model.py"]


def test_setting_that_make_no_sense_end_it(base):
    with pytest.raises(RuntimeError, match="ended with 1"), serving(base, SAGEMAKER_MODEL_SERVER_TIMEOUT="soon"):
        pass


def test_busy_is_not_dead(base, code):
    """One thread, taken: the probe waits for it, and /ping says 200 meanwhile."""
    folder = code("import time\ndef load(folder): return 1\ndef predict(model, rows): time.sleep(3); return [1]")
    with serving(base, folder, SAGEMAKER_MODEL_SERVER_WORKERS="1", KIT_THREADS="1", SAGEMAKER_MODEL_SERVER_TIMEOUT="1") as url:
        for _ in range(2):
            with pytest.raises(urllib.error.HTTPError, match="504"):
                post(url, b"[[1]]", "application/json")


class Hung(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.server.hangs:
            time.sleep(60)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


def test_hung_is_dead(tmp_path):
    class Application(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
        daemon_threads, hangs = True, False

    path = tmp_path / "app.sock"
    probe = Probe(path, 60)
    assert not probe.healthy()
    application = Application(str(path), Hung)
    threading.Thread(target=application.serve_forever, daemon=True).start()
    probe.start()
    assert within(5, probe.healthy)
    application.hangs, probe._patience = True, 1
    assert within(10, lambda: not probe.healthy())
    application.shutdown()
    application.server_close()


def test_health_has_its_own_socket(tmp_path):
    answers = {"healthy": True}
    server = HealthServer(tmp_path / "health.sock", lambda: answers["healthy"])
    server.start()

    def status() -> int:
        connection = UnixConnection(tmp_path / "health.sock", 5)
        connection.request("GET", "/ping")
        return connection.getresponse().status

    assert status() == 200
    answers["healthy"] = False
    assert status() == 503
    assert (tmp_path / "health.sock").stat().st_mode & 0o777 == 0o666
    server.shutdown()
    server.server_close()


def test_every_worker_reports_for_itself(tmp_path):
    report_loaded(tmp_path)
    report_loaded(tmp_path)
    assert len(list((tmp_path / "loaded").iterdir())) == 1


def test_a_child_that_ignores_signals_is_killed():
    children = Children()
    children.start("deaf", [sys.executable, "-c", "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)"])
    time.sleep(0.5)
    started = time.monotonic()
    children.end("deaf", signal.SIGTERM, 0.5)
    assert time.monotonic() - started < 5
    assert within(5, lambda: children.reap() == [("deaf", -signal.SIGKILL)])


def test_orphans_are_ended():
    children = Children()
    children.start("parent", ["sh", "-c", "sleep 61 & exit 0"])
    assert within(5, lambda: children.reap() == [("parent", 0)])
    children.end_orphans()
    assert children.reap() == []


def within(seconds: float, done) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if done():
            return True
        time.sleep(0.05)
    return False
