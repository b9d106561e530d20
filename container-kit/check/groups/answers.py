"""Single requests."""

from argparse import Namespace

from client import JSON, Client
from report import SHOULD, Report

PING_SECONDS = 2
CONNECT_SECONDS = 0.25
CSV = {"Content-Type": "text/csv"}
JSON_LINES = {"Content-Type": "application/jsonlines"}


def check(report: Report, client: Client, options: Namespace) -> None:
    report.group("answers")
    ping = client.ping()
    report.must("GET /ping is 200", ping.status == 200, ping)
    report.must(f"/ping answers within {PING_SECONDS} s", ping.status == 200 and ping.seconds < PING_SECONDS, f"{ping.seconds * 1000:.1f} ms")
    seconds = client.connect_seconds()
    report.must("takes a connection within 250 ms", seconds < CONNECT_SECONDS, f"{seconds * 1000:.1f} ms")
    answer = client.invoke()
    report.must("POST /invocations of JSON is 200", answer.status == 200, answer)
    report.should("the answer to JSON is JSON and says so", answer.has_type("json") and answer.json() is not None, answer.headers.get("content-type"))
    _reads_other_types(report, client, options)
    _refuses_what_is_wrong(report, client)


def _reads_other_types(report: Report, client: Client, options: Namespace) -> None:
    if options.csv_body:
        body = options.csv_body.encode()
        answer = client.invoke(body, {**CSV, "Accept": "text/csv"})
        report.should("CSV in, CSV out", answer.status == 200 and answer.has_type("text/csv"), answer)
        lines = len(answer.body.splitlines()), len(body.splitlines())
        report.should("a line of CSV out for each line in, which a batch transform joins", answer.status == 200 and lines[0] == lines[1], lines)
        with_charset = client.invoke(body, {"Content-Type": "text/csv; charset=utf-8"})
        report.should("parameters of a Content-Type do no harm", with_charset.status == 200, with_charset)
    else:
        report.skip(SHOULD, "CSV", "no --csv-body")
    if options.lines_body:
        body = options.lines_body.encode()
        answer = client.invoke(body, {**JSON_LINES, "Accept": "application/jsonlines"})
        same = len(answer.body.splitlines()) == len(body.splitlines())
        report.should("JSON lines in, as many out", answer.status == 200 and answer.has_type("jsonlines") and same, answer)
    else:
        report.skip(SHOULD, "JSON lines", "no --lines-body")
    unknown = client.invoke(headers={**JSON, "X-Unknown": "1", "X-Amzn-SageMaker-Inference-Id": "x", "X-Amzn-SageMaker-Custom-Attributes": "a=b"})
    report.must("unknown headers do no harm", unknown.status == 200, unknown)


def _refuses_what_is_wrong(report: Report, client: Client) -> None:
    def refused(name: str, answer, allowed: tuple) -> None:
        report.should(f"{name} is {' or '.join(map(str, allowed))}", answer.status in allowed, answer)

    refused("broken JSON", client.invoke(b"\xff\xfe{no json"), (400,))
    refused("an empty body", client.invoke(b""), (400, 411, 422))
    refused("an unknown Content-Type", client.invoke(b"x", {"Content-Type": "application/x-unheard-of"}), (415, 400))
    refused("an Accept that it cannot give", client.invoke(headers={**JSON, "Accept": "image/png"}), (406, 400, 415))
    refused("GET /invocations", client.request("GET", "/invocations"), (405, 404))
    refused("another path", client.request("GET", "/nothing-here"), (404,))
    parameters = client.request("GET", "/execution-parameters")
    good = parameters.status == 200 and isinstance(parameters.json(), dict) and "MaxPayloadInMB" in parameters.json()
    report.should("GET /execution-parameters is what a batch transform reads, or 404", good or parameters.status == 404, parameters)
