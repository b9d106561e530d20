"""Runs the kit's programs as SageMaker would, natively."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Optional

KIT = Path(__file__).resolve().parents[2] / "container-kit"
PROGRAMS = KIT / "template" / "program"
DIABETES = KIT / "examples" / "diabetes"


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def environment(base: Path, code: Optional[Path] = None, **more: str) -> dict:
    """Without what the machine happens to have set."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SAGEMAKER_", "SM_", "KIT_"))}
    ours = {"SAGEMAKER_BASE_DIR": str(base), "PYTHONDONTWRITEBYTECODE": "1", "KIT_BIND_ADDRESS": "127.0.0.1"}
    return {**kept, **ours, **({"SAGEMAKER_SUBMIT_DIRECTORY": str(code)} if code else {}), **more}


def command(program: str, *arguments: str) -> list:
    return [sys.executable, str(PROGRAMS / program), *arguments]


def run(program: str, base: Path, *arguments: str, code: Optional[Path] = None, **more: str) -> subprocess.CompletedProcess:
    env = environment(base, code, **more)
    return subprocess.run(command(program, *arguments), env=env, capture_output=True, text=True, timeout=120, check=False)


def configure_training(base: Path, hyperparameters: dict, channels: dict) -> None:
    """`channels`: the folder of each, which SageMaker would copy."""
    config = base / "input" / "config"
    config.mkdir(parents=True, exist_ok=True)
    (config / "hyperparameters.json").write_text(json.dumps(hyperparameters))
    (config / "inputdataconfig.json").write_text(json.dumps({name: {} for name in channels}))
    for name, folder in channels.items():
        shutil.copytree(folder, base / "input" / "data" / name, dirs_exist_ok=True)


def pack_model(base: Path) -> None:
    """What happens between a training job and an evaluation."""
    packed = base / "processing" / "model"
    packed.mkdir(parents=True, exist_ok=True)
    with tarfile.open(packed / "model.tar.gz", "w:gz") as archive:
        for file in (base / "model").iterdir():
            archive.add(file, file.name)


@contextmanager
def run_dir() -> Iterator[str]:
    """Open to all: the workers of nginx are another user."""
    with tempfile.TemporaryDirectory(prefix="run-") as folder:
        os.chmod(folder, 0o755)
        yield folder


@contextmanager
def running(arguments: list, env: dict, port: int) -> Iterator[str]:
    """A server that answers /ping, as its URL; gone at the end."""
    process = subprocess.Popen(arguments, env=env, stdout=sys.stderr, stderr=sys.stderr, start_new_session=True)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(f"{url}/ping", process)
        yield url
        process.terminate()
        process.wait(40)
    finally:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()


@contextmanager
def serving(base: Path, code: Optional[Path] = None, **more: str) -> Iterator[str]:
    port = free_port()
    with run_dir() as folder:
        env = environment(base, code, SAGEMAKER_BIND_TO_PORT=str(port), KIT_RUN_DIR=folder, **more)
        with running(command("serve"), env, port) as url:
            yield url


def post(url: str, body: bytes, content_type: str, accept: str = "*/*") -> bytes:
    request = urllib.request.Request(f"{url}/invocations", body, {"Content-Type": content_type, "Accept": accept})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read()


def _wait_for(url: str, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args[1]} ended with {process.returncode}")
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(f"{url} is not 200")
