"""Folders that stand for /opt/ml, as SageMaker fills them."""

import json
import random
import shutil
import tarfile
from argparse import Namespace
from pathlib import Path
from typing import Optional

from channels import PIPE, Channel, Pipes

RESOURCES = {
    "current_host": "algo-1",
    "hosts": ["algo-1"],
    "network_interface_name": "eth0",
    "current_instance_type": "ml.m5.large",
    "current_group_name": "homogeneousCluster",
    "instance_groups": [{"instance_group_name": "homogeneousCluster", "instance_type": "ml.m5.large", "hosts": ["algo-1"]}],
}


def fill_for_training(folder: Path, options: Namespace, hyperparameters: dict, empty: bool = False) -> Path:
    for name in ("input/config", "input/data", "model", "output", "checkpoints"):
        (folder / name).mkdir(parents=True)
    config = folder / "input" / "config"
    (config / "hyperparameters.json").write_text(json.dumps({key: str(value) for key, value in hyperparameters.items()}))
    (config / "inputdataconfig.json").write_text(json.dumps({channel.name: channel.as_config() for channel in options.channels}))
    (config / "resourceconfig.json").write_text(json.dumps(RESOURCES))
    for channel in options.channels:
        target = _place_of(folder, channel)
        target.mkdir(parents=True)
        if not empty:
            _fill_with_data(target, channel.folder)
    return folder


def fill_with_model(folder: Path, options: Namespace) -> Path:
    """What a job of training would have left."""
    if options.model:
        shutil.copytree(options.model, folder / "model")
    else:
        (folder / "model").mkdir(parents=True)
    return folder


def pipes_of(folder: Path, options: Namespace) -> Pipes:
    return Pipes(folder / "input" / "data", _staged(folder), options.channels)


def fill_for_processing(folder: Path, options: Namespace) -> Path:
    _fill_with_data(folder / "processing" / "input", options.train_data)
    return folder


def fill_for_evaluation(folder: Path, prepared: Path, model: Path) -> Path:
    """With the outputs of the processing, and the model packed, as SageMaker packs it."""
    shutil.copytree(prepared / "processing", folder / "processing")
    packed = folder / "processing" / "model"
    packed.mkdir()
    with tarfile.open(packed / "model.tar.gz", "w:gz") as archive:
        for file in sorted(model.iterdir()):
            archive.add(file, file.name)
    return folder


def files_below(folder: Path) -> dict:
    return {str(file.relative_to(folder)): file.stat().st_mtime_ns for file in folder.rglob("*") if file.is_file()}


def _place_of(folder: Path, channel: Channel) -> Path:
    return (_staged(folder) if channel.mode == PIPE else folder / "input" / "data") / channel.name


def _staged(folder: Path) -> Path:
    """What goes through pipes, beside what the job sees."""
    return folder.with_name(f"{folder.name}-piped")


def _fill_with_data(folder: Path, data: Optional[Path]) -> None:
    if data:
        shutil.copytree(data, folder, dirs_exist_ok=True)
        return
    folder.mkdir(parents=True, exist_ok=True)
    numbers = random.Random(1)
    points = [(numbers.random(), numbers.random()) for _ in range(300)]
    (folder / "data.csv").write_text("".join(f"{2 * x - 3 * y + 1},{x},{y}\n" for x, y in points))
