"""The check finds what is wrong; that it is content with the kit is a run of its own."""

import json
import subprocess
import sys
import time
import xml.etree.ElementTree as xml
from pathlib import Path

import pytest

import groups
import processes
from options import parse
from programs import KIT, free_port, running
from report import Report

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
        "preprocess: fills train/",
    }


FAILING = """
import pathlib, os, sys, time
base = pathlib.Path(os.environ['SAGEMAKER_BASE_DIR'])
(base / 'output' / 'failure').write_text('the reason of it')
sys.exit(1)
"""
MODEL_AT_ONCE = """
import pathlib, os, sys, time
base = pathlib.Path(os.environ['SAGEMAKER_BASE_DIR'])
if not list(base.glob('input/data/train/*')): sys.exit(1)
print('loss=1'); (base / 'model' / 'one').write_text('1')
"""


def details(file: Path) -> dict:
    return {item["name"]: (item["passed"], item["detail"]) for item in json.loads(file.read_text())}


def test_does_not_wait_for_what_a_failed_training_cannot_serve(tmp_path):
    found, program = tmp_path / "found.json", tmp_path / "train.py"
    program.write_text(FAILING)
    failing, waiting = f"{sys.executable} {program}", f"{sys.executable} -c 'import time; time.sleep(1000)'"
    started = time.monotonic()
    processing = ["--preprocess", f"{sys.executable} -c pass", "--evaluate", waiting]
    result = check("--train", failing, "--serve", waiting, "--multi-model", *processing, "--json", str(found))
    assert result.returncode == 1 and time.monotonic() - started < 10
    said = details(found)
    assert said["exit code 0"] == (False, "1 the reason of it")
    assert said["serve"] == said["evaluate"] == (None, "the training left no model") and said["SIGTERM"] == (None, "it does not train")


@pytest.mark.parametrize(
    ("more", "name", "expected"),
    [
        ("", "SIGTERM", (None, "it ended before, with exit code 0: give --endless")),
        (
            "if 'endless' in (base / 'input/config/hyperparameters.json').read_text(): (base / 'model/one').unlink(); time.sleep(99)",
            "SIGTERM leaves a checkpoint or a model",
            (False, "[]"),
        ),
    ],
)
def test_a_training_that_is_stopped(tmp_path, more, name, expected):
    found, program = tmp_path / "found.json", tmp_path / "train.py"
    program.write_text(MODEL_AT_ONCE + more)
    check("--train", f"{sys.executable} {program}", "--endless", '{"endless": "1"}', "--json", str(found))
    assert details(found)[name] == expected


def test_jobs_that_do_not_end(tmp_path, monkeypatch):
    monkeypatch.setattr(processes, "JOB_SECONDS", 0.5)
    waiting, report = f"{sys.executable} -c 'import time; time.sleep(60)'", Report()
    options = parse(["--train", waiting, "--preprocess", waiting, "--evaluate", waiting])
    (tmp_path / "model").mkdir()
    assert groups.training.check(report, options, tmp_path) is None
    groups.processing.check(report, options, tmp_path, tmp_path)
    jobs = {item.name: (item.passed, item.detail) for item in report.items if "exit code" in item.name}
    assert set(jobs) == {
        "exit code 0",
        "another exit code without data",
        "preprocess: exit code 0",
        "preprocess: another exit code without data",
        "evaluate: exit code 0",
    }
    assert set(jobs.values()) == {(False, "did not end within 0.5 s")}


CHANNELS = """
import json
def fit(job):
    def piped(epoch):
        with open(f"{job.channel('validation')}_{epoch}") as pipe: return pipe.read()
    modes = {name: channel['TrainingInputMode'] for name, channel in json.loads(os.environ['SM_INPUT_DATA_CONFIG']).items()}
    passes = [piped(epoch) for epoch in range(3)]
    rows = {name: sorted(file.name for file in job.channel(name).iterdir()) for name in ("train", "more")}
    if not rows["train"] or not passes[0]: raise ValueError("no rows")
    with open(f"{job.channel('validation')}_3") as pipe: pipe.read(1)  # no more than it needs
    (job.model_dir / "found.json").write_text(json.dumps([modes, rows, passes, piped(4)]))
    if SAVED: pathlib.Path(SAVED).write_text((job.model_dir / "found.json").read_text())
"""


def test_several_channels(tmp_path, code):
    saved, found = tmp_path / "saved.json", tmp_path / "found.json"
    for name, text in (("train/a.csv", "1,2"), ("validation/sub/b.csv", "5,6\n"), ("validation/a.csv", "3,4\n" * 50000)):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    code(f"import os, pathlib\nSAVED = {str(saved)!r}\n{CHANNELS}")
    channels = [
        "--channel",
        f"train={tmp_path / 'train'}",
        "--channel",
        f"validation:Pipe={tmp_path / 'validation'}",
        "--channel",
        "more:FastFile",
    ]
    result = check("--train", f"{sys.executable} {KIT / 'template' / 'program' / 'train'}", *channels, "--json", str(found))
    assert failed(found) == {"prints a metric that a regular expression finds"}, result.stdout
    modes, rows, passes, after = json.loads(saved.read_text())
    assert modes == {"train": "File", "validation": "Pipe", "more": "FastFile"}
    assert rows == {"train": ["a.csv"], "more": ["data.csv"]}
    assert passes == ["3,4\n" * 50000 + "5,6\n"] * 3 and after == passes[0]


SERVER = """
import os, pathlib, sys
from http.server import BaseHTTPRequestHandler, HTTPServer
model = pathlib.Path(os.environ['SAGEMAKER_BASE_DIR']) / 'model' / 'one'
class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if BAKED_IN or model.exists() else 503)
        self.send_header('Content-Length', '0')
        self.end_headers()
    def log_message(self, *_): pass
HTTPServer(('127.0.0.1', int(os.environ['SAGEMAKER_BIND_TO_PORT'])), Handler).serve_forever()
"""


@pytest.mark.parametrize(("baked_in", "expected"), [("True", None), ("False", True)])
def test_a_server_with_a_model_that_is_there(tmp_path, baked_in, expected):
    found, program, model = tmp_path / "found.json", tmp_path / "serve.py", tmp_path / "model"
    program.write_text(SERVER.replace("BAKED_IN", baked_in))
    model.mkdir()
    (model / "one").write_text("1")
    given = [] if baked_in == "True" else ["--model", str(model)]
    check("--serve", f"{sys.executable} {program}", *given, "--json", str(found), "--requests", "1", "--start-seconds", "20")
    said = {name: passed for name, (passed, _) in details(found).items()}
    assert said["/ping is 200 within 20 s"] and said["/ping is not 200 without a model"] is expected
    assert (model / "one").exists()


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
        (["--base-url", "http://127.0.0.1:1", "--multi-model"], "--multi-model needs a FOLDER, or --serve with --train or --model"),
        (["--base-url", "http://192.0.2.1:8080"], "is not this machine (--allow-remote)"),
        (["--train", "x", "--hyperparameters", "{"], "invalid loads value"),
        (["--train", "nonsense_that_is_not_there"], "--train: there is no program nonsense_that_is_not_there"),
        (["--train", "sh", "--channel", "train:Pip"], "'train:Pip' is not NAME[:File|FastFile|Pipe][=FOLDER]"),
        (["--train", "sh", "--channel", "train=/nowhere"], "'/nowhere' is not a folder"),
        (["--train", "sh", "--train-data", "/nowhere"], "'/nowhere' is not a folder"),
        (["--train", "sh", "--channel", "a", "--channel", "a:Pipe"], "--channel: each name once, got a, a"),
        (["--train", "sh", "--channel", "train", "--train-data", "/tmp"], "--train-data and --channel train: give one of them"),
        (["--evaluate", "sh"], "--evaluate needs --preprocess for the data, and --train or --model"),
        (["--train", "sh", "--model", "/tmp"], "--model and --train: give one of them"),
    ],
)
def test_says_what_it_needs(arguments, message):
    result = check(*arguments)
    assert result.returncode == 2 and message in result.stderr
