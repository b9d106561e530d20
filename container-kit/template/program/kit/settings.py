"""What can be set from outside: SageMaker's and its toolkits' variables, and KIT_* for what they have no name for."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

CONTENT_TYPES = ("application/json", "text/csv", "application/jsonlines")


@dataclass(frozen=True)
class Settings:
    port: int  # SAGEMAKER_BIND_TO_PORT
    address: str  # KIT_BIND_ADDRESS
    timeout: int  # SAGEMAKER_MODEL_SERVER_TIMEOUT: seconds; SageMaker waits for 60
    workers: int  # SAGEMAKER_MODEL_SERVER_WORKERS: processes, each with the model in its memory
    threads: int  # KIT_THREADS: of each worker
    max_inflight: int  # KIT_MAX_INFLIGHT: more requests at once are answered with 503
    max_megabytes: int  # SAGEMAKER_MAX_PAYLOAD_IN_MB: of a request; real-time endpoints allow 6
    accept: str  # SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT: what a caller gets who does not say
    multi_model: bool  # SAGEMAKER_MULTI_MODEL
    max_models: int  # KIT_MAX_MODELS: loaded at once
    drain_seconds: int  # KIT_DRAIN_SECONDS: for open requests on SIGTERM; SIGKILL comes after 30
    run_dir: Path  # KIT_RUN_DIR: sockets and temporary files; every user must be able to enter it

    @property
    def max_bytes(self) -> int:
        return self.max_megabytes * 1024 * 1024


def read(env: Mapping = os.environ) -> Settings:
    workers = _number(env, "SAGEMAKER_MODEL_SERVER_WORKERS", _cpus())
    threads = _number(env, "KIT_THREADS", 4)
    accept = env.get("SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT") or CONTENT_TYPES[0]
    if accept not in CONTENT_TYPES:
        raise ValueError(f"SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT must be one of {', '.join(CONTENT_TYPES)}, got '{accept}'")
    return Settings(
        port=_number(env, "SAGEMAKER_BIND_TO_PORT", 8080),
        address=env.get("KIT_BIND_ADDRESS") or "0.0.0.0",
        timeout=_number(env, "SAGEMAKER_MODEL_SERVER_TIMEOUT", 60),
        workers=workers,
        threads=threads,
        max_inflight=_number(env, "KIT_MAX_INFLIGHT", 2 * workers * threads),
        max_megabytes=_number(env, "SAGEMAKER_MAX_PAYLOAD_IN_MB", 6),
        accept=accept,
        multi_model=env.get("SAGEMAKER_MULTI_MODEL", "").lower() == "true",
        max_models=_number(env, "KIT_MAX_MODELS", 1000),
        drain_seconds=_number(env, "KIT_DRAIN_SECONDS", 25),
        run_dir=Path(env.get("KIT_RUN_DIR") or "/tmp/kit"),
    )


def _number(env: Mapping, name: str, default: int) -> int:
    text = env.get(name) or str(default)
    if not text.isdigit() or int(text) < 1:
        raise ValueError(f"{name} must be a whole number from 1, got '{text}'")
    return int(text)


def _cpus() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
