from __future__ import annotations

import logging
import re

import pytest

from bot.chat import Card, Posted, Request
from tests.handlers.platforms.web.visit import Conversation, button, outside, posted, visited


def test_what_is_said_comes_back_with_its_answer() -> None:
    with visited(Conversation()) as visit:
        answer = visit.post("/say", {"text": "hello"})
    assert answer.status_code == 200
    assert "<p>hello</p>" in answer.text
    assert "<p>You said: hello</p>" in answer.text
    assert 'data-title="Åsas Bageri" data-language="en"' in answer.text


def test_without_a_script_a_post_leads_back_to_the_page() -> None:
    with visited(Conversation()) as visit:
        answer = visit.post("/say", {"text": "hello"}, part=False)
        page = visit.client.get(answer.headers["location"])
    assert answer.status_code == 303
    assert "You said: hello" in page.text


def test_a_press_sends_its_token_and_brings_the_changed_card() -> None:
    def use(request: Request) -> tuple[Posted, ...]:
        return (posted("7", "Shall I?", outcome=f"Done: {request.press}"),)

    conversation = Conversation([posted("7", Card("Shall I?", buttons=(button(token="t-7"),)))], answer=use)
    with visited(conversation) as visit:
        assert 'value="t-7"' in visit.client.get("/").text
        answer = visit.post("/press", {"press": "t-7"})
    assert 'id="line-7"' in answer.text
    assert "Done: t-7" in answer.text
    assert "<button" not in answer.text


def test_nothing_said_asks_nothing() -> None:
    conversation = Conversation()
    with visited(conversation) as visit:
        assert visit.post("/say", {"text": "  "}).status_code == 200
    assert not conversation.requests


def test_a_bug_is_one_honest_line_with_a_number_that_the_log_knows(caplog: pytest.LogCaptureFixture) -> None:
    def fail(request: Request) -> tuple[Posted, ...]:
        raise ZeroDivisionError(request.text)

    with caplog.at_level(logging.ERROR), visited(Conversation(answer=fail)) as visit:
        answer = visit.post("/say", {"text": "a secret of the owner"})
    number = re.search(r"The number is (\w+)\.", answer.text)
    assert answer.status_code == 500
    assert number is not None
    assert number[1] in caplog.records[0].getMessage()
    assert "ZeroDivisionError" not in answer.text
    assert "secret" not in caplog.records[0].getMessage()


def test_a_bug_without_a_script_is_a_page_with_a_way_back() -> None:
    def fail(request: Request) -> tuple[Posted, ...]:
        raise ZeroDivisionError

    with visited(Conversation(answer=fail)) as visit:
        answer = visit.post("/say", {"text": "hello"}, part=False)
    assert answer.status_code == 500
    assert '<a href="/"' in answer.text


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/nowhere"), ("GET", "/static/../site.py"), ("PUT", "/say")]
)
def test_an_address_that_leads_nowhere_says_so(method: str, path: str) -> None:
    with visited(Conversation()) as visit:
        answer = visit.client.request(method, path)
    assert answer.status_code in (404, 405)
    assert "The address leads nowhere." in answer.text


def test_a_file_that_a_card_gives_away_is_saved_and_never_opened_on_the_page() -> None:
    with visited(Conversation()) as visit:
        answer = visit.client.get("/files/known")
    assert (answer.status_code, answer.content) == (200, b"PK")
    assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''%C3%85sas%20pack.zip"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_is_for_the_session_alone() -> None:
    with outside(Conversation()) as client:
        assert client.get("/files/known").status_code == 403


def test_a_file_that_is_not_there_is_said_to_be_missing() -> None:
    with visited(Conversation()) as visit:
        assert visit.client.get("/files/other").status_code == 404
