# SPDX-License-Identifier: GPL-3.0-or-later
"""OpenAPI 3.1's own rules over a document: what its fixed fields may hold, and what must agree with what."""

from __future__ import annotations

import re
from typing import Any, Iterator

import jsonschema

METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}
PLACES = {"path", "query", "header", "cookie"}
# The fixed fields of each object that our document uses; those that must stand are marked.
FIELDS = {
    "document": "openapi! info! jsonSchemaDialect servers paths webhooks components security tags externalDocs",
    "info": "title! summary description termsOfService contact license version!",
    "server": "url! description variables",
    "path": "$ref summary description servers parameters " + " ".join(METHODS),
    "operation": "tags summary description externalDocs operationId parameters requestBody responses callbacks deprecated "
                 "security servers",
    "parameter": "name! in! description required deprecated allowEmptyValue style explode allowReserved schema example "
                 "examples content",
    "body": "description content! required",
    "response": "description! headers content links",
    "header": "description required deprecated style explode schema example examples content",
    "media": "schema example examples encoding",
    "components": "schemas responses parameters examples requestBodies headers securitySchemes links callbacks pathItems",
    "security": "type! description name in scheme bearerFormat flows openIdConnectUrl",
}


def fields(kind: str, value: Any, place: str) -> Iterator[str]:
    """Strangers among the fields, and those that are missing."""
    if not isinstance(value, dict):
        yield f"{place} is no object"
        return
    known = FIELDS[kind].split()
    names = {one.rstrip("!") for one in known}
    for key in value:
        if key not in names and not key.startswith("x-"):
            yield f"{place} has the unknown field {key}"
    for one in known:
        if one.endswith("!") and one[:-1] not in value:
            yield f"{place} lacks {one[:-1]}"


def references(value: Any) -> Iterator[str]:
    """Every $ref below."""
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for one in value.values():
            yield from references(one)
    if isinstance(value, list):
        for one in value:
            yield from references(one)


def leads(document: Any, reference: str) -> bool:
    """Does it lead to something in the document? (RFC 6901)"""
    if not reference.startswith("#/"):
        return False
    here = document
    for step in reference[2:].split("/"):
        step = step.replace("~1", "/").replace("~0", "~")
        if not isinstance(here, dict) or step not in here:
            return False
        here = here[step]
    return True


def schema_faults(schema: Any, place: str) -> Iterator[str]:
    """A schema is one of JSON Schema 2020-12."""
    try:
        jsonschema.Draft202012Validator.check_schema(schema)
    except jsonschema.SchemaError as fault:
        yield f"{place} is no schema: {fault.message}"


def media_faults(content: Any, place: str) -> Iterator[str]:
    """What a body may be, by media type."""
    for name, media in content.items():
        if not re.fullmatch(r"[\w.+*-]+/[\w.+*-]+", name):
            yield f"{place} has the media type {name}"
        yield from fields("media", media, f"{place} {name}")
        yield from schema_faults(media.get("schema", {}), f"{place} {name}")


def parameter_faults(operation: Any, path: str, place: str) -> Iterator[str]:
    """Each once, each well formed, and those of the path all there."""
    said = operation.get("parameters", [])
    for one in said:
        where = f"{place} parameter {one.get('name')}"
        yield from fields("parameter", one, where)
        if one.get("in") not in PLACES:
            yield f"{where} stands in {one.get('in')}"
        if one.get("in") == "path" and one.get("required") is not True:
            yield f"{where} is of the path and not required"
        if ("schema" in one) == ("content" in one):
            yield f"{where} needs either schema or content"
        yield from schema_faults(one.get("schema", {}), where)
    keys = [(one.get("name"), one.get("in")) for one in said]
    if len(keys) != len(set(keys)):
        yield f"{place} names a parameter twice"
    named = sorted(name for name, where in keys if where == "path")
    if named != sorted(re.findall(r"{(\w+)}", path)):
        yield f"{place} does not name the parameters of its path"


def operation_faults(document: Any, operation: Any, path: str, place: str) -> Iterator[str]:
    """One method of one path."""
    yield from fields("operation", operation, place)
    yield from parameter_faults(operation, path, place)
    if "requestBody" in operation:
        yield from fields("body", operation["requestBody"], place + " body")
        yield from media_faults(operation["requestBody"].get("content", {}), place + " body")
    if not operation.get("responses"):
        yield f"{place} has no responses"
    for status, response in operation.get("responses", {}).items():
        where = f"{place} {status}"
        if not re.fullmatch(r"[1-5](\d\d|XX)|default", status):
            yield f"{where} is no status"
        if "$ref" in response:
            continue
        yield from fields("response", response, where)
        for name, header in response.get("headers", {}).items():
            yield from fields("header", header, f"{where} {name}")
        yield from media_faults(response.get("content", {}), where)
    schemes = document.get("components", {}).get("securitySchemes", {})
    for need in operation.get("security", []):
        for scheme in need:
            if scheme not in schemes:
                yield f"{place} needs the unknown scheme {scheme}"


def path_faults(document: Any) -> Iterator[str]:
    """All operations; their names are their own, and no two paths are one."""
    names: list[str] = []
    shapes: list[str] = []
    for path, item in document.get("paths", {}).items():
        shapes.append(re.sub(r"{\w+}", "{}", path))
        if not path.startswith("/"):
            yield f"{path} does not begin with /"
        yield from fields("path", item, path)
        for method, operation in item.items():
            if method not in METHODS:
                continue
            names.append(operation.get("operationId", ""))
            yield from operation_faults(document, operation, path, f"{method.upper()} {path}")
    for event, item in document.get("webhooks", {}).items():
        yield from fields("path", item, f"webhook {event}")
        for method, operation in item.items():
            if method in METHODS:
                yield from operation_faults(document, operation, "", f"{method.upper()} webhook {event}")
    for what, all_of in (("operationId", [one for one in names if one]), ("path", shapes)):
        for one in sorted({one for one in all_of if all_of.count(one) > 1}):
            yield f"the {what} {one} stands twice"


def faults(document: Any) -> list[str]:
    """What OpenAPI 3.1 has against the document."""
    out = list(fields("document", document, "the document"))
    if not re.fullmatch(r"3\.1\.\d+", str(document.get("openapi", ""))):
        out.append(f"it is of version {document.get('openapi')}")
    if not {"paths", "components", "webhooks"} & document.keys():
        out.append("it has neither paths nor components nor webhooks")
    out += fields("info", document.get("info", {}), "info")
    for server in document.get("servers", []):
        out += fields("server", server, "a server")
    out += path_faults(document)
    components = document.get("components", {})
    out += fields("components", components, "components")
    for group, all_of in components.items():
        out += [f"{group} has the name {name}" for name in all_of if not re.fullmatch(r"[\w.-]+", name)]
    for name, schema in components.get("schemas", {}).items():
        out += schema_faults(schema, f"schema {name}")
    for name, scheme in components.get("securitySchemes", {}).items():
        out += fields("security", scheme, f"scheme {name}")
        if scheme.get("type") not in {"apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"}:
            out.append(f"scheme {name} is of type {scheme.get('type')}")
    out += [f"{one} leads nowhere" for one in sorted(set(references(document))) if not leads(document, one)]
    return out
