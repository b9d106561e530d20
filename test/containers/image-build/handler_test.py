"""The function of image builds against stubs of AWS and a server that plays CloudFormation, with every failure that is known."""
import http.server
import json
import os
import sys
import threading
import unittest
from pathlib import Path
from unittest import mock

from botocore.stub import ANY, Stubber

os.environ.update(AWS_DEFAULT_REGION="eu-west-1", AWS_ACCESS_KEY_ID="x", AWS_SECRET_ACCESS_KEY="x", AWS_EC2_METADATA_DISABLED="true")
sys.path.insert(0, str(Path(__file__).parents[3] / "lambda" / "image-build"))
import index  # noqa: E402

REPOSITORY = {"RepositoryName": "images", "RepositoryUri": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/images"}
BUILD = {"Dockerfile": "Dockerfile", "Platform": "linux/amd64", "Args": {"B": "two", "A": "one \n'1'"}}
PROPS = {
    **REPOSITORY, "ProjectName": "project", "Content": "hash", "Build": BUILD, "Cache": "true",
    "Source": {"Type": "S3", "Location": "bucket/key.zip"}, "Registries": ["111122223333.dkr.ecr.eu-west-1.amazonaws.com"],
}
TAG = index.tag_of(PROPS)
DIGEST = "sha256:" + "a" * 64
OCI = "application/vnd.oci.image.index.v1+json"


class CloudFormation:
    """Takes the answers of custom resources; `statuses` are those of its own answers, the last one for good."""

    def __init__(self):
        self.answers, self.statuses, self.sizes = [], [200], []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_PUT(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.sizes.append(len(body))
                outer.answers.append({**json.loads(body), "type": self.headers.get("Content-Type")})
                self.send_response(outer.statuses[0] if len(outer.statuses) == 1 else outer.statuses.pop(0))
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/answer?signature=1"


class Case(unittest.TestCase):
    def setUp(self):
        self.stack = CloudFormation()
        self.codebuild, self.ecr, self.logs = (Stubber(client) for client in (index.codebuild, index.ecr, index.logs))
        for stub in (self.codebuild, self.ecr, self.logs):
            stub.activate()
            self.addCleanup(stub.deactivate)
        self.slept = []
        for target, replacement in (("index.time.sleep", self.slept.append), ("builtins.print", lambda *_: None)):
            patch = mock.patch(target, replacement)
            patch.start()
            self.addCleanup(patch.stop)
        self.addCleanup(self.stack.server.server_close)
        self.addCleanup(self.stack.server.shutdown)

    def tearDown(self):
        for stub in (self.codebuild, self.ecr, self.logs):
            stub.assert_no_pending_responses()

    @property
    def answer(self):
        self.assertEqual(len(self.stack.answers), 1)
        return self.stack.answers[0]

    def call(self, kind, props=PROPS, **more):
        event = {"RequestType": kind, "ResponseURL": self.stack.url, "StackId": "s", "RequestId": "q", "LogicalResourceId": "L", "ResourceProperties": props, **more}
        index.handler(event, None)

    def ended(self):
        index.handler({"detail": {"build-id": "arn:build"}}, None)

    def image(self, found, tag=TAG, media=index.DOCKER_V2):
        asked = {"repositoryName": "images", "imageIds": [{"imageTag": tag}]}
        if found:
            self.ecr.add_response("describe_images", {"imageDetails": [{"imageDigest": DIGEST, "imageManifestMediaType": media}]}, asked)
        else:
            self.ecr.add_client_error("describe_images", "ImageNotFoundException", expected_params=asked)

    def starts(self, expected=None):
        self.codebuild.add_response("start_build", {"build": {"id": "project:1"}}, expected)

    def build(self, status, phases=(), ours=True):
        call = {"url": self.stack.url, "StackId": "s", "RequestId": "q", "LogicalResourceId": "L", "PhysicalResourceId": "L", "image": {**REPOSITORY, "Tag": TAG}}
        variables = [{"name": "CLOUDFORMATION_CALL", "value": json.dumps(call)}] if ours else []
        self.codebuild.add_response("batch_get_builds", {"builds": [{
            "id": "project:1", "buildStatus": status, "phases": list(phases), "logs": {"groupName": "g", "streamName": "t", "deepLink": "https://log"},
            "environment": {"type": "LINUX_CONTAINER", "image": "i", "computeType": "BUILD_GENERAL1_SMALL", "environmentVariables": variables},
        }]}, {"ids": ["arn:build"]})

    def log(self, *lines):
        self.logs.add_response("get_log_events", {"events": [{"message": line} for line in lines]}, {"logGroupName": "g", "logStreamName": "t", "limit": 15, "startFromHead": False})


class Calls(Case):
    def test_an_image_that_is_there_answers_at_once(self):
        self.image(True)
        self.call("Update", PhysicalResourceId="L")
        self.assertEqual(self.answer, {
            "Status": "SUCCESS", "Reason": "ok", "StackId": "s", "RequestId": "q", "LogicalResourceId": "L", "PhysicalResourceId": "L", "type": "",
            "Data": {"ImageUri": f"{REPOSITORY['RepositoryUri']}@{DIGEST}", "Digest": DIGEST, "Tag": TAG, "How": "found"},
        })

    def test_a_new_image_starts_a_build_and_keeps_quiet(self):
        self.image(False)
        self.starts({
            "projectName": "project", "idempotencyToken": "q", "sourceTypeOverride": "S3", "sourceLocationOverride": "bucket/key.zip", "environmentVariablesOverride": ANY,
        })
        self.call("Create")
        self.assertEqual(self.stack.answers, [])

    def test_a_commit_is_fetched_by_the_connection(self):
        self.image(False, tag=index.tag_of({**PROPS, "Content": "repo@c"}))
        self.starts({
            "projectName": "project", "idempotencyToken": "q", "sourceTypeOverride": "GITHUB", "sourceLocationOverride": "https://github.com/a/b",
            "sourceVersion": "c", "sourceAuthOverride": {"type": "CODECONNECTIONS", "resource": "arn:c"}, "environmentVariablesOverride": ANY,
        })
        source = {"Type": "GITHUB", "Location": "https://github.com/a/b", "Version": "c", "Connection": "arn:c"}
        self.call("Create", {**PROPS, "Content": "repo@c", "Source": source})

    def test_a_copy_has_no_source(self):
        self.image(False)
        self.starts({"projectName": "project", "idempotencyToken": "q", "environmentVariablesOverride": ANY})
        self.call("Create", {**PROPS, "Source": {"Type": "NO_SOURCE"}})

    def test_denied_access_is_tried_again(self):
        self.ecr.add_client_error("describe_images", "AccessDeniedException")
        self.image(False)
        self.codebuild.add_client_error("start_build", "AccessDeniedException")
        self.codebuild.add_client_error("start_build", "AccountLimitExceededException")
        self.starts()
        self.call("Create")
        self.assertEqual((self.stack.answers, self.slept), ([], [5, 5, 10]))

    def test_access_that_stays_denied_is_reported(self):
        self.image(False)
        for _ in range(5):
            self.codebuild.add_client_error("start_build", "AccessDeniedException", "not authorized")
        self.call("Create")
        self.assertEqual(self.answer["Status"], "FAILED")
        self.assertRegex(self.answer["Reason"], "could not be started: .*not authorized")

    def test_other_errors_are_reported_at_once(self):
        self.image(False)
        self.codebuild.add_client_error("start_build", "ResourceNotFoundException", "Project cannot be found")
        self.call("Create")
        self.assertIn("Project cannot be found", self.answer["Reason"])
        self.assertEqual(self.slept, [])

    def test_a_repository_that_is_gone_is_reported(self):
        self.ecr.add_client_error("describe_images", "RepositoryNotFoundException", "no repository")
        self.call("Create")
        self.assertIn("no repository", self.answer["Reason"])

    def test_an_oci_image_is_refused(self):
        self.image(True, media=OCI)
        self.call("Create")
        self.assertEqual(self.answer["Status"], "FAILED")
        self.assertIn(f"is {OCI}; SageMaker runs {index.DOCKER_V2} only", self.answer["Reason"])

    def test_deleting_keeps_the_image(self):
        self.call("Delete", PhysicalResourceId="L")
        self.assertEqual(self.answer["Status"], "SUCCESS")

    def test_deleting_works_with_properties_of_any_age(self):
        self.call("Delete", {}, PhysicalResourceId="L")
        self.assertEqual(self.answer["Status"], "SUCCESS")

    def test_the_answer_is_tried_again(self):
        self.stack.statuses = [503, 503, 200]
        self.call("Delete")
        self.assertEqual((len(self.stack.answers), self.slept), (3, [1, 4]))

    def test_an_answer_that_is_never_taken_lets_lambda_repeat_the_call(self):
        self.stack.statuses = [503]
        self.image(True)
        with self.assertRaises(OSError):
            self.call("Create")
        self.assertEqual({a["Status"] for a in self.stack.answers}, {"SUCCESS"})


class Tags(unittest.TestCase):
    def test_a_tag_that_other_stacks_name_is_the_one_that_is_built(self):
        named = {**PROPS, "Tag": "c-" + "0" * 40}
        self.assertEqual(index.tag_of(named), named["Tag"])
        event = {"ResourceProperties": PROPS, "OldResourceProperties": named}
        self.assertEqual(index.cache_of(event), named["Tag"])

    def test_a_tag_is_that_of_content_and_build(self):
        self.assertRegex(TAG, "^c-[0-9a-f]{40}$")
        moved = {**PROPS, "Source": {"Type": "S3", "Location": "elsewhere"}, "ProjectName": "other", "RepositoryName": "other", "Cache": "false"}
        self.assertEqual(index.tag_of(moved), TAG)
        for change in ({"Content": "other"}, {"Build": {**BUILD, "Platform": "linux/arm64"}}, {"Build": {**BUILD, "Args": {}}}, {"Build": {**BUILD, "Target": "t"}}):
            self.assertNotEqual(index.tag_of({**PROPS, **change}), TAG)

    def test_the_order_of_arguments_is_nothing(self):
        self.assertEqual(index.tag_of({**PROPS, "Build": {**BUILD, "Args": dict(reversed(BUILD["Args"].items()))}}), TAG)

    def test_the_image_before_is_the_cache(self):
        event = {"ResourceProperties": PROPS, "OldResourceProperties": {**PROPS, "Content": "old"}}
        self.assertEqual(index.cache_of(event), index.tag_of({**PROPS, "Content": "old"}))
        self.assertIsNone(index.cache_of({"ResourceProperties": PROPS}))
        self.assertIsNone(index.cache_of({**event, "ResourceProperties": {**PROPS, "RepositoryName": "other"}}))
        self.assertIsNone(index.cache_of({**event, "ResourceProperties": {**PROPS, "Cache": "false"}}))


class Builds(Case):
    def test_a_build_that_succeeded_hands_over_the_digest(self):
        self.build("SUCCEEDED")
        self.image(True)
        self.ended()
        self.assertEqual((self.answer["Data"]["How"], self.answer["Data"]["Digest"], self.answer["RequestId"]), ("built", DIGEST, "q"))
        self.assertFalse({"url", "image"} & self.answer.keys())

    def test_a_build_that_pushed_nothing_failed(self):
        self.build("SUCCEEDED")
        self.image(False)
        self.ended()
        self.assertIn(f"pushed no image with tag {TAG}", self.answer["Reason"])

    def test_a_build_that_pushed_an_oci_image_failed(self):
        self.build("SUCCEEDED")
        self.image(True, media=OCI)
        self.ended()
        self.assertIn(OCI, self.answer["Reason"])

    def test_every_failure_is_explained(self):
        for status, phase in (("FAILED", "BUILD"), ("TIMED_OUT", "QUEUED"), ("FAULT", "PROVISIONING"), ("STOPPED", "BUILD"), ("FAILED", "DOWNLOAD_SOURCE")):
            with self.subTest(status=status, phase=phase):
                self.stack.answers.clear()
                self.build(status, [{"phaseType": "SUBMITTED", "phaseStatus": "SUCCEEDED"}, {"phaseType": phase, "phaseStatus": "FAILED", "contexts": [{"message": "exit status 1"}]}])
                self.image(False)
                self.log("pip: no matching distribution\n")
                self.ended()
                self.assertEqual(self.answer["Status"], "FAILED")
                self.assertEqual(self.answer["Reason"], f"Image build {status} in phase {phase}: exit status 1 | build project:1 | log https://log | last lines:\npip: no matching distribution\n")

    def test_a_build_that_lost_a_race_is_no_failure(self):
        self.build("FAILED")
        self.image(True)
        self.ended()
        self.assertEqual((self.answer["Status"], self.answer["Data"]["How"]), ("SUCCESS", "found"))

    def test_an_unreadable_log_and_a_long_message_fit(self):
        self.build("FAILED", [{"phaseType": "BUILD", "phaseStatus": "FAILED", "contexts": [{"message": "m" * 5000}]}])
        self.image(False)
        self.logs.add_client_error("get_log_events", "AccessDeniedException")
        self.ended()
        self.assertLessEqual(len(self.answer["Reason"]), 1500)
        self.assertIn("log not readable", self.answer["Reason"])

    def test_colours_and_boxes_of_a_log_fit(self):
        self.build("FAILED")
        self.image(False)
        self.log("\x1b[31m" + "│ ✗ \x07" * 1000 + "END")
        self.ended()
        self.assertTrue(self.answer["Reason"].endswith("END"))
        self.assertNotIn("\x1b", self.answer["Reason"])
        self.assertLess(self.stack.sizes[0], 4096)

    def test_a_build_started_by_hand_is_ignored(self):
        self.build("SUCCEEDED", ours=False)
        self.ended()
        self.assertEqual(self.stack.answers, [])


if __name__ == "__main__":
    unittest.main()
