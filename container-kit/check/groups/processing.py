"""The steps before and after training, by the paths of MlTrainingPipeline."""

import json
from argparse import Namespace
from pathlib import Path
from typing import Optional

import folder
from processes import run_job
from report import MUST, Report


def check(report: Report, options: Namespace, work: Path, trained: Optional[Path]) -> None:
    report.group("processing")
    if not options.preprocess:
        return
    prepared = folder.fill_for_processing(work / "prepared", options)
    job = run_job([*options.preprocess, "--input-data", "s3://bucket/prefix"], prepared)
    report.must("preprocess: exit code 0", job.succeeded, job.explained())
    for name in ("train", "validation", "test"):
        report.must(f"preprocess: fills {name}/", folder.files_below(prepared / "processing" / name))
    failing = work / "unprepared"
    (failing / "processing" / "input").mkdir(parents=True)
    job = run_job(options.preprocess, failing)
    report.must("preprocess: another exit code without data", job.failed, job.ending)
    report.should("preprocess: says why in output/message", folder.files_below(failing / "output").get("message"))
    if options.evaluate and trained is None:
        report.skip(MUST, "evaluate", "the training left no model")
    elif options.evaluate:
        _evaluates(report, options, folder.fill_for_evaluation(work / "evaluated", prepared, trained / "model"))


def _evaluates(report: Report, options: Namespace, evaluated: Path) -> None:
    job = run_job(options.evaluate, evaluated)
    report.must("evaluate: exit code 0", job.succeeded, job.explained())
    file = evaluated / "processing" / "evaluation" / "evaluation.json"
    try:
        found = json.loads(file.read_text())
    except (OSError, ValueError) as error:
        found = error
    report.must("evaluate: writes evaluation/evaluation.json", isinstance(found, dict), str(found))
