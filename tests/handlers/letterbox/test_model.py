"""The way to a language model: whatever it does, there is an answer or a reason, in time, from it alone."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.model import Question, Said
from bot.settings import SettingError, Settings, load
from handlers.letterbox.model import Endpoint
from tests.modelserver import Mood, model_server

QUESTION = Question(
    purpose="rephrase",
    rules="Say it differently.",
    data='["Hello [[DAY-A]]."]',
    customer="norrsken",
    who="Åsa",
)
PATIENCE = 0.4


def endpoint(url: str, key: str = "sk-secret", timeout: float = 5) -> Endpoint:
    return Endpoint(url=url, name="small-model", key=key, timeout=timeout)


def test_a_question_goes_out_as_rules_and_data_apart_and_nothing_else() -> None:
    with model_server(lambda data: f"I read {data}") as server:
        said = endpoint(server.url).ask(QUESTION)
    assert said == Said('I read ["Hello [[DAY-A]]."]')
    assert server.asked == [
        {
            "model": "small-model",
            "messages": [
                {"role": "system", "content": QUESTION.rules},
                {"role": "user", "content": QUESTION.data},
            ],
        }
    ]
    (method, path, headers) = server.seen[0]
    assert (method, path) == ("POST", "/v1/chat/completions")
    assert headers["Authorization"] == "Bearer sk-secret"


def test_without_a_key_none_is_sent() -> None:
    with model_server() as server:
        endpoint(server.url, key="").ask(QUESTION)
    assert "Authorization" not in server.seen[0][2]


@pytest.mark.parametrize(
    ("mood", "trouble"),
    [
        ("garbage", "garbled"), ("empty", "garbled"), ("deep", "garbled"), ("packed", "garbled"),
        ("other_shape", "garbled"), ("huge", "garbled"), ("endless", "garbled"), ("cut", "unreachable"),
        ("not_http", "unreachable"), ("redirect", "garbled"),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_told_as_none(mood: Mood, trouble: str) -> None:
    with model_server(mood=mood) as server:
        assert endpoint(server.url).ask(QUESTION) == Said(trouble=trouble)


@pytest.mark.parametrize("mood", ["hang", "drip", "drip_head"])
def test_an_answer_that_does_not_come_in_time_is_not_waited_for(mood: Mood) -> None:
    with model_server(mood=mood) as server:
        assert endpoint(server.url, timeout=PATIENCE).ask(QUESTION) == Said(trouble="slow")


@pytest.mark.parametrize(
    ("status", "trouble"),
    [(400, "garbled"), (401, "refused"), (404, "absent"), (429, "busy"), (500, "garbled"), (503, "busy")],
)
def test_a_server_that_says_no_is_asked_once(status: int, trouble: str) -> None:
    with model_server(mood="status", status=status) as server:
        assert endpoint(server.url).ask(QUESTION).trouble == trouble
    assert len(server.asked) == 1


def test_nobody_else_is_asked_where_an_endpoint_points_to_another() -> None:
    with model_server() as other, model_server(mood="redirect") as server:
        server.elsewhere = f"{other.url}/chat/completions"
        assert endpoint(server.url).ask(QUESTION).trouble == "garbled"
    assert not other.seen


def test_an_endpoint_that_is_not_there_is_out_of_reach() -> None:
    with model_server() as server:
        url = server.url
    assert endpoint(url).ask(QUESTION).trouble == "unreachable"


def test_neither_key_nor_text_gets_into_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), model_server() as server:
        endpoint(server.url).ask(QUESTION)
    assert "sk-secret" not in caplog.text and "Hello" not in caplog.text
    assert "sk-secret" not in repr(endpoint(server.url))


@pytest.mark.parametrize(
    ("mood", "status", "trouble"),
    [("say", 200, ""), ("status", 404, ""), ("status", 401, "refused"), ("redirect", 307, "garbled")],
)
def test_a_check_sends_no_text(mood: Mood, status: int, trouble: str) -> None:
    with model_server(mood=mood, status=status) as server:
        assert endpoint(server.url).trouble() == trouble
    assert [seen[:2] for seen in server.seen] == [("GET", "/v1/models")] and not server.asked


def settings(tmp_path: Path, **given: str) -> Settings:
    file = tmp_path / ".env"
    file.write_text("".join(f"PURR_MODEL_{name.upper()}={value}\n" for name, value in given.items()))
    return load(file)


@pytest.mark.parametrize(
    "url",
    [
        "https://api.models.example/v1", "https://models.example:8443", "http://127.0.0.1:11434/v1",
        "http://localhost:8080/v1/", "http://[::1]:9/v1",
    ],
)  # fmt: skip
def test_a_model_is_spoken_to_safely_or_on_this_machine(url: str, tmp_path: Path) -> None:
    found = Endpoint.of(settings(tmp_path, url=url, name="m", key="k", timeout="7"))
    assert found == Endpoint(url=url.rstrip("/"), name="m", key="k", timeout=7)


@pytest.mark.parametrize(
    "url",
    [
        "http://models.example/v1", "http://127.0.0.1.models.example/v1", "http://localhost.models.example",
        "https://user:word@models.example", "http://127.0.0.1@models.example", "ftp://127.0.0.1",
        "https://models.example/v1?key=1", "https://models.example/#x", "models.example", "https://", "http://10.0.0.5",
    ],
)  # fmt: skip
def test_an_address_that_is_not_safe_stops_the_start(url: str, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="PURR_MODEL_URL must be an address that begins with https://"):
        settings(tmp_path, url=url)


def test_a_key_that_cannot_stand_in_a_header_stops_the_start_and_is_not_shown(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="PURR_MODEL_KEY") as problem:
        settings(tmp_path, key="nøkkel")
    assert "nøkkel" not in str(problem.value)


@pytest.mark.parametrize("given", [{}, {"url": "https://models.example"}, {"name": "m"}])
def test_without_an_address_and_a_name_there_is_no_model(given: dict[str, str], tmp_path: Path) -> None:
    found = settings(tmp_path, **given)
    assert Endpoint.of(found) is None and found.model_key == SecretStr("")
