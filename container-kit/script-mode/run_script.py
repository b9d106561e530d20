"""Runs a script in a job of SageMaker as the SageMaker Python SDK does: run_script.py [--requirements FILE [--wheels DIRECTORY]] SCRIPT [ARGUMENT...]

It sets the variables SM_*, hands hyperparameters over as arguments (`--name value`), and ends as the script ends. Python 3.6 or newer, nothing else.
"""

import json
import os
import subprocess
import sys

ROOT = os.environ.get("ML_ROOT", "/opt/ml")
RESERVED = "sagemaker_"


def config(name):
    """What SageMaker says of the job; nothing in a processing job."""
    path = os.path.join(ROOT, "input", "config", name + ".json")
    if not os.path.exists(path):
        return {}
    with open(path) as file:
        return json.load(file)


def decoded(value):
    """Hyperparameters are text; those of the SDK hold JSON."""
    try:
        return json.loads(value)
    except (TypeError, ValueError):
        return value


def text(value):
    return value if isinstance(value, str) else json.dumps(value)


def gpus():
    try:
        listed = subprocess.check_output(["nvidia-smi", "--list-gpus"], stderr=subprocess.DEVNULL).decode()
    except (OSError, subprocess.CalledProcessError):
        return 0
    return sum(line.startswith("GPU ") for line in listed.splitlines())


def environment(hyperparameters):
    """The variables that scripts written for the SDK read."""
    channels = {name: os.path.join(ROOT, "input", "data", name) for name in config("inputdataconfig") if name != "code"}
    resources = config("resourceconfig")
    hosts = sorted(resources.get("hosts", ["algo-1"]))
    host = resources.get("current_host", "algo-1")
    variables = {
        "SM_MODEL_DIR": os.path.join(ROOT, "model"),
        "SM_INPUT_DIR": os.path.join(ROOT, "input"),
        "SM_INPUT_CONFIG_DIR": os.path.join(ROOT, "input", "config"),
        "SM_OUTPUT_DIR": os.path.join(ROOT, "output"),
        "SM_OUTPUT_DATA_DIR": os.path.join(ROOT, "output", "data"),
        "SM_CHANNELS": sorted(channels),
        "SM_HPS": hyperparameters,
        "SM_HOSTS": hosts,
        "SM_CURRENT_HOST": host,
        "SM_HOST_COUNT": len(hosts),
        "SM_CURRENT_HOST_RANK": hosts.index(host) if host in hosts else 0,
        "SM_MASTER_ADDR": hosts[0],
        "SM_MASTER_PORT": 7777,
        "SM_CURRENT_INSTANCE_TYPE": resources.get("current_instance_type", ""),
        "SM_CURRENT_INSTANCE_GROUP": resources.get("current_group_name", ""),
        "SM_NETWORK_INTERFACE_NAME": resources.get("network_interface_name", "eth0"),
        "SM_RESOURCE_CONFIG": resources,
        "SM_INPUT_DATA_CONFIG": config("inputdataconfig"),
        "SM_NUM_CPUS": os.cpu_count(),
        "SM_NUM_GPUS": gpus(),
    }
    variables.update({"SM_CHANNEL_" + name.upper(): path for name, path in channels.items()})
    variables.update({"SM_HP_" + name.upper().replace("-", "_"): value for name, value in hyperparameters.items()})
    return {name: text(value) for name, value in variables.items()}


def option(arguments, name):
    """Takes `name VALUE` off the beginning of the arguments."""
    if arguments[:1] != [name]:
        return None
    arguments.pop(0)
    return arguments.pop(0)


def main(arguments):
    requirements = option(arguments, "--requirements")
    wheels = option(arguments, "--wheels")
    script = arguments.pop(0)
    if requirements is not None:
        found = [] if wheels is None else ["--no-index", "--find-links", wheels]
        subprocess.check_call([sys.executable, "-m", "pip", "install", "--no-cache-dir", *found, "-r", requirements])
    given = config("hyperparameters")
    hyperparameters = {name: decoded(value) for name, value in sorted(given.items()) if not name.startswith(RESERVED)}
    in_training = os.path.exists(os.path.join(ROOT, "input", "config"))
    variables = dict(os.environ, **(environment(hyperparameters) if in_training else {}))
    for name, value in hyperparameters.items():
        arguments += [("--" if len(name) > 1 else "-") + name, text(value)]
    program = [sys.executable] if script.endswith(".py") else ["/bin/sh"]
    os.execve(program[0], [*program, script, *arguments], dict(variables, PYTHONUNBUFFERED="1"))


if __name__ == "__main__":
    main(sys.argv[1:])
