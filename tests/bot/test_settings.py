from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.platforms import Option
from bot.settings import SettingError, load, names


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in set(names()) & set(os.environ):
        monkeypatch.delenv(name)


def test_without_any_setting_purr_keeps_its_books_in_a_folder_here_and_talks_to_this_machine_only(
    tmp_path: Path,
) -> None:
    settings = load()
    assert settings.data == tmp_path / "purr-data"
    assert settings.database == f"sqlite:///{tmp_path}/purr-data/purr.db"
    assert (settings.host, settings.port) == ("127.0.0.1", 8484)


def test_the_environment_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("PURR_PORT=1\nPURR_LOG=DEBUG\n", encoding="utf-8")
    monkeypatch.setenv("PURR_PORT", "2")
    settings = load()
    assert (settings.port, settings.log) == (2, "debug")


def test_an_empty_setting_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PURR_PORT", "")
    monkeypatch.setenv("PURR_WATCH", "")
    assert (load().port, load().watch) == (8484, None)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PURR_PORT", "many", "PURR_PORT must be a number from 0 to 65535; 0 takes any that is free."),
        ("PURR_PORT", "65536", "PURR_PORT must be a number from 0 to 65535; 0 takes any that is free."),
        ("PURR_SMTP_SECURITY", "ssl", "PURR_SMTP_SECURITY must be starttls, tls or none."),
        ("PURR_SMTP_FROM", "Åsas Bageri", "PURR_SMTP_FROM must be an e-mail address."),
        ("PURR_WATCH", "nowhere", "PURR_WATCH must be a folder that exists."),
        (
            "PURR_LANGUAGE",
            "norsk",
            "PURR_LANGUAGE must be a language code of two letters, such as nb, sv, da, fi or en.",
        ),
        (
            "DATABASE_URL",
            "mysql://books:secret@db/purr",
            "DATABASE_URL must be an address that begins with sqlite:/// or postgresql://.",
        ),
    ],
)
def test_a_bad_setting_stops_the_start_by_its_name(
    name: str, value: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingError) as stopped:
        load()
    assert stopped.value.name == name
    assert str(stopped.value) == sentence


def test_a_misspelt_setting_in_the_file_is_pointed_out(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PURR_SMPT_HOST=mail.example\n", encoding="utf-8")
    with pytest.raises(SettingError) as stopped:
        load()
    assert str(stopped.value) == "PURR_SMPT_HOST is no setting of Purr; did you mean PURR_SMTP_HOST?"


def test_what_others_keep_in_the_file_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("COMPOSE_PROJECT_NAME=bageri\nPURR_PORT=9000\n", encoding="utf-8")
    assert load().port == 9000


def test_a_file_in_an_old_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("# Åsas Bageri\n".encode("latin-1"))
    with pytest.raises(SettingError, match="must be saved as UTF-8 text"):
        load()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_a_postgresql_address_is_spoken_to_through_psycopg(
    scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"{scheme}://books@db/purr")
    assert load().database == "postgresql+psycopg://books@db/purr"


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PURR_SMTP_PASSWORD", "kanelbulle")
    monkeypatch.setenv("PURR_TOKEN", "kanelbulle")
    monkeypatch.setenv("DATABASE_URL", "postgresql://books:kanelbulle@db/purr")
    settings = load()
    assert "kanelbulle" not in repr(settings)
    assert settings.smtp_password.get_secret_value() == "kanelbulle"


def test_a_home_folder_may_be_written_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PURR_DATA", "~/books")
    assert load().data == tmp_path / "books"


POCKET = {
    "pocket": (
        Option("bot_token", "the token of your bot", secret=True),
        Option("api", "an address", default="https://pocket.example"),
    ),
    "purse": (Option("token", "a word"),),
}
"""Platforms and their options."""


def test_a_platform_finds_its_options_by_their_short_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PURR_POCKET_BOT_TOKEN", "kanelbulle")
    settings = load(options=POCKET)
    assert settings.of("pocket") == {"bot_token": "kanelbulle", "api": "https://pocket.example"}
    assert settings.of("purse") == {"token": ""}
    assert settings.of("nothing") == {}


def test_a_secret_option_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PURR_POCKET_BOT_TOKEN=kanelbulle\n", encoding="utf-8")
    settings = load(options=POCKET)
    assert settings.of("pocket")["bot_token"] == "kanelbulle"
    assert "kanelbulle" not in repr(settings)


def test_each_option_is_a_setting_among_the_others() -> None:
    known = names(POCKET)
    assert known["PURR_POCKET_API"] == "an address"
    assert known["PURR_PURSE_TOKEN"] == "a word"
    assert set(names()) == {name for name in known if not name.startswith(("PURR_POCKET", "PURR_PURSE"))}


def test_a_misspelt_option_is_pointed_out(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PURR_POCKET_BOTTOKEN=x\n", encoding="utf-8")
    with pytest.raises(SettingError) as stopped:
        load(options=POCKET)
    assert (
        str(stopped.value)
        == "PURR_POCKET_BOTTOKEN is no setting of Purr; did you mean PURR_POCKET_BOT_TOKEN?"
    )


def test_the_options_of_one_reading_are_not_those_of_the_next(tmp_path: Path) -> None:
    load(options=POCKET)
    (tmp_path / ".env").write_text("PURR_POCKET_API=x\n", encoding="utf-8")
    with pytest.raises(SettingError, match="PURR_POCKET_API is no setting of Purr"):
        load()


@pytest.mark.parametrize(
    "address", ["purr.example.com", "https://purr.example.com/chat", "ftp://purr.example"]
)
def test_the_address_from_outside_is_a_whole_one_without_a_path(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PURR_PUBLIC_URL", address)
    with pytest.raises(SettingError, match="PURR_PUBLIC_URL must be the address Purr is reached at"):
        load()
