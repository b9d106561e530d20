"""Requests that take long, and too many of them."""

import time
from argparse import Namespace
from concurrent.futures import ThreadPoolExecutor

from client import Client, statuses
from report import MUST, Report

FLOOD = 32
PING_SECONDS = 2


def check(report: Report, client: Client, options: Namespace) -> None:
    report.group("slowness")
    limit = options.timeout
    if not options.slow_body:
        report.skip(MUST, "slow requests", "no --slow-body")
        return
    answer = client.invoke_slowly(limit * 0.8)
    slow = answer.seconds >= limit * 0.8
    report.must(f"a request of {limit * 0.8:.1f} s is 200", answer.status == 200 and slow, answer if slow else f"--slow-body is not slow: {answer}")
    answer = client.invoke_slowly(limit * 2)
    report.must(f"one of {limit * 2:.1f} s is 5xx soon after {limit:.0f} s", 500 <= answer.status < 600 and answer.seconds < limit + 10, answer)
    report.should("5xx says so in JSON", answer.json() is not None, answer.headers.get("content-type"))
    _flood(report, client, limit)


def _flood(report: Report, client: Client, limit: float) -> None:
    one = min(4, limit * 0.8)
    with ThreadPoolExecutor(FLOOD) as pool:
        slow = [pool.submit(client.invoke_slowly, one) for _ in range(FLOOD)]
        time.sleep(0.5)
        pings = [client.ping() for _ in range(5)]
        answers = [running.result() for running in slow]
    worst = max(ping.seconds for ping in pings)
    healthy = set(statuses(pings)) == {200} and worst < PING_SECONDS
    report.should(f"/ping stays 200 and fast while {FLOOD} slow requests are open", healthy, f"worst {worst:.3f} s, requests {statuses(answers)}")
    refused = [answer for answer in answers if answer.status == 503]
    fast = all(answer.seconds < 1 for answer in refused)
    report.should("what it cannot take is refused at once", fast, f"{len(refused)} refused")
    started = time.monotonic()
    while client.invoke().status != 200 and time.monotonic() - started < 4 * limit + 10:
        time.sleep(0.05)
    seconds = time.monotonic() - started
    report.must("answers again after that", client.invoke().status == 200, f"after {seconds:.2f} s")
    # what has begun cannot be broken off, what waits can be left
    report.should("within the time of one request, not after all that nobody waits for", seconds < one + 0.5, f"{seconds:.2f} s")
