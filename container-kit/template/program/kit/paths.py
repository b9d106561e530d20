"""The folders of SageMaker's contract."""

import os
from pathlib import Path


def base() -> Path:
    """/opt/ml, unless the variable of AWS's own toolkits says otherwise."""
    return Path(os.environ.get("SAGEMAKER_BASE_DIR", "/opt/ml"))


def model() -> Path:
    return base() / "model"


def checkpoints() -> Path:
    return base() / "checkpoints"


def output() -> Path:
    return base() / "output"


def training_config() -> Path:
    return base() / "input" / "config"


def training_data() -> Path:
    return base() / "input" / "data"


def processing() -> Path:
    return base() / "processing"


def user_code() -> Path:
    """The folder of model.py: /opt/code in the image, beside the programs here."""
    named = os.environ.get("SAGEMAKER_SUBMIT_DIRECTORY", "")
    beside = Path(__file__).resolve().parents[2] / "code"
    return Path(named) if os.path.isdir(named) else beside  # AWS's tools also put S3 URIs there
