"""The settings: environment variables, or a `.env` file in the working directory."""

import re
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AliasChoices, BeforeValidator, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import Unusable
from conversations.languages import LANGUAGES

TELEGRAM = "https://api.telegram.org"

_TOKEN = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{20,}")
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


def _address(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"[^:\s]*:\d{1,5}|\[[0-9a-fA-F:]+\]:\d{1,5}", value):
        raise ValueError("should be host:port, for instance 127.0.0.1:8443")
    return value


Address = Annotated[str, BeforeValidator(_address)]
"""`host:port`."""


class Settings(BaseSettings):
    """All that can be set from outside. `read_settings` makes them."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", populate_by_name=True
    )

    token: SecretStr | None = Field(None, validation_alias="BOT_TOKEN")
    database_url: str | None = Field(None, validation_alias="DATABASE_URL")
    data_dir: Path = Field(Path("data"), validation_alias="MELDIND_DATA_DIR")
    api_url: str = Field(TELEGRAM, validation_alias="TELEGRAM_API_URL")
    mode: Literal["polling", "webhook"] = Field("polling", validation_alias="MELDIND_MODE")
    webhook_url: str | None = Field(None, validation_alias="WEBHOOK_URL")
    webhook_listen: Address = Field("127.0.0.1:8443", validation_alias="WEBHOOK_LISTEN")
    webhook_secret: SecretStr | None = Field(None, validation_alias="WEBHOOK_SECRET")
    http: Address | None = Field(None, validation_alias="MELDIND_HTTP")
    timezone_name: str = Field("Europe/Copenhagen", validation_alias="MELDIND_TIMEZONE")
    language: str = Field("en", validation_alias="MELDIND_LANGUAGE")
    flood_limit: Annotated[int, Field(ge=0)] = Field(120, validation_alias="MELDIND_FLOOD_LIMIT")
    log: Literal["text", "json"] = Field("text", validation_alias="MELDIND_LOG")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", validation_alias=AliasChoices("MELDIND_LOG_LEVEL")
    )

    @field_validator("token")
    @classmethod
    def _is_a_token(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and not _TOKEN.fullmatch(token.get_secret_value()):
            raise ValueError("is not a bot token; copy the whole of it from @BotFather")
        return token

    @field_validator("timezone_name")
    @classmethod
    def _is_a_timezone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (LookupError, ValueError, OSError) as error:
            raise ValueError("is no time zone; write one as Europe/Copenhagen") from error
        return name

    @field_validator("language")
    @classmethod
    def _is_spoken(cls, language: str) -> str:
        if language not in LANGUAGES:
            raise ValueError(f"should be one of {', '.join(LANGUAGES)}")
        return language

    @field_validator("api_url", "webhook_url")
    @classmethod
    def _is_a_root(cls, url: str | None) -> str | None:
        if url is not None and not re.match(r"https?://[^/\s]+", url):
            raise ValueError("should begin with https://")
        return url and url.rstrip("/")

    @model_validator(mode="after")
    def _webhook_is_whole(self) -> "Settings":
        if self.mode != "webhook":
            return self
        if self.webhook_url is None:
            raise ValueError("WEBHOOK_URL is missing: with MELDIND_MODE=webhook, Telegram has to know where to call")
        if self.webhook_secret is None:
            raise ValueError("WEBHOOK_SECRET is missing: it proves that a call comes from Telegram")
        if not _WEBHOOK_SECRET.fullmatch(self.webhook_secret.get_secret_value()):
            raise ValueError("WEBHOOK_SECRET takes 1 to 256 letters, digits, _ and -")
        return self

    @property
    def webhook(self) -> tuple[str, str]:
        """Where Telegram is to call, and the secret that it shows."""
        if self.webhook_url is None or self.webhook_secret is None:
            raise Unusable("WEBHOOK_URL and WEBHOOK_SECRET are needed with MELDIND_MODE=webhook.")
        return self.webhook_url, self.webhook_secret.get_secret_value()

    @property
    def timezone(self) -> ZoneInfo:
        """The time zone for those who have set none."""
        return ZoneInfo(self.timezone_name)

    @property
    def database(self) -> str:
        """The database's URL; without one, an SQLite file under the data directory."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'meldind.db'}"


def read_settings() -> Settings:
    """The settings of this process. Raises Unusable with one line that names the variable and what is wrong."""
    try:
        return Settings()  # type: ignore[call-arg]  # filled from the environment
    except ValidationError as error:
        # Only names and reasons: a rejected value may be the secret itself.
        first = error.errors(include_input=False, include_url=False)[0]
        reason = first["msg"].removeprefix("Value error, ")
        name = str(first["loc"][0]) if first["loc"] else ""
        raise Unusable(f"{name}: {reason}." if name else f"{reason}.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise Unusable(f"The file .env cannot be read: {error}.") from None
