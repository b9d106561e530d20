"""Which models a multi-model container holds: on disk, since each Gunicorn worker is a process of its own."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Optional


@dataclass(frozen=True)
class Entry:
    name: str
    url: str  # the folder that SageMaker has unpacked the model to
    loaded: int  # tells a model from one of the same name that was there before

    def as_json(self) -> dict:
        return {"modelName": self.name, "modelUrl": self.url}


class AlreadyLoaded(Exception):
    pass


class Registry:
    def __init__(self, folder: Path):
        self._folder = folder

    def get(self, name: str) -> Optional[Entry]:
        file = self._file(name)
        try:
            return Entry(name, file.read_text(), file.stat().st_mtime_ns)
        except FileNotFoundError:
            return None

    def all(self) -> list:
        names = sorted(file.name for file in self._folder.iterdir() if not file.name.startswith("."))
        return [entry for entry in map(self.get, names) if entry is not None]

    def add(self, name: str, url: str) -> Entry:
        descriptor, draft = tempfile.mkstemp(dir=self._folder, prefix=".")  # threads of one process load, too
        with os.fdopen(descriptor, "w") as opened:
            opened.write(url)
        try:
            os.link(draft, self._file(name))  # one of two workers wins, and nobody reads half a file
        except FileExistsError:
            raise AlreadyLoaded(name) from None
        finally:
            os.unlink(draft)
        return self.get(name) or Entry(name, url, 0)

    def remove(self, name: str) -> bool:
        try:
            self._file(name).unlink()
        except FileNotFoundError:
            return False
        return True

    def _file(self, name: str) -> Path:
        return self._folder / name


def valid_name(name: object) -> bool:
    return isinstance(name, str) and 0 < len(name) <= 200 and not name.startswith(".") and "/" not in name and "\0" not in name
