"""The check finds what is wrong; that it is content with the kit is a run of its own."""

import json
import subprocess
import sys
import time
import xml.etree.ElementTree as xml
from pathlib import Path

import pytest

from programs import KIT, free_port, running

BAD_SERVER = Path(__file__).parent / "bad_server.py"
BAD_TRAINING = "import pathlib, sys; print('done')"  # no model, no failure, never another exit code


def check(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, str(KIT / "check"), *arguments], capture_output=True, text=True, timeout=300, check=False)


def failed(file: Path) -> set:
    return {item["name"] for item in json.loads(file.read_text()) if item["passed"] is False}


def test_a_bad_server(tmp_path):
    port = free_port()
    found, junit = tmp_path / "found.json", tmp_path / "found.xml"
    with running([sys.executable, str(BAD_SERVER), str(port)], {}, port) as url:
        result = check(
            "--base-url", url, "--multi-model", "/nowhere", "--json", str(found), "--junit", str(junit), "--slow-body", "{}", "--timeout", "2"
        )
    assert result.returncode == 1
    wrong = failed(found)
    assert wrong >= {
        "/ping answers within 2 s",
        "the answer to JSON is JSON and says so",
        "CSV in, CSV out",
        "JSON lines in, as many out",
        "broken JSON is 400",
        "another path is 404",
        "an unknown Content-Type is 415 or 400",
        "a body of exactly 6291456 bytes is 200",
        "one byte more is 413",
        "the same answer to all of them",
        "a request of 1.6 s is 200",
        "loading it again is 409 in every worker",
        "GET /models lists it",
    }
    suite = xml.parse(junit).getroot()
    last = result.stdout.splitlines()[-1]
    assert last == f"{int(suite.get('tests')) - len(wrong)} passed, {suite.get('failures')} failed, 0 skipped"
    assert int(suite.get("failures")) == len(wrong) == len(suite.findall("testcase/failure"))


def test_a_bad_training(tmp_path):
    found = tmp_path / "found.json"
    program = tmp_path / "train.py"
    program.write_text(BAD_TRAINING)
    result = check("--train", f"{sys.executable} {program}", "--preprocess", f"{sys.executable} {program}", "--json", str(found))
    assert result.returncode == 1
    assert failed(found) >= {
        "leaves a model in model/",
        "another exit code without data",
        "says why in output/failure",
        "SIGTERM leaves a checkpoint or a model",
        "preprocess: fills train/",
    }


def test_a_server_that_does_not_start(tmp_path):
    found = tmp_path / "found.json"
    result = check("--serve", f"{sys.executable} -c pass", "--json", str(found), "--start-seconds", "5")
    assert (result.returncode, result.stdout.splitlines()[-1]) == (1, "0 passed, 1 failed, 0 skipped")


def test_takes_along_what_it_has_started(tmp_path):
    mark = tmp_path / "pid"
    program = f"import os, pathlib, time; pathlib.Path({str(mark)!r}).write_text(str(os.getpid())); time.sleep(100)"
    (tmp_path / "serve.py").write_text(program)
    process = subprocess.Popen(
        [sys.executable, str(KIT / "check"), "--serve", f"{sys.executable} {tmp_path / 'serve.py'}"], stdout=subprocess.DEVNULL
    )
    while not mark.exists() or not mark.read_text():
        time.sleep(0.05)
    process.terminate()
    assert process.wait(30) == 143
    assert not Path("/proc", mark.read_text()).exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "nothing to check"),
        (["--base-url", "http://127.0.0.1:1", "--multi-model"], "--multi-model needs a FOLDER"),
        (["--base-url", "http://192.0.2.1:8080"], "is not this machine (--allow-remote)"),
        (["--train", "x", "--hyperparameters", "{"], "invalid loads value"),
    ],
)
def test_says_what_it_needs(arguments, message):
    result = check(*arguments)
    assert result.returncode == 2 and message in result.stderr
