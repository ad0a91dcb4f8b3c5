from __future__ import annotations

import pytest

from bot.chat import Request
from bot.platforms import Heard, Later, Moved, Person, Place, Told, Unreachable


def test_a_place_is_the_same_place_whoever_says_so() -> None:
    here = {Place("pocket", "7"): "chat"}
    assert here[Place("pocket", "7", "", direct=True)] == "chat"
    assert Place("pocket", "7", "T1") not in here


def test_what_goes_wrong_says_what_must_happen_next() -> None:
    with pytest.raises(Unreachable, match="blocked") as lost:
        raise Unreachable("blocked")
    assert lost.value.reason == "blocked"
    assert Moved("-100").chat == "-100"
    assert (Later(3).seconds, Later().seconds) == (3, 0)


def test_what_was_heard_names_no_business_until_it_is_answered() -> None:
    heard = Heard("1", Place("pocket", "7"), Person("pocket", "7"), Request(""))
    assert (heard.request.business, heard.attachments) == ("", ())
    assert Told() == Told((), None, "en", "")
