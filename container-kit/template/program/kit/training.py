"""`train`: gives the user's fit() what SageMaker has put into files."""

import hashlib
import json
import math
import os
from pathlib import Path
from typing import Any, Optional

from kit import ending, hooks, paths, usercode
from kit.environment import read_config, training_variables

GRACE_SECONDS = 110  # SIGKILL comes 120 s after SIGTERM
ONE_HOST = {"current_host": "algo-1", "hosts": ["algo-1"]}


class TrainingJob:
    """What fit(job) gets."""

    def __init__(self, stop: ending.Stop):
        self._stop = stop
        resources = read_config("resourceconfig.json", ONE_HOST)
        channels = read_config("inputdataconfig.json", None) or {name: {} for name in _folders(paths.training_data())}
        self.hyperparameters = {key: str(value) for key, value in read_config("hyperparameters.json", {}).items()}
        self.host: str = resources["current_host"]
        self.hosts: list = resources["hosts"]
        self.model_dir = _made(paths.model())
        self.checkpoint_dir = _made(paths.checkpoints())
        self.output_dir = _made(paths.output() / "data")
        self.channels = {name: paths.training_data() / name for name in channels}
        os.environ.update(training_variables(self.hyperparameters, resources, channels))

    def channel(self, name: str) -> Path:
        """The folder with the data of a channel."""
        if name not in self.channels:
            raise ValueError(f"no channel '{name}', the job has {sorted(self.channels)}")
        return self.channels[name]

    def hyperparameter(self, name: str, default):
        """A hyperparameter as the type of its default, text if that is None: SageMaker passes strings only."""
        text = self.hyperparameters.get(name)
        if text is None:
            return default
        try:
            return _as_type_of(default, text)
        except (TypeError, ValueError):
            raise ValueError(f"hyperparameter {name} must be {type(default).__name__}, got '{text}'") from None

    @property
    def stopping(self) -> bool:
        """True once SageMaker wants the job to end: save what there is and return, within 110 seconds."""
        return self._stop.asked()

    @property
    def must_leave_model(self) -> bool:
        """Not after SIGTERM, when a checkpoint may be all there is, and of several instances only the first."""
        return not self.stopping and self.host == self.hosts[0]

    def metric(self, name: str, value: float) -> None:
        """Writes `name=value;`, which a metric definition finds with `name=([0-9.eE+-]+);`."""
        if math.isfinite(value):
            print(f"{name}={value:.6g};", flush=True)

    def save_checkpoint(self, state: dict) -> None:
        """Keeps a state for the job that SageMaker starts after an interruption."""
        new = self.checkpoint_dir / f".{self._state.name}.new"
        new.write_text(json.dumps(state))
        new.replace(self._state)  # at once: SageMaker copies the folder at any moment

    def load_checkpoint(self) -> Optional[dict]:
        """The state that an interrupted job with the same hyperparameters left, or None."""
        return json.loads(self._state.read_text()) if self._state.exists() else None

    @property
    def _state(self) -> Path:
        """One file for each choice of hyperparameters: the trainings of a tuning may share the folder."""
        chosen = json.dumps(self.hyperparameters, sort_keys=True).encode()
        return self.checkpoint_dir / f"state-{hashlib.sha256(chosen).hexdigest()[:16]}.json"


def _as_type_of(default: Any, text: str) -> Any:
    if default is None:
        return text
    if isinstance(default, bool):
        return text.strip().lower() in ("1", "true", "yes")
    if isinstance(default, (list, tuple, dict)):  # as JSON: list("[1]") would be its characters
        return type(default)(json.loads(text))
    return type(default)(text)


def _folders(folder: Path) -> list:
    return sorted(entry.name for entry in folder.iterdir() if entry.is_dir()) if folder.exists() else []


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def main() -> None:
    failure = paths.output() / "failure"
    too_late = ending.leave_with(failure, f"fit() did not return within {GRACE_SECONDS} s of SIGTERM: test job.stopping now and then")
    stop = ending.Stop(GRACE_SECONDS, too_late)

    def work() -> None:
        hooks.check("load", "predict", needed=("fit",))  # a model that cannot be served is not worth hours
        job = TrainingJob(stop)
        usercode.function("fit")(job)
        if job.must_leave_model and not any(file.is_file() for file in job.model_dir.rglob("*")):
            raise usercode.UserCodeError(f"fit() left nothing in {job.model_dir}")

    ending.run(work, failure)
