"""Reads the parameters of a Bot API call: from an HTTP request, in each of the four ways Telegram takes them, or from
the answer of a webhook.
"""

import json
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, ClientResponse, MultipartReader, web

from bot.botapi.specification.errors import SpecError, broken
from bot.botapi.specification.limits import MAX_UPLOAD
from bot.botapi.specification.values import Upload

LARGEST_BODY = MAX_UPLOAD + (1 << 20)  # bytes: the biggest file and its parameters


async def parameters(request: web.BaseRequest) -> tuple[dict[str, Any], dict[str, Upload]]:
    """The parameters in the query string and the body, and the files by form field; raises SpecError if unreadable."""
    given: dict[str, Any] = dict(request.query) if request.query_string else {}
    if request.method != "POST" or not request.body_exists:
        return given, {}
    try:
        match request.content_type:
            case "multipart/form-data":
                return await multipart(request, given)
            case "application/json":
                body = json.loads(await request.read() or b"{}")
                if not isinstance(body, dict):
                    raise broken("can't parse the JSON object in the request")
                return given | body, {}
            case _:
                text = (await request.read()).decode()
                return given | dict(parse_qsl(text, keep_blank_values=True)), {}
    except web.HTTPRequestEntityTooLarge:
        raise SpecError("Request Entity Too Large", code=413) from None
    except ValueError:
        raise broken("can't parse the request body") from None


async def answered(response: ClientResponse) -> tuple[dict[str, Any], dict[str, Upload]]:
    """The parameters and files of the call in a webhook's answer, with its name as `method`; nothing if it has none.

    Raises SpecError if it cannot be read. https://core.telegram.org/bots/api#making-requests-when-getting-updates
    """
    given: dict[str, Any] = {}
    uploads: dict[str, Upload] = {}
    try:
        match response.content_type:
            case "application/json":
                body = json.loads(await response.read() or b"{}")
                given = body if isinstance(body, dict) else {}
            case "application/x-www-form-urlencoded":
                given = dict(parse_qsl(await response.text(), keep_blank_values=True))
            case "multipart/form-data":
                reader = MultipartReader.from_response(response)
                while (part := await reader.next()) is not None:
                    if isinstance(part, BodyPartReader) and part.name:
                        content = bytes(await part.read(decode=True))
                        if part.filename is None:
                            given[part.name] = content.decode()
                        else:
                            mime = part.headers.get("Content-Type", "application/octet-stream")
                            given[part.name] = uploads[part.name] = Upload(part.filename, mime, content)
            case _:
                await response.read()
    except ValueError:
        raise broken("can't parse the webhook's answer") from None
    return (given, uploads) if given.get("method") else ({}, {})


async def multipart(request: web.BaseRequest, given: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Upload]]:
    """The fields and files of a multipart form; a file in a parameter's field is its value."""
    uploads: dict[str, Upload] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            given[name] = uploads[name] = Upload(value.filename, value.content_type, value.file.read())
            value.file.close()
        else:
            given[name] = value
    return given, uploads
