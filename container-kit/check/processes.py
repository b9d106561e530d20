"""Starts the programs that are checked, and sees to it that none stays."""

import os
import signal
import subprocess
import sys
import time
from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

from client import Client

JOB = {
    "TRAINING_JOB_NAME": "contract-check",
    "TRAINING_JOB_ARN": "arn:aws:sagemaker:us-east-1:111122223333:training-job/contract-check",
    "AWS_REGION": "us-east-1",
}
JOB_SECONDS = 600


@dataclass(frozen=True)
class Process:
    pid: int
    parent: int
    command: str


@dataclass(frozen=True)
class Job:
    """A job that was run."""

    code: Optional[int]  # None: it did not end
    output: str = ""
    errors: str = ""

    @property
    def succeeded(self) -> bool:
        return self.code == 0

    @property
    def failed(self) -> bool:
        """By itself, which what did not end has not."""
        return self.code not in (0, None)

    @property
    def ending(self) -> str:
        return f"did not end within {JOB_SECONDS} s" if self.code is None else str(self.code)

    def explained(self, reason: str = "") -> str:
        """With the reason that it has given, or the end of its errors."""
        return f"{self.ending} {reason or self.errors[-200:]}" if self.failed else self.ending


def run_job(command: list, folder: Path) -> Job:
    filled, env = _placed(command, folder, 0)
    try:
        ended = subprocess.run(filled, env={**env, **JOB}, capture_output=True, text=True, errors="replace", timeout=JOB_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return Job(None)
    return Job(ended.returncode, ended.stdout, ended.stderr)


def stop_job(command: list, folder: Path, after: float, patience: float) -> tuple:
    """Sends SIGTERM to a job that runs; gives its exit code and the seconds that it took to end, 0 if it had ended before, None if it did not."""
    filled, env = _placed(command, folder, 0)
    process = subprocess.Popen(filled, env={**env, **JOB}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        try:
            return process.wait(after), 0
        except subprocess.TimeoutExpired:
            started = time.monotonic()
        process.terminate()
        return process.wait(patience), time.monotonic() - started
    except subprocess.TimeoutExpired:
        return None, None
    finally:
        _end(process)


class Server:
    """`with Server(…) as server`: started, and gone at the end whatever happens."""

    def __init__(self, options: Namespace, client: Client, folder: Path, **env: str):
        self._client, self._patience = client, options.start_seconds
        filled, base = _placed(options.serve, folder, client.port)
        self._command = filled
        self._env = {**base, "SAGEMAKER_BIND_TO_PORT": str(client.port), "SAGEMAKER_MODEL_SERVER_TIMEOUT": f"{options.timeout:.0f}", **env}

    def __enter__(self) -> "Server":
        # Its output is not ours: on stdout only items are listed.
        self.process = subprocess.Popen(self._command, env=self._env, stdout=sys.stderr, stderr=sys.stderr, start_new_session=True)
        return self

    def __exit__(self, *_) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            self.wait(40)
        _end(self.process)

    def wait_until_ready(self) -> Optional[float]:
        return self._client.wait_for_ping(self._patience, lambda: self.process.poll() is not None)

    def state(self) -> str:
        code = self.process.poll()
        return "it runs, but is not ready" if code is None else f"it ended with exit code {code}"

    def wait(self, seconds: float) -> Optional[float]:
        """Seconds until it ended, or None."""
        started = time.monotonic()
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None
        return time.monotonic() - started

    def processes(self) -> list:
        """All that descends from it, the nearest first."""
        everything, found, parents = _all_processes(), [], {self.process.pid}
        while parents:
            children = [process for process in everything if process.parent in parents]
            found += children
            parents = {child.pid for child in children}
        return found


def still_there(processes: list) -> list:
    now = {process.pid: process.command for process in _all_processes()}
    return [process for process in processes if now.get(process.pid) == process.command]


def _placed(command: list, folder: Path, port: int) -> tuple:
    filled = [word.replace("{folder}", str(folder)).replace("{port}", str(port)) for word in command]
    return filled, {**os.environ, "SAGEMAKER_BASE_DIR": str(folder)}


def _end(process: subprocess.Popen) -> None:
    """The whole session: a program that is killed cannot take its children along."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


def _all_processes() -> list:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue  # it has just ended
        if state != "Z":
            found.append(Process(int(folder.name), int(parent), command))
    return found
