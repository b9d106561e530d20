"""`python3 check --help` says what it does."""

import shutil
import signal
import sys
import tempfile
from argparse import Namespace
from pathlib import Path

import folder
import groups
from client import Client
from options import parse
from processes import Server
from report import MUST, Report


def main() -> int:
    options = parse(sys.argv[1:])
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is ended
    report = Report()
    work = Path(tempfile.mkdtemp(prefix="check-"))
    try:
        check(options, report, work)
    finally:
        shutil.rmtree(work, ignore_errors=True)  # a container may have written as root
        if options.json:
            report.write_json(options.json)
        if options.junit:
            report.write_junit(options.junit)
    print(report.summary())
    return 1 if report.failed(options.strict) else 0


def check(options: Namespace, report: Report, work: Path) -> None:
    trained = groups.training.check(report, options, work) if options.train else folder.fill_with_model(work / "untrained", options)
    groups.processing.check(report, options, work, trained)
    if not options.base_url:
        return
    client = Client(options)
    if options.serve and trained is None:
        report.group("serve")
        report.skip(MUST, "serve", "the training left no model")
        return
    if not options.serve:
        check_answers(options, report, client)
        if options.multi_model is not None:
            groups.multi_model.check(report, client, options.multi_model)
        return
    with Server(options, client, trained) as server:
        report.group("serve")
        seconds = server.wait_until_ready()
        report.must(f"/ping is 200 within {options.start_seconds:.0f} s", seconds is not None, f"{seconds:.2f} s" if seconds else server.state())
        if seconds is None:
            return
        check_answers(options, report, client)
    groups.lifecycle.check(report, options, client, trained, work)
    if options.multi_model is not None:
        with Server(options, client, trained, SAGEMAKER_MULTI_MODEL="true") as server:
            server.wait_until_ready()
            groups.multi_model.check(report, client, options.multi_model or str(trained / "model"))


def check_answers(options: Namespace, report: Report, client: Client) -> None:
    groups.answers.check(report, client, options)
    groups.sizes.check(report, client, options)
    groups.load.check(report, client, options)
    groups.slowness.check(report, client, options)


if __name__ == "__main__":
    sys.exit(main())
