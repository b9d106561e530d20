"""The paths of a multi-model endpoint. Each is asked often enough to meet every worker."""

import json

from client import JSON, Client
from report import Report

MODELS = "/models"
NAME = "contract-model"
ONE = f"{MODELS}/{NAME}"
TIMES = 8


def check(report: Report, client: Client, folder: str) -> None:
    report.group("multi-model")
    load = json.dumps({"model_name": NAME, "url": folder}).encode()

    def repeated(method: str, path: str, body=None) -> set:
        return {client.request(method, path, body, JSON).status for _ in range(TIMES)}

    answer = client.request("POST", MODELS, json.dumps({"model_name": NAME, "url": f"{folder}-missing"}).encode(), JSON)
    report.should("a model that cannot be loaded is refused", answer.status >= 400, answer)
    answer = client.request("POST", MODELS, load, JSON)
    report.must("POST /models loads", answer.status == 200, answer)
    found = repeated("POST", MODELS, load)
    report.must("loading it again is 409 in every worker", found == {409}, found)
    answer = client.request("GET", MODELS)
    names = [model.get("modelName") for model in (answer.json() or {}).get("models", [])]
    report.must("GET /models lists it", answer.status == 200 and NAME in names, answer)
    found = repeated("GET", ONE)
    report.must("GET /models/<name> is 200 in every worker", found == {200}, found)
    found = {client.request("POST", f"{ONE}/invoke", client.json_body, JSON).status for _ in range(TIMES)}
    report.must("POST /models/<name>/invoke is 200 in every worker", found == {200}, found)
    answer = client.request("POST", f"{MODELS}/unknown/invoke", client.json_body, JSON)
    report.must("of an unknown model 404", answer.status == 404, answer)
    answer = client.request("DELETE", ONE)
    report.must("DELETE /models/<name> is 200", answer.status == 200, answer)
    found = repeated("GET", ONE)
    report.must("it is then 404 in every worker", found == {404}, found)
    answer = client.request("DELETE", ONE)
    report.must("DELETE of an unknown model is 404", answer.status == 404, answer)
