"""Processes that a process 1 is responsible for: its own, and those that lost their parent."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36
STEP_SECONDS = 0.02


def log(text: str) -> None:
    print(f"[serve] {text}", file=sys.stderr, flush=True)


class Children:
    def __init__(self) -> None:
        self._names: dict = {}
        self._processes: list = []  # one that Python collects is reaped by it, and we would never hear of its end
        if sys.platform == "linux":  # orphans come to us even where we are not process 1
            ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)

    def start(self, name: str, command: list) -> None:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        self._processes.append(process)
        self._names[process.pid] = name

    def reap(self) -> list:
        """Names and exit codes of those children of ours that have ended."""
        ended = []
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return ended
            if pid == 0:
                return ended
            if pid in self._names:
                ended.append((self._names.pop(pid), os.waitstatus_to_exitcode(status)))

    def end(self, name: str, how: signal.Signals, seconds: float) -> None:
        """Signals a child and waits for it; kills it when the time is over."""
        pid = next((pid for pid, known in self._names.items() if known == name), None)
        if pid is None:
            return
        os.kill(pid, how)
        deadline = time.monotonic() + seconds
        while pid in self._names and time.monotonic() < deadline:
            self.reap()
            time.sleep(STEP_SECONDS)
        if pid in self._names:
            log(f"{name} did not end within {seconds:.0f} s: SIGKILL")
            os.kill(pid, signal.SIGKILL)

    def end_orphans(self) -> None:
        """A worker of nginx whose master was killed keeps the port."""
        for _ in range(50):
            self.reap()
            left = _children_of(os.getpid())
            if not left:
                return
            for pid in left:
                os.kill(pid, signal.SIGKILL)
            time.sleep(STEP_SECONDS)


def _children_of(parent: int) -> list:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        if int(fields[1]) == parent:
            found.append(int(folder.name))
    return found
