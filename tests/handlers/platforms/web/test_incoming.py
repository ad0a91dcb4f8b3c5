from __future__ import annotations

from collections.abc import Iterator

from bot.chat import Upload
from tests.handlers.platforms.web.visit import Conversation, visited

LIMIT = 1_000_000


def test_words_come_without_the_marks_of_the_form() -> None:
    conversation = Conversation()
    with visited(conversation) as visit:
        visit.post("/say", {"text": "  first\r\nsecond \r\n"})
    (request,) = conversation.requests
    assert (request.business, request.who, request.text) == ("asas-bageri", "Åsa", "first\nsecond")


def test_files_come_with_their_names_and_every_byte() -> None:
    conversation = Conversation()
    files = [("files", ("fakturor ålänning.csv", b"\x00\xff;1")), ("files", ("b.xml", b"<a/>"))]
    with visited(conversation) as visit:
        visit.post("/say", files=files)
    (request,) = conversation.requests
    assert request.files == (Upload("fakturor ålänning.csv", b"\x00\xff;1"), Upload("b.xml", b"<a/>"))


def test_a_filled_form_brings_its_values_its_token_and_its_file() -> None:
    conversation = Conversation()
    with visited(conversation) as visit:
        visit.post(
            "/press",
            {"press": "t-9", "v.day": "2026-11-20", "v.csrf": "a field may bear any name"},
            files={"v.pdf": ("7.pdf", b"%PDF")},
        )
    (request,) = conversation.requests
    assert request.press == "t-9"
    assert request.values == {"day": "2026-11-20", "csrf": "a field may bear any name"}
    assert request.files == (Upload("7.pdf", b"%PDF"),)


def test_too_big_a_file_gets_a_clear_sentence_and_reaches_nobody() -> None:
    conversation = Conversation()
    with visited(conversation, upload_limit=LIMIT) as visit:
        answer = visit.post("/say", files={"files": ("big.csv", b"x" * 5 * LIMIT)})
    assert answer.status_code == 413
    assert "That is too big: I take up to 1 MB at a time. Nothing was read." in answer.text
    assert not conversation.requests


def test_a_post_that_hides_its_size_is_stopped_as_it_grows() -> None:
    conversation = Conversation()
    with visited(conversation, upload_limit=LIMIT) as visit:
        answer = visit.client.post(
            "/say",
            content=endless(),
            headers={
                "Origin": str(visit.client.base_url).rstrip("/"),
                "Content-Type": "multipart/form-data; boundary=b",
                "X-Csrf": visit.csrf,
            },
        )
    assert answer.status_code == 413
    assert not conversation.requests


def endless() -> Iterator[bytes]:
    yield b'--b\r\nContent-Disposition: form-data; name="files"; filename="big"\r\n\r\n'
    for _ in range(30):
        yield b"x" * 100_000


def test_a_broken_form_is_refused_politely() -> None:
    conversation = Conversation()
    with visited(conversation) as visit:
        headers = {
            "Origin": str(visit.client.base_url).rstrip("/"),
            "Content-Type": "multipart/form-data; boundary=b",
        }
        answer = visit.client.post("/say", content=b"nonsense", headers=headers)
    assert answer.status_code in (400, 403)
    assert "Nothing was done." in answer.text
