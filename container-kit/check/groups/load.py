"""Many requests at once."""

import time
from argparse import Namespace

from client import Client, at_once, statuses
from report import Report


def check(report: Report, client: Client, options: Namespace) -> None:
    report.group("load")
    started = time.monotonic()
    answers = at_once(options.requests, client.invoke, options.concurrency)
    rate = len(answers) / (time.monotonic() - started)
    times = sorted(answer.seconds * 1000 for answer in answers)
    detail = f"{statuses(answers)}, {rate:.0f} a second, p50 {times[len(times) // 2]:.1f} ms, p99 {times[int(len(times) * 0.99)]:.1f} ms"
    report.must(f"{options.requests} requests, {options.concurrency} at once, are 200", set(statuses(answers)) == {200}, detail)
    report.must("the same answer to all of them", len({answer.body for answer in answers}) == 1)
