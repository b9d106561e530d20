"""What CodeBuild runs, with programs on the PATH that only write down how they were called."""
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

os.environ.update(AWS_DEFAULT_REGION="eu-west-1", AWS_ACCESS_KEY_ID="x", AWS_SECRET_ACCESS_KEY="x")
LAMBDA = Path(__file__).parents[3] / "lambda" / "image-build"
sys.path.insert(0, str(LAMBDA))
import index  # noqa: E402

RECORDER = """#!/bin/bash
call=$(mktemp) # written as one, since programs of a pipe run at the same time
{ printf '%s' "$(basename "$0")"; printf '\\0%s' "$@"; printf '\\n\\0\\n'; } > "$call"
cat "$call" >> "$CALLS"
rm "$call"
case "$(basename "$0") $1" in
  "aws ecr") echo secret; exit "${AWS_STATUS:-0}" ;;
  "docker login") [ "$(cat)" = secret ] ;;
  "docker buildx") exit "${BUILD_STATUS:-0}" ;;
esac
"""
IMAGE = {"RepositoryName": "images", "RepositoryUri": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/images", "Tag": "c-1"}
OWN, OTHER = "111122223333.dkr.ecr.eu-west-1.amazonaws.com", "763104351884.dkr.ecr.us-east-1.amazonaws.com"


class Script(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.source, self.programs, self.calls_file = (Path(folder.name) / name for name in ("source", "programs", "calls"))
        self.source.mkdir()
        self.programs.mkdir()
        for name in ("aws", "docker"):
            (self.programs / name).write_text(RECORDER)
            (self.programs / name).chmod(0o755)

    def run_script(self, build, cached=None, registries=OWN, **env):
        words = index.arguments({"Build": build, "Cache": "true"}, IMAGE, cached)
        variables = {"REGISTRIES": registries, "COPIED_IMAGE": build.get("From", ""), "DOCKER_ARGUMENTS": index.encoded(words)}
        path = f"{self.programs}:{os.environ['PATH']}"
        return subprocess.run(
            ["bash", str(LAMBDA / "build.sh")], cwd=self.source, capture_output=True, text=True, check=False,
            env={**os.environ, **variables, **env, "PATH": path, "CALLS": str(self.calls_file)},
        )

    @property
    def calls(self):
        return [call.split("\0") for call in self.calls_file.read_text().split("\n\0\n")[:-1]]

    def docker(self):
        builds = [call[1:] for call in self.calls if call[:2] == ["docker", "buildx"]]
        self.assertEqual(len(builds), 1)
        return builds[0]

    def test_it_signs_in_to_every_registry_in_its_region(self):
        done = self.run_script({"Dockerfile": "Dockerfile", "Platform": "linux/amd64"}, registries=f"{OWN} {OTHER}")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        calls = sorted(call for call in self.calls if call[1] != "buildx")
        self.assertEqual(calls, [
            ["aws", "ecr", "get-login-password", "--region", "eu-west-1"],
            ["aws", "ecr", "get-login-password", "--region", "us-east-1"],
            ["docker", "login", "--username", "AWS", "--password-stdin", OWN],
            ["docker", "login", "--username", "AWS", "--password-stdin", OTHER],
        ])

    def test_docker_gets_every_word_as_it_is(self):
        arguments = {"GREETING": "it's \"two\" $HOME `id` $(id) ; *\nlines", "EMPTY": "", "UNICODE": "ü"}
        self.run_script({"Dockerfile": "sub/Docker file", "Context": "sub", "Platform": "linux/arm64", "Target": "serve", "Args": arguments}, cached="c-0")
        uri = IMAGE["RepositoryUri"]
        self.assertEqual(self.docker(), [
            "buildx", "build", "--platform", "linux/arm64", "--file", "sub/Docker file",
            "--build-arg", "EMPTY=", "--build-arg", f"GREETING={arguments['GREETING']}", "--build-arg", "UNICODE=ü", "--target", "serve",
            "--cache-from", f"type=registry,ref={uri}:c-0", "--cache-to", "type=inline",
            "--provenance=false", "--sbom=false", "--output", "type=image,oci-mediatypes=false,push=true", "--tag", f"{uri}:c-1", "sub",
        ])

    def test_a_copy_is_an_image_of_one_line(self):
        self.run_script({"Dockerfile": "Dockerfile", "Platform": "linux/amd64", "From": "public.ecr.aws/x/y@sha256:1"})
        self.assertEqual((self.source / "Dockerfile").read_text(), "FROM public.ecr.aws/x/y@sha256:1\n")

    def test_a_build_that_fails_fails(self):
        self.assertEqual(self.run_script({"Dockerfile": "Dockerfile", "Platform": "linux/amd64"}, BUILD_STATUS="7").returncode, 7)

    def test_nothing_is_built_without_signing_in(self):
        self.assertNotEqual(self.run_script({"Dockerfile": "Dockerfile", "Platform": "linux/amd64"}, AWS_STATUS="1").returncode, 0)
        self.assertNotIn("buildx", [call[1] for call in self.calls])


if __name__ == "__main__":
    unittest.main()
