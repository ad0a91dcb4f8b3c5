from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Refusal
from storage.vault import Vault


@given(st.text())
def test_what_was_sealed_is_opened_again(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    vault = Vault(tmp_path_factory.mktemp("vault") / "purr.key")
    assert vault.open(vault.seal(text)) == text


def test_the_key_is_for_the_owner_alone_to_read(tmp_path: Path) -> None:
    Vault(tmp_path / "purr.key").seal("hemlig")
    assert (tmp_path / "purr.key").stat().st_mode & 0o777 == 0o600


def test_another_key_opens_nothing_and_says_so(tmp_path: Path) -> None:
    sealed = Vault(tmp_path / "one.key").seal("hemlig")
    with pytest.raises(Refusal) as refusal:
        Vault(tmp_path / "two.key").open(sealed)
    assert refusal.value.key == "secret_lost"


def test_two_that_start_at_once_use_one_key(tmp_path: Path) -> None:
    first, second = Vault(tmp_path / "purr.key"), Vault(tmp_path / "purr.key")
    assert second.open(first.seal("hemlig")) == "hemlig"


def test_a_signature_is_of_one_text_for_one_purpose_by_one_key(tmp_path: Path) -> None:
    vault, other = Vault(tmp_path / "one.key"), Vault(tmp_path / "two.key")
    signed = vault.sign("page", "text")
    assert signed == Vault(tmp_path / "one.key").sign("page", "text")
    assert (
        len({signed, vault.sign("page", "text "), vault.sign("form", "text"), other.sign("page", "text")})
        == 4
    )


def test_a_mark_tells_keys_apart_gives_nothing_away_and_makes_none(tmp_path: Path) -> None:
    first, second = Vault(tmp_path / "one.key"), Vault(tmp_path / "two.key")
    assert first.mark() == "" and not (tmp_path / "one.key").exists()
    for vault in (first, second):
        vault.seal("hemlig")
    assert first.mark() == Vault(tmp_path / "one.key").mark() != second.mark()
    assert (tmp_path / "one.key").read_text() not in first.mark()
