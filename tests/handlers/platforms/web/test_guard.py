from __future__ import annotations

import pytest

from handlers.platforms.web.guard import Guard
from tests.handlers.platforms.web.visit import TOKEN, Conversation, outside, visited

STRICT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}


@pytest.mark.parametrize("path", ["/", "/lines", "/events", "/?token=wrong", "/?token=", "/?token=%C3%A5"])
def test_without_the_token_nothing_is_shown(path: str) -> None:
    with outside(Conversation()) as client:
        answer = client.get(path)
    assert answer.status_code == 403
    assert "Åsas Bageri" not in answer.text
    assert "Open it with the address Purr showed" in answer.text


@pytest.mark.parametrize("path", ["/say", "/press"])
def test_without_the_token_nothing_is_done(path: str) -> None:
    conversation = Conversation()
    with outside(conversation) as client:
        own = str(client.base_url).rstrip("/")
        answer = client.post(path, data={"text": "pay all", "press": "t-1"}, headers={"Origin": own})
    assert answer.status_code == 403
    assert not conversation.requests


def test_the_token_is_swapped_for_a_cookie_and_leaves_the_address() -> None:
    with outside(Conversation()) as client:
        answer = client.get("/", params={"token": TOKEN})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert TOKEN not in cookie


def test_a_new_token_shuts_out_the_sessions_of_the_old_one() -> None:
    with visited(Conversation()) as visit:
        (name,) = visit.client.cookies
        visit.client.cookies.set(name, Guard("another-token").new_session(), domain="127.0.0.1")
        assert visit.client.get("/").status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {},
    ],
)
def test_a_post_from_elsewhere_is_refused(headers: dict[str, str]) -> None:
    conversation = Conversation()
    with visited(conversation) as visit:
        answer = visit.client.post("/say", data={"csrf": visit.csrf, "text": "hello"}, headers=headers)
    assert answer.status_code == 403
    assert not conversation.requests


@pytest.mark.parametrize("csrf", ["", "wrong", "å"])
def test_a_post_without_the_secret_of_its_page_is_refused(csrf: str) -> None:
    conversation = Conversation()
    with visited(conversation) as visit:
        answer = visit.post("/say", {"csrf": csrf, "text": "hello"})
    assert answer.status_code == 403
    assert not conversation.requests


def test_the_secret_of_another_session_is_no_secret() -> None:
    guard = Guard(TOKEN)
    assert guard.knows("one", guard.csrf("one"))
    assert not guard.knows("two", guard.csrf("one"))


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:8000", ""])
def test_a_name_that_is_not_ours_is_refused_even_with_the_token(host: str) -> None:
    with outside(Conversation()) as client:
        answer = client.get("/", params={"token": TOKEN}, headers={"Host": host})
    assert answer.status_code == 400
    assert "set-cookie" not in answer.headers


def test_every_answer_keeps_the_page_to_itself() -> None:
    with visited(Conversation()) as visit:
        answers = [visit.client.get(path) for path in ("/", "/nowhere", "/static/chat.js", "/?token=wrong")]
    for answer in answers:
        policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
        assert policy == STRICT
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "same-origin"


def test_an_empty_token_opens_nothing() -> None:
    assert not Guard("").opens("")
