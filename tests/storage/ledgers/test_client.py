from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from bot.ledgers import LedgerError
from storage.ledgers._client import Client, Site
from tests.storage.ledgers.office import Office, Said


def client(office: Office) -> Client:
    return Client(Site(office.base), office.slept.append)


def test_amounts_come_through_exactly(office: Office) -> None:
    office.pages["/x"] = lambda params: Said(b'{"amount": 0.1}')
    with client(office) as reader:
        assert str(reader.get("/x").body["amount"]) == "0.1"


def test_what_is_not_there_is_none_where_that_may_be(office: Office) -> None:
    with client(office) as reader:
        assert reader.find("/gone") is None
        with pytest.raises(LedgerError, match="not_found"):
            reader.get("/gone")


def test_other_trouble_is_not_taken_for_what_is_not_there(office: Office) -> None:
    office.moods.append(Said({}, 403))
    with client(office) as reader, pytest.raises(LedgerError, match="refused"):
        reader.find("/x")


def test_a_wait_may_be_asked_for_as_a_time(office: Office) -> None:
    when = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    office.moods.append(Said({}, 503, {"Retry-After": when}))
    office.pages["/x"] = lambda params: Said({})
    with client(office) as reader:
        reader.get("/x")
    assert 25 < office.slept[0] <= 30


@pytest.mark.parametrize("header", ["soon", "-5", "١", ""])
def test_a_wait_that_cannot_be_read_is_a_second(header: str, office: Office) -> None:
    office.moods.append(Said({}, 429, {"Retry-After": header.encode().decode("latin-1")}))
    office.pages["/x"] = lambda params: Said({})
    with client(office) as reader:
        reader.get("/x")
    assert office.slept == [1.0]


@pytest.mark.parametrize(
    ("status", "reset", "waited"), [(429, "9", 9.0), (429, "1796000000", 1.0), (500, "9", 1.0)]
)
def test_what_is_left_of_a_period_is_waited_for_by_who_has_used_it_up(
    status: int, reset: str, waited: float, office: Office
) -> None:
    office.moods.append(Said({}, status, {"X-Rate-Limit-Reset": reset}))
    office.pages["/x"] = lambda params: Said({})
    with client(office) as reader:
        reader.get("/x")
    assert office.slept == [waited]


@pytest.mark.parametrize("status", [400, 401, 403, 422])
def test_a_key_that_opens_no_session_is_refused(status: int, office: Office) -> None:
    office.pages["/token"] = lambda params: Said({"error": "invalid_grant"}, status)
    reader = Client(Site(office.base, session=f"{office.base}/token"), office.slept.append)
    with reader, pytest.raises(LedgerError) as error:
        reader.session(grant_type="password")
    assert (error.value.key, error.value.permanent) == ("refused", True)


def test_who_asks_for_a_long_wait_is_busy_and_left_for_later(office: Office) -> None:
    office.moods.append(Said({}, 429, {"Retry-After": "3600"}))
    with client(office) as reader, pytest.raises(LedgerError) as error:
        reader.get("/x")
    assert (error.value.key, error.value.permanent, office.slept) == ("busy", False, [])


def test_who_is_always_busy_is_left_for_later(office: Office) -> None:
    office.moods.extend([Said({}, 429)] * 9)
    with client(office) as reader, pytest.raises(LedgerError, match="busy"):
        reader.get("/x")
    assert (len(office.asked), office.slept) == (4, [1.0, 2.0, 4.0])


def test_nobody_there_is_out_of_reach(office: Office) -> None:
    gone = Client(Site("http://127.0.0.1:9"), office.slept.append)
    with gone as reader, pytest.raises(LedgerError) as error:
        reader.get("/x")
    assert (error.value.key, error.value.permanent) == ("unreachable", False)


def test_another_address_is_not_followed_with_the_token(office: Office) -> None:
    office.pages["/x"] = lambda params: Said({}, 302, {"Location": "http://127.0.0.1:9/steal"})
    with client(office) as reader, pytest.raises(LedgerError, match="garbled"):
        reader.get("/x")


def test_an_answer_too_large_to_be_one_is_not_looked_into(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.ledgers._client.LIMIT", 1000)
    office.pages["/x"] = lambda params: Said(["x"] * 1000)
    with client(office) as reader, pytest.raises(LedgerError, match="garbled"):
        reader.get("/x")


def test_a_system_that_always_names_one_page_more_is_left(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.ledgers._client.MOST", 3)
    office.pages["/x"] = lambda params: Said({})
    with client(office) as reader:
        for _ in range(3):
            reader.get("/x")
        with pytest.raises(LedgerError, match="garbled"):
            reader.get("/x")
    assert len(office.asked) == 3


def test_there_is_no_way_to_write() -> None:
    ways = {name for name in dir(Client) if not name.startswith("_")}
    assert ways == {"find", "get", "paper", "session", "sign"}


def test_a_site_moves_with_the_address_of_its_sessions() -> None:
    site = Site("https://tripletex.no/v2", session="https://tripletex.no/v2/token")
    assert site.moved("http://here").session == "http://here/token"


def test_a_path_of_a_branch_is_asked_for_there_and_with_the_site_it_moves() -> None:
    site = Site("https://a.example", branch="https://b.example/books/v1")
    assert site.url("/books/v1/entries") == "https://b.example/books/v1/entries"
    assert site.url("/books/v2") == "https://a.example/books/v2"
    assert site.url("/books/v1x") == "https://a.example/books/v1x"
    assert site.moved("http://here").url("/books/v1/entries") == "http://here/books/v1/entries"


def test_a_site_without_sessions_has_none_elsewhere_either() -> None:
    assert Site("https://x/1").moved("http://here").session == ""
