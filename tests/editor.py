"""What a YAML-aware editor makes of a file: data typed by YAML 1.2's core schema, judged by the JSON Schema."""

import functools
import re
from itertools import islice
from typing import Any

import jsonschema
import yaml

from octdeck import json_schema


class _Core(yaml.SafeLoader):
    """The core schema of YAML 1.2, which editors use: `no` is text, `007` is 7, a date is text."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012  PyYAML's


for _kind, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)", None),
):
    _resolver = re.compile(rf"(?:{_pattern})\Z")
    _Core.add_implicit_resolver(f"tag:yaml.org,2002:{_kind}", _resolver, _first or list("-+.0123456789"))


def _whole(loader: _Core, node: yaml.ScalarNode) -> int:
    text = node.value
    return int(text, 0) if text[:2] in {"0o", "0x"} else int(text)


def _number(loader: _Core, node: yaml.ScalarNode) -> float:
    return float(node.value.replace(".inf", "inf").replace(".nan", "nan"))


def _mapping(loader: _Core, node: yaml.MappingNode) -> dict[str, Any]:
    """With keys as they are written, as JSON has no others."""
    return {key.value: loader.construct_object(value, deep=True) for key, value in node.value}


_Core.add_constructor("tag:yaml.org,2002:int", _whole)
_Core.add_constructor("tag:yaml.org,2002:float", _number)
_Core.add_constructor("tag:yaml.org,2002:map", _mapping)


def typed(text: str) -> Any:
    """YAML as an editor reads it."""
    return yaml.load(text, Loader=_Core)


@functools.cache
def _validator(name: str) -> jsonschema.Draft202012Validator:
    schema = json_schema.ALL[name]()
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return jsonschema.Draft202012Validator(schema, format_checker=checker)


def complaints(name: str, data: Any) -> list[str]:
    """What the schema of deck files or of bank.yaml has against the data: the first that is found."""
    return [f"{error.json_path}: {error.message}" for error in islice(_validator(name).iter_errors(data), 1)]
