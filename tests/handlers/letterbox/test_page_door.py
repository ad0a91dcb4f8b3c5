"""Where pages stand: only where somebody can come in and nobody can read along."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from handlers.app import App
from handlers.letterbox.page_door import PageDoor
from storage.engine import Database
from tests.handlers.letterbox.customer import REACHED, sent, visits, with_page
from tests.handlers.talk import Talk

CHAT = "a-token-of-many-letters"


def door(app: App, address: str) -> PageDoor:
    return PageDoor(app.database, app.settings.model_copy(update={"public_url": address}))


@pytest.mark.parametrize("address", ["", "http://purr.example"])
def test_without_a_safe_address_there_is_neither_link_nor_page(address: str, reached: Talk) -> None:
    closed = door(reached.house.app, address)
    assert closed.link is None and closed.routes(visits(reached)) == ()


def test_the_links_of_two_houses_open_nothing_in_the_other(reached: Talk, tmp_path: Path) -> None:
    other = Database(f"sqlite:///{tmp_path / 'other.db'}", tmp_path / "other.key")
    theirs = PageDoor(other, reached.house.app.settings).link
    ours = reached.house.app.inbox.link
    assert theirs and ours and theirs("bageri", "letter") != ours("bageri", "letter")
    other.close()


def test_under_its_public_name_only_the_pages_are_answered(reached: Talk) -> None:
    letter = sent(reached, "norrsken")
    link = reached.house.app.inbox.link
    assert link
    site = reached.house.app.site(CHAT)
    outside = TestClient(site, base_url=REACHED)
    assert outside.get(link(reached.house.business.id, letter.id)).status_code == 200
    assert outside.get(f"/?token={CHAT}").status_code == 400
    inside = TestClient(site, base_url="http://127.0.0.1")
    assert inside.get(f"/?token={CHAT}", follow_redirects=False).status_code == 303


def test_what_is_said_there_is_shown_in_the_open_chat_at_once(reached: Talk) -> None:
    letter, app = sent(reached, "norrsken"), reached.house.app
    mark = app.feed.mark()
    link = app.inbox.link
    assert link
    client = TestClient(app.site(CHAT), base_url=REACHED)
    client.post(link(reached.house.business.id, letter.id), data={"say": "paid"})
    assert app.feed.mark() != mark


def test_turned_off_again_nothing_is_shown(reached: Talk) -> None:
    letter = sent(reached, "norrsken")
    link = reached.house.app.inbox.link
    assert link
    address = link(reached.house.business.id, letter.id)
    outside = TestClient(reached.house.app.site(CHAT), base_url=REACHED)
    assert outside.get(address).status_code == 200
    with_page(reached, wanted=False)
    assert outside.get(address).status_code == 404
