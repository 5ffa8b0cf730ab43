"""What the two providers publish about the requests they take; see ../shared/specs/README.md."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import requests
from openapi_core import OpenAPI
from openapi_core.contrib.requests import RequestsOpenAPIRequest

FOLDER = Path(__file__).parents[3] / "shared" / "specs"
ABSENT = "the providers' specifications are not in ../shared/specs, so requests go unchecked"
FORM = "application/x-www-form-urlencoded"


def present() -> bool:
    return FOLDER.is_dir()


@cache
def _document(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text())
    return document


@cache
def _openapi(name: str) -> Any:
    return OpenAPI.from_dict(_document(name))


def faults(name: str, request: requests.Request, path: str) -> list[str]:
    """What is wrong with a request to the specification's own server; `path` as it is templated."""
    if not present():
        return []
    prepared = request.prepare()
    wrong = [repr(error) for error in _openapi(name).iter_request_errors(_wrapped(prepared))]
    return wrong + _unknown(_document(name), request, path)


def _wrapped(prepared: requests.PreparedRequest) -> Any:
    return RequestsOpenAPIRequest(prepared)


def _unknown(document: dict[str, Any], request: requests.Request, path: str) -> list[str]:
    """Parameters that the provider does not know: the library lets those of forms pass."""
    operation = document["paths"][path][str(request.method).lower()]
    asked = {each["name"] for each in operation.get("parameters", ()) if each["in"] == "query"}
    wrong = [f"unknown parameter {name}" for name in request.params if name not in asked]
    form = operation.get("requestBody", {}).get("content", {}).get(FORM)
    if form is not None and isinstance(request.data, dict):
        known = form["schema"]["properties"]
        wrong += [f"unknown field {name}" for name in request.data if name not in known]
    return wrong
