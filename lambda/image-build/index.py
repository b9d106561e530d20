"""Builds container images while a stack deploys. Two callers: CloudFormation (custom resource) and EventBridge ("CodeBuild Build State Change").

A build that was started is answered for when it has ended, however it ended. docs/decisions/0009 says why it is made so.
"""
import base64
import hashlib
import json
import re
import time
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

CONFIG = Config(retries={"mode": "standard", "max_attempts": 8})
REASON_LIMIT = 1500  # CloudFormation takes 4,096 bytes of answer at the most
LOG_LINES = 15
DOCKER_V2 = "application/vnd.docker.distribution.manifest.v2+json"
PASSING = ("AccessDeniedException", "AccountLimitExceededException")
PAUSES = (5, 10, 20, 40)  # seconds; the policy of a new role can take that long to be seen
ANSWERS = (1, 4, 16)  # seconds between attempts to answer CloudFormation

codebuild = boto3.client("codebuild", config=CONFIG)
ecr = boto3.client("ecr", config=CONFIG)
logs = boto3.client("logs", config=CONFIG)


def handler(event, _context):
    if "RequestType" in event:
        return from_cloudformation(event)
    return from_codebuild(event["detail"]["build-id"])


def from_cloudformation(event):
    call = {
        "url": event["ResponseURL"],
        "StackId": event["StackId"],
        "RequestId": event["RequestId"],
        "LogicalResourceId": event["LogicalResourceId"],
        # constant, so that no update counts as a replacement
        "PhysicalResourceId": event.get("PhysicalResourceId", event["LogicalResourceId"]),
    }
    if event["RequestType"] == "Delete":  # images outlive the resource: endpoints may run them
        return respond(call, "SUCCESS")
    props = event["ResourceProperties"]
    image = {key: props[key] for key in ("RepositoryName", "RepositoryUri")} | {"Tag": tag_of(props)}
    try:
        digest = patiently(lambda: find_image(image))
        if digest is None:
            return start(props, image, call, cache_of(event))
    except Exception as error:  # CloudFormation must always get an answer
        return respond(call, "FAILED", f"The image build could not be started: {error}")
    return respond(call, "SUCCESS", data=result(image, digest, "found"))  # same content, or a roll-back: nothing to build


def tag_of(props):
    """The same content has the same tag, wherever its source lies. Other stacks need it at synth; what is not known there has none yet."""
    if "Tag" in props:
        return props["Tag"]
    content = json.dumps([props["Content"], props["Build"]], sort_keys=True)
    return "c-" + hashlib.sha256(content.encode()).hexdigest()[:40]


def cache_of(event):
    """The image that this one replaces holds the layers that both share."""
    old = event.get("OldResourceProperties", {})
    same = old.get("RepositoryName") == event["ResourceProperties"]["RepositoryName"] and "Content" in old and "Build" in old
    return tag_of(old) if same and event["ResourceProperties"].get("Cache") == "true" else None


def start(props, image, call, cached):
    source = props["Source"]
    options = {
        "projectName": props["ProjectName"],
        "idempotencyToken": call["RequestId"],  # Lambda repeats asynchronous calls
        "environmentVariablesOverride": [
            {"name": name, "value": value}
            for name, value in (
                ("REGISTRIES", " ".join(props["Registries"])),
                ("COPIED_IMAGE", props["Build"].get("From", "")),
                ("DOCKER_ARGUMENTS", encoded(arguments(props, image, cached))),
                ("CLOUDFORMATION_CALL", json.dumps({**call, "image": image})),
            )
        ],
    }
    if source["Type"] != "NO_SOURCE":
        options |= {"sourceTypeOverride": source["Type"], "sourceLocationOverride": source["Location"]}
    if "Version" in source:
        options["sourceVersion"] = source["Version"]
    if "Connection" in source:
        options["sourceAuthOverride"] = {"type": "CODECONNECTIONS", "resource": source["Connection"]}
    build = patiently(lambda: codebuild.start_build(**options))
    print(json.dumps({"started": build["build"]["id"], "tag": image["Tag"], "cache": cached}))


def arguments(props, image, cached):
    """Of `docker`. SageMaker runs no OCI images, and an attestation makes an index of an image."""
    build, uri = props["Build"], image["RepositoryUri"]
    inline = props.get("Cache") == "true"
    return [
        "buildx", "build", "--platform", build["Platform"], "--file", build["Dockerfile"],
        *(part for name, value in sorted(build.get("Args", {}).items()) for part in ("--build-arg", f"{name}={value}")),
        *(("--target", build["Target"]) if "Target" in build else ()),
        *(("--cache-from", f"type=registry,ref={uri}:{cached}") if cached else ()),
        *(("--cache-to", "type=inline") if inline else ()),
        "--provenance=false", "--sbom=false", "--output", "type=image,oci-mediatypes=false,push=true",
        "--tag", f"{uri}:{image['Tag']}", build.get("Context", "."),
    ]


def encoded(words):
    """For `mapfile -d ''`: nothing of it is ever read as shell."""
    return base64.b64encode("".join(f"{word}\0" for word in words).encode()).decode()


def patiently(attempt):
    for pause in (*PAUSES, None):
        try:
            return attempt()
        except ClientError as error:
            if error.response["Error"]["Code"] not in PASSING or pause is None:
                raise
            time.sleep(pause)


def from_codebuild(build_id):
    build = codebuild.batch_get_builds(ids=[build_id])["builds"][0]
    variables = {v["name"]: v["value"] for v in build["environment"]["environmentVariables"]}
    if "CLOUDFORMATION_CALL" not in variables:  # somebody started the project by hand
        return None
    call = json.loads(variables["CLOUDFORMATION_CALL"])
    image = call.pop("image")
    succeeded = build["buildStatus"] == "SUCCEEDED"
    try:
        digest = find_image(image)
    except ValueError as error:
        return respond(call, "FAILED", str(error))
    if digest is not None:  # a build that failed since another one pushed the same image first is no failure
        return respond(call, "SUCCESS", data=result(image, digest, "built" if succeeded else "found"))
    if succeeded:
        return respond(call, "FAILED", f"Build {build['id']} succeeded but pushed no image with tag {image['Tag']}.")
    return respond(call, "FAILED", explain(build))


def explain(build):
    failed = [p for p in build.get("phases", []) if p.get("phaseStatus") not in (None, "SUCCEEDED")]
    phase = failed[0]["phaseType"] if failed else "UNKNOWN"
    why = "; ".join(c["message"] for p in failed for c in p.get("contexts", []) if c.get("message"))
    text = f"Image build {build['buildStatus']} in phase {phase}: {why or 'no message'}"
    where = build.get("logs", {})
    return f"{text[:600]} | build {build['id']} | log {where.get('deepLink', 'none')} | last lines:\n{tail(where)}"


def tail(where):
    try:
        events = logs.get_log_events(logGroupName=where["groupName"], logStreamName=where["streamName"], limit=LOG_LINES, startFromHead=False)["events"]
        return "".join(event["message"] for event in events)[-(REASON_LIMIT // 2):]
    except Exception as error:  # the log is a courtesy
        return f"(log not readable: {error})"


def find_image(image):
    repository, tag = image["RepositoryName"], image["Tag"]
    try:
        found = ecr.describe_images(repositoryName=repository, imageIds=[{"imageTag": tag}])["imageDetails"]
    except ecr.exceptions.ImageNotFoundException:
        return None
    if not found:
        return None
    media = found[0].get("imageManifestMediaType", DOCKER_V2)
    if media != DOCKER_V2:
        raise ValueError(f"{repository}:{tag} is {media}; SageMaker runs {DOCKER_V2} only.")
    return found[0]["imageDigest"]


def result(image, digest, how):
    return {"ImageUri": f"{image['RepositoryUri']}@{digest}", "Digest": digest, "Tag": image["Tag"], "How": how}


def respond(call, status, reason="", data=None):
    answer = {"Status": status, "Reason": plain(reason) or "ok", "Data": data or {}, **{key: value for key, value in call.items() if key != "url"}}
    print(json.dumps({"respond": status, "reason": reason}))
    request = urllib.request.Request(call["url"], data=json.dumps(answer).encode(), method="PUT", headers={"Content-Type": ""})
    for pause in (*ANSWERS, None):
        try:
            with urllib.request.urlopen(request, timeout=10) as reply:
                return {"status": status, "http": reply.status}
        except OSError:
            if pause is None:  # Lambda repeats the call
                raise
            time.sleep(pause)


def plain(text):
    """Colours and box characters of logs would take six bytes each of what CloudFormation reads."""
    text = re.sub(r"\x1b\[[0-9;]*[A-Za-z]|[\x00-\x09\x0b-\x1f]", "", text)
    return text.encode("ascii", "replace").decode()[:REASON_LIMIT]
