from __future__ import annotations

import pytest

from handlers.platforms.slack import incoming
from handlers.platforms.slack.incoming import Origin


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("today", "today"),
        ("<@U0PURR> today", "today"),
        ("today <@U0PURR>", "today"),
        ("fish &amp; chips &lt;3", "fish & chips <3"),
        ("mail <mailto:nils@norrsken.example|nils@norrsken.example>", "mail nils@norrsken.example"),
        ("see <https://norrsken.example/a?b=1&amp;c=2>", "see https://norrsken.example/a?b=1&c=2"),
        ("see <https://norrsken.example|norrsken.example>", "see norrsken.example"),
        ("call <tel:+46701740605|070-174 06 05>", "call 070-174 06 05"),
        ("ask <@U0BO|bo> in <#C1|finance>", "ask bo in finance"),
        ("*bold* _name_ ~x~", "*bold* _name_ ~x~"),
        ("&amp;lt;", "&lt;"),
    ],
)
def test_words_arrive_as_they_were_typed(text: str, said: str) -> None:
    assert incoming.words_of(text, "U0PURR") == said


def test_a_direct_talk_and_a_home_are_for_one_person_and_a_channel_is_not() -> None:
    direct = {each: Origin("T1", each, "U1").place.direct for each in ("D1", "U1", "W1", "C1", "G1")}
    assert direct == {"D1": True, "U1": True, "W1": True, "C1": False, "G1": False}


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({"event_id": "Ev1"}, "Ev1"),
        ({"trigger_id": "1.2.3", "actions": [{"action_ts": "9.9"}]}, "1.2.3"),
        ({"actions": [{"action_ts": "9.9"}], "user": {"id": "U1"}}, "9.9:U1"),
    ],
    ids=str,
)
def test_what_comes_again_has_the_same_name(body: incoming.Body, name: str) -> None:
    assert incoming.delivery(body) == name


def test_files_that_slack_has_hidden_are_passed_over() -> None:
    files = [
        {"id": "F1", "mode": "hidden_by_limit"},
        {"id": "F2", "url_private_download": "https://x", "size": 7},
    ]
    (found,) = incoming.files_of({"files": files})
    assert (found.name, found.ref, found.size) == ("F2", "https://x", 7)
