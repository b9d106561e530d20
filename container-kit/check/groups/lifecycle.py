"""A server's life: it stops when told, and gets over the death of its parts."""

import os
import signal
import time
from argparse import Namespace
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import folder
from client import Client, statuses
from processes import Server, still_there
from report import MUST, SHOULD, Report

STOP_SECONDS = 30  # SageMaker then kills
SLOW_SECONDS = 1.5


def check(report: Report, options: Namespace, client: Client, trained: Path, work: Path) -> None:
    report.group("lifecycle")
    before = folder.files_below(trained / "model")
    with Server(options, client, trained) as server:
        if server.wait_until_ready() is None:
            report.must("starts again on the same port", False)
            return
        _kill_worker(report, client, server)
        _stop(report, options, client, server)
    report.should("leaves model/ as it was", folder.files_below(trained / "model") == before)
    for program in ("nginx", "gunicorn"):
        _kill_master(report, options, client, trained, program)
    name = "/ping is not 200 without a model"
    if not before:
        report.skip(MUST, name, "the image holds its model: neither --train nor --model")
        return
    (work / "empty" / "model").mkdir(parents=True)
    with Server(options, client, work / "empty"):
        time.sleep(4)
        answer = client.ping(2)
        report.must(name, answer.status != 200, answer)


def _kill_worker(report: Report, client: Client, server: Server) -> None:
    """Knows Gunicorn only: a worker is a process of its whose parent is one, too."""
    name = "a worker that is killed is replaced, and requests go on"
    found = [process for process in server.processes() if "gunicorn" in process.command]
    workers = [process for process in found if process.parent in {other.pid for other in found}]
    if not workers:
        report.skip(MUST, name, "no workers of Gunicorn found")
        return
    with ThreadPoolExecutor(8) as pool:
        running = [pool.submit(client.invoke) for _ in range(50)]
        os.kill(workers[0].pid, signal.SIGKILL)
        running += [pool.submit(client.invoke) for _ in range(200)]
        answers = [one.result() for one in running]
    replaced = _within(15, lambda: sum(1 for process in server.processes() if "gunicorn" in process.command) >= len(found))
    lost = len(answers) - statuses(answers).get(200, 0)
    report.must(name, replaced and client.invoke().status == 200, f"meanwhile {statuses(answers)}")
    report.should("hardly any request is lost by that", lost <= 16, f"{lost} of {len(answers)}")


def _stop(report: Report, options: Namespace, client: Client, server: Server) -> None:
    processes = server.processes()
    with ThreadPoolExecutor(4) as pool:
        slow = [pool.submit(client.invoke_slowly, SLOW_SECONDS) for _ in range(4)] if options.slow_body else []
        time.sleep(0.6)
        server.process.terminate()
        time.sleep(0.3)
        late = client.ping(2)
        answers = [one.result() for one in slow]
    seconds = server.wait(STOP_SECONDS)
    code = server.process.returncode
    if slow:
        report.should("requests that are open at SIGTERM end with 200", set(statuses(answers)) == {200}, statuses(answers))
        report.should("takes no new ones after SIGTERM", late.status != 200, late)
    else:
        report.skip(SHOULD, "requests that are open at SIGTERM", "no --slow-body")
    report.must(f"ends within {STOP_SECONDS} s of SIGTERM", seconds is not None, seconds is not None and f"{seconds:.2f} s more, exit code {code}")
    report.should("exit code 0 after SIGTERM", code == 0, code)
    left = still_there(processes)
    report.must("leaves no process behind", not left, left or "")


def _kill_master(report: Report, options: Namespace, client: Client, trained: Path, name: str) -> None:
    item = f"ends, or heals, when the master of {name} is killed: SageMaker then replaces it"
    with Server(options, client, trained) as server:
        ready = server.wait_until_ready()
        masters = [process for process in server.processes() if process.parent == server.process.pid and name in process.command]
        if ready is None or not masters:
            report.skip(MUST, item, f"no {name} found")
            return
        os.kill(masters[0].pid, signal.SIGKILL)
        ended = server.wait(35) is not None
        report.must(item, server.process.returncode != 0 if ended else client.ping().status == 200, f"exit code {server.process.returncode}")


def _within(seconds: float, done) -> bool:
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True
