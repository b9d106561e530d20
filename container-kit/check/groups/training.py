"""A training job: it trains, it fails well, it stops when told."""

import re
import shutil
from argparse import Namespace
from pathlib import Path
from typing import Optional

import folder
from processes import run_job, stop_job
from report import MUST, Report

STOP_SECONDS = 120  # SageMaker then kills
REASON_CHARACTERS = 1024
UNTIL_STOPPED = 4  # a library may take some seconds to import


def check(report: Report, options: Namespace, work: Path) -> Optional[Path]:
    """Gives the folder with the trained model, if there is one."""
    report.group("train")
    trained = folder.fill_for_training(work / "trained", options, options.hyperparameters)
    succeeded = _succeeds(report, options, trained)
    _fails(report, options, folder.fill_for_training(work / "failing", options, options.hyperparameters, empty=True))
    if not succeeded:
        report.skip(MUST, "SIGTERM", "it does not train")
        return None
    _stops(report, options, folder.fill_for_training(work / "stopped", options, {**options.hyperparameters, **options.endless}))
    return trained


def _succeeds(report: Report, options: Namespace, trained: Path) -> bool:
    with folder.pipes_of(trained, options):
        job = run_job(options.train, trained)
    report.must("exit code 0", job.succeeded, job.explained(_reason(trained)))
    model = folder.files_below(trained / "model")
    report.must("leaves a model in model/", model)
    report.must("no output/failure after success", not (trained / "output" / "failure").exists())
    report.should("prints a metric that a regular expression finds", re.search(r"[=:]\s*-?\d", job.output + job.errors))
    report.should("leaves its input as it was", (trained / "input" / "config" / "hyperparameters.json").exists())
    return job.succeeded and bool(model)


def _fails(report: Report, options: Namespace, failing: Path) -> None:
    with folder.pipes_of(failing, options):
        job = run_job(options.train, failing)
    report.must("another exit code without data", job.failed, job.ending)
    text = _reason(failing)
    report.must("says why in output/failure", text.strip() != "", text[:80] or "no file")
    report.should(f"within {REASON_CHARACTERS} characters, more are not shown", 0 < len(text) <= REASON_CHARACTERS, len(text))


def _stops(report: Report, options: Namespace, stopped: Path) -> None:
    with folder.pipes_of(stopped, options):
        code, seconds = stop_job(options.train, stopped, UNTIL_STOPPED, STOP_SECONDS)
    if seconds == 0:
        report.skip(MUST, "SIGTERM", f"it ended before, with exit code {code}: give --endless")
        return
    report.must(f"ends within {STOP_SECONDS} s of SIGTERM", seconds is not None, seconds is not None and f"{seconds:.2f} s, exit code {code}")
    left = {**folder.files_below(stopped / "checkpoints"), **folder.files_below(stopped / "model")}
    report.should("SIGTERM leaves a checkpoint or a model", left, sorted(left)[:3])
    shutil.rmtree(stopped, ignore_errors=True)


def _reason(job: Path) -> str:
    file = job / "output" / "failure"
    return file.read_text(errors="replace") if file.exists() else ""
