from __future__ import annotations

import json
import threading
from collections.abc import Iterator

from bot.chat import Card
from tests.handlers.platforms.web.visit import Conversation, Visit, listening, posted


def events(visit: Visit, address: str, **headers: str) -> Iterator[dict[str, str]]:
    """The events of the stream as a browser would hand them out."""
    with visit.client.stream("GET", address, headers=headers, timeout=10) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        event: dict[str, str] = {}
        for text in answer.iter_lines():
            if text:
                key, _, value = text.partition(": ")
                event[key] = value
            elif "data" in event:
                yield event
                event = {}
            else:
                event = {}


def test_a_line_posted_by_the_clock_reaches_the_open_page() -> None:
    conversation = Conversation()
    card = Card("Tre kunder\r\nbehöver dig.", title="God morgon")
    with listening(conversation) as visit:
        start = conversation.feed.mark()
        threading.Timer(0.1, conversation.feed.publish, [posted("9", card)]).start()
        event = next(events(visit, f"/events?after={start}"))
    html = json.loads(event["data"])
    assert event["event"] == "line"
    assert event["id"] == conversation.feed.mark()
    assert 'id="line-9"' in html
    assert "<p>Tre kunder\nbehöver dig.</p>" in html


def test_a_page_that_comes_back_hears_what_it_missed() -> None:
    conversation = Conversation()
    with listening(conversation) as visit:
        start = conversation.feed.mark()
        conversation.feed.publish(posted("1", "one"), posted("2", "two"))
        stream = events(visit, f"/events?after={start}", **{"Last-Event-ID": start[:-1] + "1"})
        assert 'id="line-2"' in json.loads(next(stream)["data"])


def test_what_is_said_on_one_page_shows_on_the_other() -> None:
    conversation = Conversation()
    with listening(conversation) as visit:
        start = conversation.feed.mark()
        visit.post("/say", {"text": "hello"})
        stream = events(visit, f"/events?after={start}")
        assert "hello" in json.loads(next(stream)["data"])


def test_a_page_of_an_earlier_run_is_told_to_look_anew() -> None:
    with listening(Conversation()) as visit:
        assert next(events(visit, "/events?after=long-ago"))["event"] == "stale"
