"""The data of a training job, copied as in File mode or streamed through named pipes."""

import argparse
import errno
import os
import re
import shutil
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

PIPE = "Pipe"
SYNTAX = re.compile(rf"(?P<name>[A-Za-z0-9._-]{{1,64}})(:(?P<mode>File|FastFile|{PIPE}))?(=(?P<folder>.+))?")
RETRY_SECONDS = 0.02


@dataclass(frozen=True)
class Channel:
    name: str
    mode: str = "File"
    folder: Optional[Path] = None  # None: numbers that the check makes

    def as_config(self) -> dict:
        return {"ContentType": "text/csv", "TrainingInputMode": self.mode, "S3DistributionType": "FullyReplicated", "RecordWrapperType": "None"}


def parse(text: str) -> Channel:
    found = SYNTAX.fullmatch(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"'{text}' is not NAME[:File|FastFile|Pipe][=FOLDER]")
    return Channel(found["name"], found["mode"] or "File", folder_that_exists(found["folder"]) if found["folder"] else None)


def folder_that_exists(text: str) -> Path:
    if not os.path.isdir(text):
        raise argparse.ArgumentTypeError(f"'{text}' is not a folder")
    return Path(text)


class Pipes:
    """`with Pipes(…)`: a job reads all files of a Pipe channel in a row from `<channel>_0`, again from `<channel>_1`, and so on."""

    def __init__(self, data: Path, staged: Path, channels: list):
        self._ended = threading.Event()
        self._threads = []
        for name in (channel.name for channel in channels if channel.mode == PIPE):
            os.mkfifo(data / f"{name}_0")
            self._threads.append(threading.Thread(target=self._feed, args=(data, name, staged / name), daemon=True))

    def __enter__(self) -> None:
        for thread in self._threads:
            thread.start()

    def __exit__(self, *_) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join(5)

    def _feed(self, data: Path, name: str, files: Path) -> None:
        epoch = 0
        while (descriptor := self._opened(data / f"{name}_{epoch}")) is not None:
            os.mkfifo(data / f"{name}_{epoch + 1}")  # before the reader sees the end of this one
            try:
                with os.fdopen(descriptor, "wb") as pipe:
                    for file in sorted(file for file in files.rglob("*") if file.is_file()):
                        with file.open("rb") as opened:
                            shutil.copyfileobj(opened, pipe)
            except BrokenPipeError:
                pass  # it has read enough, or has ended
            (data / f"{name}_{epoch}").unlink(missing_ok=True)
            epoch += 1

    def _opened(self, pipe: Path) -> Optional[int]:
        """Waits for a reader, but not longer than the job lives."""
        while not self._ended.is_set():
            try:
                descriptor = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
            except OSError as error:
                if error.errno != errno.ENXIO:
                    return None
                time.sleep(RETRY_SECONDS)
            else:
                os.set_blocking(descriptor, True)
                return descriptor
        return None
