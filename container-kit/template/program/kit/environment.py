"""The SM_* variables that scripts written for AWS's training toolkit read."""

import json
import os
from typing import Any

from kit import paths


def training_variables(hyperparameters: dict, resources: dict, channels: dict) -> dict:
    return {
        "SM_MODEL_DIR": str(paths.model()),
        "SM_INPUT_DIR": str(paths.base() / "input"),
        "SM_INPUT_CONFIG_DIR": str(paths.training_config()),
        "SM_OUTPUT_DIR": str(paths.output()),
        "SM_OUTPUT_DATA_DIR": str(paths.output() / "data"),
        "SM_MODULE_DIR": str(paths.user_code()),
        "SM_HPS": json.dumps(hyperparameters),
        "SM_USER_ARGS": json.dumps([text for key, value in hyperparameters.items() for text in (f"--{key}", value)]),
        "SM_CHANNELS": json.dumps(sorted(channels)),
        "SM_INPUT_DATA_CONFIG": json.dumps(channels),
        "SM_RESOURCE_CONFIG": json.dumps(resources),
        "SM_CURRENT_HOST": resources["current_host"],
        "SM_HOSTS": json.dumps(resources["hosts"]),
        "SM_NETWORK_INTERFACE_NAME": resources.get("network_interface_name", "eth0"),
        "SM_NUM_CPUS": str(os.cpu_count()),
        "SM_NUM_GPUS": str(_gpus()),
        **{f"SM_CHANNEL_{name.upper()}": str(paths.training_data() / name) for name in channels},
        **_hyperparameter_variables(hyperparameters),
    }


def _hyperparameter_variables(hyperparameters: dict) -> dict:
    """The toolkit keeps dashes, which no shell can read: both forms."""
    as_toolkit = {f"SM_HP_{key.upper()}": value for key, value in hyperparameters.items()}
    return {**as_toolkit, **{key.replace("-", "_"): value for key, value in as_toolkit.items()}}


def _gpus() -> int:
    return sum(1 for card in range(16) if os.path.exists(f"/dev/nvidia{card}"))


def read_config(name: str, default: Any) -> Any:
    file = paths.training_config() / name
    return json.loads(file.read_text()) if file.exists() and file.stat().st_size > 0 else default
