"""The settings reference: `python -m tests.reference` makes docs/settings.md of the code and .env.example."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from bot.settings import kind, names
from handlers.platforms import options

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / ".env.example"
PAGE = ROOT / "docs/settings.md"
SECTIONS = {
    "PURR_DATA": ("The books and the page", "What lies where: [Running Purr](running.md#what-lies-where)."),
    "PURR_SMTP_HOST": ("The mail server", "How letters leave: [Using Purr](using-purr.md#a-mail-server)."),
    "PURR_IMAP_HOST": ("The mailbox", "How answers come in: [Using Purr](using-purr.md#the-mailbox)."),
    "PURR_WATCH": ("Files", "What Purr reads: [Using Purr](using-purr.md#files)."),
    "PURR_LOG": ("The log and the clock", "What they tell: [Running Purr](running.md#logs)."),
    "PURR_PUBLIC_URL": ("From outside", "What is reached there: [Security](security.md)."),
    "PURR_MODEL_URL": ("A language model", "What it sees: [Using Purr](using-purr.md#a-language-model)."),
    "PURR_SLACK_BOT_TOKEN": ("Slack", "Step by step: [Slack](slack.md)."),
    "PURR_TELEGRAM_TOKEN": ("Telegram", "Step by step: [Telegram](telegram.md)."),
}
"""The setting each part of the page begins with: what the part is called, and where more stands."""
HEAD = """# Settings

Every setting: what it is for, what it is where you set nothing, and what it must be. `make docs` makes this
page of the code and of [`.env.example`](../.env.example); what is changed here by hand does not last.

Set them in a file `.env` in the folder Purr is started in, or in the environment, which goes before the file.
One that is left empty keeps Purr's own choice. One that cannot be used stops the start with one sentence, and
so does a name in `.env` that is misspelt:

```
PURR_PORT must be a number from 0 to 65535; 0 takes any that is free.
```

What is kept hidden (🔒) is in no log and in no error. Much else is set in the chat: see
[Using Purr](using-purr.md#settings).
"""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: what it is for, what it is without being set, what it must be, whether it is hidden."""

    name: str
    purpose: str
    default: str
    must: str
    hidden: bool


def settings() -> Iterator[Setting]:
    """Every setting in the order of the code; what it is for, and its default, as .env.example says it."""
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()[2:]
    said = {
        line.partition("=")[0]: (about.removeprefix("# "), line.partition("=")[2])
        for about, line in zip(lines[::2], lines[1::2], strict=True)
    }
    fields = kind(options()).model_fields.values()
    for (name, must), field in zip(names(options()).items(), fields, strict=True):
        purpose, default = said[name]
        yield Setting(name, purpose, default, must, isinstance(field.default, SecretStr) or not field.repr)


def page() -> str:
    """The whole reference, part by part."""
    return HEAD + "".join(line for setting in settings() for line in _lines(setting, SECTIONS))


def _lines(setting: Setting, sections: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    title, more = sections.get(setting.name, ("", ""))
    if title:
        yield f"\n## {title}\n\n{more}\n\n| setting | what for | by itself | must be |\n|---|---|---|---|\n"
    purpose = setting.purpose.removeprefix("Slack: ").removeprefix("Telegram: ")
    default = f"`{setting.default}`" if setting.default else "empty"
    sign = " 🔒" if setting.hidden else ""
    yield f"| `{setting.name}`{sign} | {purpose[0].upper()}{purpose[1:]} | {default} | {setting.must} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
