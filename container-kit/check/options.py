"""The command line."""

import argparse
import json
import shlex
import shutil
import socket
import sys
import urllib.parse
from pathlib import Path

import channels
from channels import Channel, folder_that_exists

DESCRIPTION = """Checks that an image or its programs fulfil what SageMaker asks of a container.

MUST: SageMaker fails without it. SHOULD: it works, but not well. The last line is `N passed, N failed, N skipped`; the exit
code is 1 if a MUST failed, with --strict also if a SHOULD failed. What is not given is not checked.

  a server that runs     check --base-url http://127.0.0.1:8080
  programs               check --train 'python3 train' --serve 'python3 serve'
  an image               check --train 'docker run --rm -v {folder}:/opt/ml my-image train' \\
                               --serve 'docker run --rm -v {folder}:/opt/ml -p 127.0.0.1:{port}:8080 my-image serve'

Commands get the folder that stands for /opt/ml as {folder} and as SAGEMAKER_BASE_DIR, the port as {port} and as
SAGEMAKER_BIND_TO_PORT."""


def parse(arguments: list) -> argparse.Namespace:
    parser = argparse.ArgumentParser("check", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = parser.add_argument_group("what to check")
    what.add_argument("--base-url", help="of a server that runs; with --serve: where it will run")
    what.add_argument("--train", type=shlex.split, help="command of a training job")
    what.add_argument("--serve", type=shlex.split, help="command of a server")
    what.add_argument("--preprocess", type=shlex.split, help="command of the processing step")
    what.add_argument("--evaluate", type=shlex.split, help="command of the evaluation step")
    what.add_argument(
        "--multi-model", nargs="?", const="", metavar="FOLDER", help="load a model through /models; without FOLDER: the one of --train or --model"
    )

    data = parser.add_argument_group("what the model understands")
    data.add_argument(
        "--model", type=folder_that_exists, metavar="FOLDER", help="files of the model, without --train; without both, the image must hold one"
    )
    numbers = "without FOLDER: y,x1,x2 as CSV, y = 2 x1 - 3 x2 + 1"
    data.add_argument("--train-data", type=folder_that_exists, metavar="FOLDER", help=f"of the channel `train` and of --preprocess; {numbers}")
    data.add_argument(
        "--channel",
        type=channels.parse,
        action="append",
        default=[],
        metavar="NAME[:MODE][=FOLDER]",
        dest="channels",
        help=f"of the training, once for each; MODE is File, FastFile or Pipe; {numbers}; without any: `train`",
    )
    data.add_argument("--hyperparameters", type=json.loads, default={"epochs": "30", "learning-rate": "0.05"})
    data.add_argument("--endless", type=json.loads, default={"epochs": "100000000"}, help="hyperparameters that make training last for hours")
    data.add_argument("--json-body", default='{"instances": [[1, 2], [3, 4]]}')
    data.add_argument("--csv-body", default="1,2\n3,4\n", help="empty: the model reads no CSV")
    data.add_argument("--lines-body", default="[1, 2]\n[3, 4]\n", help="JSON lines; empty: the model reads none")
    data.add_argument("--slow-body", default="", help="a JSON body that takes {seconds} to predict; without, slow requests are not checked")

    limits = parser.add_argument_group("limits")
    limits.add_argument("--timeout", type=float, default=60, help="seconds for a request, given as SAGEMAKER_MODEL_SERVER_TIMEOUT (small: fast)")
    limits.add_argument("--max-mb", type=int, default=6, help="of a request")
    limits.add_argument("--start-seconds", type=float, default=240, help="until /ping must answer 200")
    limits.add_argument("--requests", type=int, default=200)
    limits.add_argument("--concurrency", type=int, default=8)

    report = parser.add_argument_group("report")
    report.add_argument("--strict", action="store_true", help="fail on SHOULD, too")
    report.add_argument("--json", type=Path, metavar="FILE")
    report.add_argument("--junit", type=Path, metavar="FILE")
    report.add_argument("--allow-remote", action="store_true", help="let the URL be another machine")

    options = parser.parse_args(arguments)
    if not any((options.base_url, options.train, options.serve, options.preprocess, options.evaluate)):
        parser.error("nothing to check: give --base-url or a command")
    for name in ("train", "serve", "preprocess", "evaluate"):
        command = getattr(options, name)
        if command and shutil.which(command[0]) is None:
            parser.error(f"--{name}: there is no program {command[0]}")
    _complete_channels(parser, options)
    if options.model and options.train:
        parser.error("--model and --train: give one of them")
    has_model = options.model or options.train
    if options.multi_model == "" and not (has_model and options.serve):
        parser.error("--multi-model needs a FOLDER, or --serve with --train or --model")
    if options.evaluate and not (has_model and options.preprocess):
        parser.error("--evaluate needs --preprocess for the data, and --train or --model")
    if options.serve and not options.base_url:
        options.base_url = f"http://127.0.0.1:{_free_port()}"
    if options.base_url and not options.allow_remote and not _is_here(options.base_url):
        parser.error(f"{options.base_url} is not this machine (--allow-remote)")
    return options


def _complete_channels(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    names = [channel.name for channel in options.channels]
    if options.train_data and "train" in names:
        parser.error("--train-data and --channel train: give one of them")
    if len(set(names)) < len(names):
        parser.error(f"--channel: each name once, got {', '.join(names)}")
    if options.train_data or not names:
        options.channels.append(Channel("train", folder=options.train_data))
    options.train_data = next((channel.folder for channel in options.channels if channel.name == "train"), None)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _is_here(url: str) -> bool:
    parts = urllib.parse.urlsplit(url)
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 80)
    except OSError as error:
        sys.exit(f"{url}: {error}")
    return all(address[0] in ("127.0.0.1", "::1") for *_, address in found)
