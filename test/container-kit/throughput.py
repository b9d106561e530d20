"""Compares what `serve` takes with what Gunicorn alone takes, of the same application: turn by turn, since machines are noisy."""

import http.client
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

from programs import PROGRAMS, configure_training, environment, free_port, run, running, serving

LEAST_SHARE = 0.4  # generous: a bound against mistakes, not a measurement
ROUNDS, SECONDS, CONNECTIONS = 5, 1, 8
WORKERS, THREADS = 2, 4
BODY = b'{"instances": [[1, 2], [3, 4]]}'


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="throughput-") as folder:
        base = Path(folder)
        (base / "data").mkdir()
        (base / "data" / "data.csv").write_text("1,1,0\n2,0,1\n3,1,1\n")
        configure_training(base, {}, {"train": base / "data"})
        run("train", base).check_returncode()
        rates = _measure(base)
    share = statistics.median(kit / bare for bare, kit in rates)
    bare, kit = (statistics.median(column) for column in zip(*rates))
    text = f"{share:.2f} of bare Gunicorn's throughput, {kit:.0f} to {bare:.0f} requests a second"
    if share < LEAST_SHARE:
        raise SystemExit(f"only {text}")
    print(text)


def _measure(base: Path) -> list:
    port = free_port()
    bare = ["--chdir", str(PROGRAMS), "--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS), "--threads", str(THREADS), "wsgi:app"]
    alone = [sys.executable, "-m", "gunicorn", "--no-control-socket", "--log-level", "warning", *bare]
    size = {"SAGEMAKER_MODEL_SERVER_WORKERS": str(WORKERS), "KIT_THREADS": str(THREADS)}
    with running(alone, environment(base, KIT_RUN_DIR=str(base / "alone")), port) as bare_url, serving(base, **size) as url:
        for one in (bare_url, url):
            _rate(one, 0.5)  # neither starts cold
        return [(_rate(bare_url, SECONDS), _rate(url, SECONDS)) for _ in range(ROUNDS)]


def _rate(url: str, seconds: float) -> float:
    address = url.partition("//")[2]
    deadline = time.monotonic() + seconds
    counts = [0] * CONNECTIONS
    wrong = []

    def ask(at: int) -> None:
        connection = http.client.HTTPConnection(address, timeout=10)
        try:
            while time.monotonic() < deadline:
                connection.request("POST", "/invocations", BODY, {"Content-Type": "application/json"})
                answer = connection.getresponse()
                answer.read()
                if answer.status != 200:
                    raise RuntimeError(f"status {answer.status}")
                counts[at] += 1
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=(at,)) for at in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise SystemExit(f"{url}: {wrong[0]!r}")
    return sum(counts) / seconds


if __name__ == "__main__":
    main()
