"""Loaded models of one worker process."""

import threading
import time
import traceback
from pathlib import Path
from typing import Any, Callable, Optional

from kit.registry import Entry

RETRY_SECONDS = 5


class NotLoaded(Exception):
    """The model cannot be loaded, for now or for good."""


class SingleModel:
    """The model of the container, loaded once by whoever asks first."""

    def __init__(self, load: Callable[[Path], Any], folder: Path, on_loaded: Callable[[], None] = lambda: None):
        self._load, self._folder, self._on_loaded = load, folder, on_loaded
        self._lock = threading.Lock()
        self._loaded: Optional[tuple] = None
        self._error, self._failed_at = "", 0.0

    def get(self) -> Any:
        if self._loaded is None:
            with self._lock:
                self._try()
        return self._loaded[0]

    def warm(self) -> None:
        """Loads ahead of the first request."""
        try:
            self.get()
        except NotLoaded:
            pass

    @property
    def ready(self) -> bool:
        """Does not wait for a load under way; starts one after a failed one."""
        if self._loaded is None and not self._lock.locked():
            self.warm()
        return self._loaded is not None

    def _try(self) -> None:
        if self._loaded is not None:
            return
        if self._error and time.monotonic() - self._failed_at < RETRY_SECONDS:  # not at every ping
            raise NotLoaded(self._error)
        try:
            self._loaded = (self._load(self._folder),)
        except Exception as error:
            traceback.print_exc()
            self._error, self._failed_at = f"{type(error).__name__}: {error}", time.monotonic()
            raise NotLoaded(self._error) from error
        self._on_loaded()


class ModelCache:
    """The models of a multi-model container that this worker has loaded, by what the registry says of them."""

    def __init__(self, load: Callable[[Path], Any]):
        self._load = load
        self._loading = threading.RLock()  # one load at a time
        self._swapping = threading.Lock()  # held for no load: whoever has or wants a model that is there does not wait for another
        self._models: dict = {}

    def load(self, url: str, registered: Callable[[], set]) -> Any:
        with self._loading:
            self._forget_all_but(registered)  # before a load, which needs the room
            return self._load(Path(url))

    def keep(self, entry: Entry, model: Any) -> None:
        with self._swapping:
            self._models = {**self._models, entry: model}

    def get(self, entry: Entry, registered: Callable[[], set]) -> Any:
        found = self._models.get(entry)
        if found is not None:
            return found
        with self._loading:
            if entry not in self._models:
                self.keep(entry, self.load(entry.url, registered))
            return self._models[entry]

    def _forget_all_but(self, registered: Callable[[], set]) -> None:
        """What another worker has unloaded goes."""
        with self._swapping:
            kept = registered()
            self._models = {entry: model for entry, model in self._models.items() if entry in kept}
