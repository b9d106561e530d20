"""Configuration and command line of nginx."""

import os
import shutil
from pathlib import Path

from kit.settings import Settings

TEMPLATE = Path(__file__).resolve().parents[1] / "nginx.conf.template"


def write_config(settings: Settings) -> Path:
    text = TEMPLATE.read_text()
    values = {
        "@RUN@": settings.run_dir,
        "@ADDRESS@": settings.address,
        "@PORT@": settings.port,
        "@TIMEOUT@": settings.timeout,
        "@MEGABYTES@": settings.max_megabytes,
        "@INFLIGHT@": settings.max_inflight,
    }
    for placeholder, value in values.items():
        text = text.replace(placeholder, str(value))
    file = settings.run_dir / "nginx.conf"
    file.write_text(text)
    return file


def command(settings: Settings) -> list:
    places = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
    program = shutil.which("nginx", path=places)
    if program is None:
        raise FileNotFoundError("nginx is not installed")
    return [program, "-e", "stderr", "-p", str(settings.run_dir), "-c", str(write_config(settings))]
