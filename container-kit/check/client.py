"""HTTP requests whose failure is an answer, too: status 0."""

import http.client
import json
import socket
import time
import urllib.parse
from argparse import Namespace
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Optional, Union

JSON = {"Content-Type": "application/json"}


@dataclass
class Answer:
    status: int
    body: bytes
    seconds: float
    headers: dict = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.status} in {self.seconds:.3f} s {self.body[:80]!r}"

    def has_type(self, part: str) -> bool:
        return part in self.headers.get("content-type", "")

    def json(self) -> Any:
        """The body, or None if it is not JSON."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


class Client:
    def __init__(self, options: Namespace):
        parts = urllib.parse.urlsplit(options.base_url)
        self.host, self.port, self._path = parts.hostname, parts.port or 80, parts.path.rstrip("/")
        self.json_body = options.json_body.encode()
        self._slow_body = options.slow_body
        self._patience = options.timeout + 15

    def request(
        self, method: str, path: str, body: Union[bytes, Iterable, None] = None, headers: Optional[dict] = None, patience: float = 0
    ) -> Answer:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=patience or self._patience)
        started = time.monotonic()
        try:
            chunked = body is not None and not isinstance(body, bytes)
            connection.request(method, self._path + path, body, headers or {}, encode_chunked=chunked)
            response = connection.getresponse()
            read = response.read()
            names = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, read, time.monotonic() - started, names)
        except (OSError, http.client.HTTPException) as error:
            return Answer(0, repr(error).encode(), time.monotonic() - started)
        finally:
            connection.close()

    def ping(self, patience: float = 10) -> Answer:
        return self.request("GET", "/ping", patience=patience)

    def invoke(self, body: Union[bytes, Iterable, None] = None, headers: dict = JSON) -> Answer:
        return self.request("POST", "/invocations", self.json_body if body is None else body, headers)

    def invoke_slowly(self, seconds: float) -> Answer:
        return self.invoke(self._slow_body.replace("{seconds}", str(seconds)).encode())

    def connect_seconds(self) -> float:
        started = time.monotonic()
        try:
            socket.create_connection((self.host, self.port), 5).close()
        except OSError:
            return float("inf")
        return time.monotonic() - started

    def wait_for_ping(self, seconds: float, ended: Callable[[], bool] = lambda: False) -> Optional[float]:
        """Seconds until /ping was 200; None if it never was."""
        started = time.monotonic()
        while time.monotonic() - started < seconds and not ended():
            if self.ping(2).status == 200:
                return time.monotonic() - started
            time.sleep(0.05)
        return None


def at_once(count: int, work: Callable[[], Answer], concurrency: int) -> list:
    with ThreadPoolExecutor(concurrency) as pool:
        return list(pool.map(lambda _: work(), range(count)))


def statuses(answers: list) -> dict:
    found = [answer.status for answer in answers]
    return {status: found.count(status) for status in sorted(set(found))}
