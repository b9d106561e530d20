"""The processing and the evaluation step of a pipeline."""

import argparse
import json
import tarfile
import tempfile
from pathlib import Path

from kit import ending, hooks, paths, tables, usercode
from kit.regression import regression_report

GRACE_SECONDS = 100


class ProcessingJob:
    """What prepare(job) and evaluate(model, job) get."""

    def __init__(self, stop: ending.Stop, input_data: str = ""):
        self._stop = stop
        self.input_data = input_data  # the S3 URI that the execution was started with

    def folder(self, name: str) -> Path:
        """/opt/ml/processing/<name>: the input is `input`, the others are the step's outputs."""
        folder = paths.processing() / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    @property
    def stopping(self) -> bool:
        return self._stop.asked()


def default_prepare(job: ProcessingJob) -> None:
    """Splits what it finds into train, validation and test."""
    for name, rows in tables.split(tables.numbers(job.folder("input"))).items():
        tables.write(job.folder(name) / f"{name}.csv", rows)


def default_evaluate(model, job: ProcessingJob) -> dict:
    """How far the predictions for the rows of `test` are off."""
    rows = tables.numbers(job.folder("test"))
    predictions = usercode.function("predict")(model, [row[1:] for row in rows])
    return regression_report([row[0] for row in rows], [float(prediction) for prediction in predictions])


def prepare() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--input-data", default="")
    input_data = parser.parse_known_args()[0].input_data

    def work(stop: ending.Stop) -> None:
        hooks.check("prepare")
        (usercode.optional("prepare") or default_prepare)(ProcessingJob(stop, input_data))

    _run(work)


def evaluate() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--report", default="evaluation.json")
    report_name = parser.parse_known_args()[0].report

    def work(stop: ending.Stop) -> None:
        own = usercode.optional("evaluate")
        hooks.check("evaluate", needed=("load",) if own else ("load", "predict"))
        job = ProcessingJob(stop)
        with tempfile.TemporaryDirectory() as folder:
            _unpack(job.folder("model"), folder)
            model = usercode.function("load")(Path(folder))
            report = (own or default_evaluate)(model, job)
        file = job.folder("evaluation") / report_name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(report, indent=2))

    _run(work)


def _unpack(source: Path, target: str) -> None:
    """A model comes packed to a processing job, other than to an endpoint."""
    archive = source / "model.tar.gz"
    if not archive.exists():
        raise FileNotFoundError(f"{archive} does not exist")
    with tarfile.open(archive) as opened:
        if hasattr(tarfile, "data_filter"):
            opened.extractall(target, filter="data")
        else:
            opened.extractall(target)


def _run(work) -> None:
    message = paths.output() / "message"  # shown as the job's exit message
    stop = ending.Stop(GRACE_SECONDS, ending.leave_with(message, f"did not end within {GRACE_SECONDS} s of SIGTERM"))
    ending.run(lambda: work(stop), message)
