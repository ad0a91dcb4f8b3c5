"""Typed settings from the environment and the file `.env`; a bad one stops the start by its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, create_model
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.platforms import Option

PREFIX = "PURR_"


class SettingError(Exception):
    """A setting that cannot be used: its name, and what to do about it; together they are a sentence."""

    def __init__(self, name: str, advice: str) -> None:
        super().__init__(f"{name} {advice}")
        self.name = name
        self.advice = advice


def _full_path(path: Path) -> Path:
    return path.expanduser().absolute()


def _folder(path: Path) -> Path:
    if not path.is_dir():
        raise ValueError
    return path


def _lower(text: object) -> object:
    return text.lower() if isinstance(text, str) else text


def _database(address: str) -> str:
    """The address as SQLAlchemy wants it; hosts write `postgres://` and mean psycopg."""
    scheme, _, rest = address.partition("://")
    if scheme in {"postgres", "postgresql", "postgresql+psycopg"}:
        return f"postgresql+psycopg://{rest}"
    if address and scheme != "sqlite":
        raise ValueError
    return address


LOOPBACK = r"(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?"
"""This machine: the one place that may be spoken to without encryption."""


def _one_word(secret: SecretStr) -> SecretStr:
    """A key that can stand in a header."""
    key = secret.get_secret_value()
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise ValueError
    return secret


Port = Annotated[int, Field(ge=0, le=65535)]
FullPath = Annotated[Path, AfterValidator(_full_path)]


class Settings(BaseSettings):
    """All that can be set from outside; each description says what the value must be."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        dotenv_filtering="match_prefix",
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
    )

    data: FullPath = Field(Path("purr-data"), validate_default=True, description="a folder Purr may write in")
    database_url: Annotated[str, AfterValidator(_database)] = Field(
        "",
        validation_alias="DATABASE_URL",
        description="an address that begins with sqlite:/// or postgresql://",
        repr=False,
    )
    host: str = Field("127.0.0.1", description="an address of this machine")
    port: Port = Field(8484, description="a number from 0 to 65535; 0 takes any that is free")
    token: SecretStr = Field(
        SecretStr(""), description="a word only you know, or nothing for a new one each start"
    )
    language: Annotated[str, BeforeValidator(_lower), Field(pattern="^([a-z]{2})?$")] = Field(
        "", description="a language code of two letters, such as nb, sv, da, fi or en"
    )
    smtp_host: str = Field(
        "", description="the name of your mail server, or nothing if you send the letters yourself"
    )
    smtp_port: Port = Field(587, description="a number from 1 to 65535")
    smtp_user: str = Field("", description="the name you log in to your mail server with")
    smtp_password: SecretStr = Field(SecretStr(""), description="the password of your mail server")
    smtp_security: Annotated[Literal["starttls", "tls", "none"], BeforeValidator(_lower)] = Field(
        "starttls", description="starttls, tls or none"
    )
    smtp_from: str = Field("", description="an e-mail address", pattern=r"^([^@\s]+@[^@\s]+)?$")
    smtp_timeout: float = Field(30, gt=0, le=600, description="a number of seconds, at most 600")
    imap_host: str = Field(
        "", description="the name of the mailbox your customers answer to, or nothing if you paste answers"
    )
    imap_port: Port = Field(993, description="a number from 1 to 65535")
    imap_user: str = Field("", description="the name you log in to your mailbox with")
    imap_password: SecretStr = Field(SecretStr(""), description="the password of your mailbox")
    imap_security: Annotated[Literal["tls", "starttls", "none"], BeforeValidator(_lower)] = Field(
        "tls", description="tls, starttls or none"
    )
    imap_timeout: float = Field(30, gt=0, le=600, description="a number of seconds, at most 600")
    microsoft_client_id: str = Field(
        "",
        description="the application (client) ID that Microsoft gave you",
        pattern=r"^([0-9A-Fa-f-]{36})?$",
    )
    microsoft_tenant: str = Field(
        "common", description="common, organizations, or your own directory (tenant)", pattern=r"^[\w.-]+$"
    )
    reply_tag: bool = Field(False, description="true if mail to you+anything@ reaches you, else false")
    watch: Annotated[FullPath, AfterValidator(_folder)] | None = Field(
        None, description="a folder that exists"
    )
    max_upload_mb: int = Field(25, ge=1, le=1024, description="a whole number of megabytes, 1 to 1024")
    log: Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(_lower)] = Field(
        "info", description="debug, info, warning or error"
    )
    log_format: Annotated[Literal["text", "json"], BeforeValidator(_lower)] = Field(
        "text", description="text or json"
    )
    tick_seconds: float = Field(60, ge=1, le=3600, description="a number of seconds, 1 to 3600")
    metrics_token: Annotated[SecretStr, AfterValidator(_one_word)] = Field(
        SecretStr(""),
        description="a word without blanks that lets a program see health and metrics, or nothing",
    )
    public_url: str = Field(
        "",
        pattern=r"^(https?://[^\s/]+)?/?$",
        description="the address Purr is reached at from outside, such as https://purr.example.com",
    )
    sign_up: bool = Field(False, description="true or false")
    model_url: str = Field(
        "",
        pattern=rf"^(?:https://[^\s/?#@\\]+(?:/[^\s?#@\\]*)?|http://{LOOPBACK}(?:/[^\s?#@\\]*)?)?$",
        description="an address that begins with https://, or http:// on this machine, such as "
        "http://127.0.0.1:11434/v1",
    )
    model_name: str = Field("", description="the name of a model that is to be had there")
    model_key: Annotated[SecretStr, AfterValidator(_one_word)] = Field(
        SecretStr(""), description="the key that goes with it, without blanks, or nothing"
    )
    model_timeout: float = Field(60, gt=0, le=600, description="a number of seconds, at most 600")

    def of(self, platform: str) -> Mapping[str, str]:
        """The options of a platform by their short names."""
        prefix = f"{platform}_"
        named = {name: getattr(self, name) for name in type(self).model_fields if name.startswith(prefix)}
        return {
            name.removeprefix(prefix): value.get_secret_value() if isinstance(value, SecretStr) else value
            for name, value in named.items()
        }

    @property
    def database(self) -> str:
        """Where the books are kept, as an SQLAlchemy address."""
        return self.database_url or f"sqlite:///{self.data / 'purr.db'}"


Options = Mapping[str, Sequence[Option]]
"""The options of each platform."""
NONE: Options = {}


def load(env_file: Path | None = Path(".env"), options: Options = NONE) -> Settings:
    """The settings, the environment before the file; raises `SettingError` for the first that is wrong."""
    try:
        return kind(options)(_env_file=env_file)
    except UnicodeDecodeError:
        raise SettingError(str(env_file), "must be saved as UTF-8 text.") from None
    except PermissionError:
        advice = "may not be read. Give it, or the folder it lies in, to the user Purr runs as."
        raise SettingError(str(env_file and env_file.absolute()), advice) from None
    except ValidationError as problem:
        raise _explained(str(problem.errors()[0]["loc"][0]), names(options)) from None


def kind(options: Options) -> type[Settings]:
    """The settings with a field for each option of a platform."""
    fields: dict[str, Any] = {
        f"{platform}_{option.name}": _field(option) for platform, each in options.items() for option in each
    }
    return create_model("AllSettings", __base__=Settings, **fields)


def _field(option: Option) -> tuple[Any, Any]:
    hidden = (SecretStr, Field(SecretStr(option.default), description=option.description))
    return hidden if option.secret else (str, Field(option.default, description=option.description))


def names(options: Options = NONE) -> dict[str, str]:
    """Each setting as it is written in the environment, and what its value must be."""
    return {_name(key): field.description or "" for key, field in kind(options).model_fields.items()}


def _name(key: str) -> str:
    field = Settings.model_fields.get(key)
    return str(field.validation_alias) if field and field.validation_alias else f"{PREFIX}{key.upper()}"


def _explained(key: str, known: Mapping[str, str]) -> SettingError:
    name = key if key in known else _name(key)
    if name in known:
        return SettingError(name, f"must be {known[name]}.")
    near = get_close_matches(name, known, n=1)
    return SettingError(
        name, f"is no setting of Purr; did you mean {near[0]}?" if near else "is no setting of Purr."
    )
