"""Bodies at the limit."""

from argparse import Namespace

from client import Client
from report import Report


def check(report: Report, client: Client, options: Namespace) -> None:
    report.group("sizes")
    limit = options.max_mb * 1024 * 1024
    body = options.json_body.encode()
    padding = b" " * (limit - len(body))  # blanks after a JSON text mean nothing
    answer = client.invoke(body + padding)
    report.must(f"a body of exactly {limit} bytes is 200", answer.status == 200, answer)
    answer = client.invoke(body + padding + b" ")
    report.should("one byte more is 413", answer.status == 413, answer)
    report.should("413 says so in JSON", answer.json() is not None, answer.headers.get("content-type"))
    answer = client.invoke(iter([body]))
    report.should("a chunked body is 200", answer.status == 200, answer)
    report.must("alive after that", client.ping().status == 200)
