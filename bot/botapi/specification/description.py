"""The published description of the Bot API: `api.json`, read once."""

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

Fields = Mapping[str, Mapping[str, Any]]  # the parameters of a method or members of a type, by name

API: dict[str, Any] = json.loads(files("bot.botapi.specification").joinpath("api.json").read_text(encoding="utf-8"))
VERSION: str = API["version"]  # such as "Bot API 10.3"
METHODS: dict[str, Mapping[str, Any]] = API["methods"]
TYPES: dict[str, Mapping[str, Any]] = API["types"]
