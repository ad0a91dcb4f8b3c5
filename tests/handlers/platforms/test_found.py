from __future__ import annotations

import pytest

from bot.settings import kind, names
from handlers.platforms import found, options


def test_slack_and_telegram_are_found_by_their_folders_and_the_page_is_none_of_them() -> None:
    assert sorted(found()) == ["slack", "telegram"]


@pytest.mark.parametrize("name", found())
def test_a_platform_can_be_opened_and_names_its_options_once(name: str) -> None:
    assert callable(found()[name].open)
    given = [option.name for option in options()[name]]
    assert given
    assert len(set(given)) == len(given)


@pytest.mark.parametrize("name", found())
def test_what_a_token_or_secret_is_called_is_kept_secret(name: str) -> None:
    for option in options()[name]:
        assert option.secret == any(word in option.name for word in ("token", "secret")), option.name


@pytest.mark.parametrize("name", found())
def test_without_its_token_a_platform_is_not_opened(name: str) -> None:
    settings = kind(options())(_env_file=None)
    assert found()[name].open(settings.of(name), None, "") is None


def test_every_option_is_a_setting() -> None:
    wanted = {f"PURR_{name}_{option.name}".upper() for name, many in options().items() for option in many}
    assert wanted <= set(names(options()))
