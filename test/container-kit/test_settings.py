import pytest

from kit import nginx, settings


def test_defaults_are_those_of_sagemaker():
    found = settings.read({})
    assert (found.port, found.timeout, found.max_bytes, found.accept, found.multi_model) == (8080, 60, 6291456, "application/json", False)
    assert found.max_inflight == 2 * found.workers * found.threads
    assert found.drain_seconds < 30


def test_reads_what_sagemaker_sets():
    found = settings.read(
        {
            "SAGEMAKER_BIND_TO_PORT": "9000",
            "SAGEMAKER_MODEL_SERVER_TIMEOUT": "5",
            "SAGEMAKER_MODEL_SERVER_WORKERS": "3",
            "SAGEMAKER_MAX_PAYLOAD_IN_MB": "20",
            "SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT": "text/csv",
            "SAGEMAKER_MULTI_MODEL": "True",
            "KIT_THREADS": "2",
        }
    )
    assert (found.port, found.timeout, found.workers, found.max_megabytes, found.accept) == (9000, 5, 3, 20, "text/csv")
    assert found.multi_model and found.max_inflight == 12


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("SAGEMAKER_MODEL_SERVER_WORKERS", "0", "must be a whole number from 1, got '0'"),
        ("SAGEMAKER_MODEL_SERVER_TIMEOUT", "1.5", "must be a whole number"),
        ("SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT", "image/png", "must be one of application/json"),
    ],
)
def test_says_what_is_wrong(name, value, message):
    with pytest.raises(ValueError, match=f"{name} {message}"):
        settings.read({name: value})


def test_nginx_gets_every_setting(tmp_path):
    found = settings.read({"KIT_RUN_DIR": str(tmp_path), "SAGEMAKER_BIND_TO_PORT": "9000", "SAGEMAKER_MAX_PAYLOAD_IN_MB": "7"})
    text = nginx.write_config(found).read_text()
    assert "@RUN@" not in text and "listen 0.0.0.0:9000 " in text and "client_max_body_size 7m;" in text
    placeholders = [word for line in text.splitlines() for word in line.split() if word.startswith("@") and word.rstrip(";{").endswith("@")]
    assert placeholders == []
