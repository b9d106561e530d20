"""How a job ends: its exit code, the file with the reason of a failure, and SIGTERM."""

import os
import signal
import sys
import threading
import traceback
from pathlib import Path
from typing import Callable

REASON_CHARACTERS = 1024  # SageMaker shows no more


class Stop:
    """Set when SageMaker asks the job to stop: on StopTrainingJob, at the time limit, before a spot instance is taken away."""

    def __init__(self, grace_seconds: float, too_late: Callable[[], None]):
        self._asked = threading.Event()
        self._grace_seconds = grace_seconds
        self._too_late = too_late
        signal.signal(signal.SIGTERM, self._ask)

    def asked(self) -> bool:
        return self._asked.is_set()

    def _ask(self, *_) -> None:
        if self.asked():
            return
        self._asked.set()
        print("SIGTERM: asked to stop", flush=True)
        timer = threading.Timer(self._grace_seconds, self._too_late)
        timer.daemon = True
        timer.start()


def write_reason(file: Path, reason: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(reason[:REASON_CHARACTERS], encoding="utf-8", errors="replace")


def leave_with(file: Path, reason: str) -> Callable[[], None]:
    """Ends the process at once, even if the main thread is deep in a library."""

    def leave() -> None:
        write_reason(file, reason)
        print(reason, file=sys.stderr, flush=True)
        os._exit(1)

    return leave


def run(work: Callable[[], None], reason_file: Path) -> None:
    """Runs a job to its end; whatever it raises becomes the reason of failure."""
    try:
        work()
    except SystemExit as error:
        if error.code not in (None, 0):
            write_reason(reason_file, f"exit code {error.code}")
        raise
    except BaseException as error:
        traceback.print_exc()
        write_reason(reason_file, f"{type(error).__name__}: {error}\n\n{traceback.format_exc()}")
        sys.exit(1)
