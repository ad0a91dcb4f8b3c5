from __future__ import annotations

import re

import pytest

from tests.handlers.platforms.web.visit import Conversation, posted, visited

LINES = [posted(str(number), f"line number {number}", at=number) for number in range(60)]


@pytest.mark.parametrize("language", ["nb", "sv", "da", "fi", "en"])
def test_the_page_speaks_the_language_of_its_owner(language: str) -> None:
    with visited(Conversation(spoken=language)) as visit:
        page = visit.client.get("/", headers={"Accept-Language": "de"}).text
    assert f'<html lang="{language}">' in page
    assert "<title>Åsas Bageri · Purr</title>" in page


def test_before_the_first_meeting_the_page_speaks_as_the_browser_does() -> None:
    with visited(Conversation(spoken="")) as visit:
        page = visit.client.get("/", headers={"Accept-Language": "fi-FI,en"}).text
    assert '<html lang="fi">' in page
    assert "Kirjoita Purrille" in page


def test_the_conversation_is_a_log_that_is_read_out_as_it_grows() -> None:
    with visited(Conversation([posted("1", "Hello")])) as visit:
        page = visit.client.get("/").text
    assert 'role="log" aria-live="polite" aria-label="The conversation with Purr"' in page


def test_nothing_on_the_page_comes_from_elsewhere_or_stands_inline() -> None:
    with visited(Conversation(LINES)) as visit:
        page = visit.client.get("/").text
        assets = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page))
        assert all(visit.client.get(asset).status_code == 200 for asset in assets)
    assert assets == {"/static/chat.css", "/static/chat.js", "/static/purr.svg"}
    assert not re.search(r'(src|href)="(https?:)?//', page)
    assert not re.search(r'<style|\sstyle="|\son\w+="|<script>', page)


def test_older_lines_are_a_step_away_until_there_are_none() -> None:
    with visited(Conversation(LINES)) as visit:
        page = visit.client.get("/").text
        older = visit.client.get("/lines?before=10").text
    assert "line number 10<" in page
    assert "line number 9<" not in page
    assert 'href="/?before=10" id="earlier"' in page
    assert "line number 9<" in older
    assert "earlier" not in older


def test_an_empty_conversation_says_how_to_begin() -> None:
    with visited(Conversation()) as visit:
        assert "Say hello, or drop an invoice here." in visit.client.get("/").text
