from __future__ import annotations

import pytest

from bot.ledgers import Connection, LedgerError
from storage.ledgers import ledgers, pull, systems
from tests.storage.ledgers.accounts import ACCOUNTS
from tests.storage.ledgers.conftest import TODAY, pulled
from tests.storage.ledgers.office import Office, Said

SYSTEMS = sorted(ledgers())


def test_every_system_has_an_account_to_be_tried_on() -> None:
    assert sorted(ACCOUNTS) == SYSTEMS
    assert [system.key for system in systems()] == SYSTEMS


@pytest.mark.parametrize("system", SYSTEMS)
def test_it_asks_for_what_it_names_and_answers_over_a_safe_line(system: str) -> None:
    ledger = ledgers()[system]
    assert set(ledger.FIELDS) == set(ACCOUNTS[system].secrets)
    assert ledger.NAME and ledger.SITE.base.startswith("https://")
    assert not ledger.SITE.session or ledger.SITE.session.startswith("https://")


@pytest.mark.parametrize("system", SYSTEMS)
def test_an_empty_account_gives_nothing_and_is_no_trouble(system: str, office: Office) -> None:
    ACCOUNTS[system].empty(office)
    found = pulled(office, system, ACCOUNTS[system].secrets)
    assert (found.documents, found.problems, found.cursor, found.through) == ((), (), "", TODAY)


@pytest.mark.parametrize("system", SYSTEMS)
def test_it_only_reads(system: str, office: Office) -> None:
    ACCOUNTS[system].empty(office)
    pulled(office, system, ACCOUNTS[system].secrets)
    session = ledgers()[system].SITE.session
    written = [each.path for each in office.asked if each.method != "GET"]
    assert len(written) == (1 if session else 0)
    assert all(session.endswith(path) for path in written)


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_wrong_token_is_refused_for_good(system: str, office: Office) -> None:
    ACCOUNTS[system].empty(office)
    wrong = {name: f"{value}x" for name, value in ACCOUNTS[system].secrets.items()}
    with pytest.raises(LedgerError) as error:
        pulled(office, system, wrong)
    assert (error.value.key, error.value.permanent) == ("refused", True)
    assert len(office.asked) == 1


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_busy_system_is_asked_again_when_it_says(system: str, office: Office) -> None:
    ACCOUNTS[system].empty(office)
    office.moods.append(Said({}, 429, {"Retry-After": "7"}))
    assert pulled(office, system, ACCOUNTS[system].secrets).documents == ()
    assert 7.0 in office.slept


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_system_that_stumbles_is_asked_again(system: str, office: Office) -> None:
    ACCOUNTS[system].empty(office)
    office.moods.extend([Said({}, 500), Said({}, 502)])
    assert pulled(office, system, ACCOUNTS[system].secrets).documents == ()
    assert [s for s in office.slept if s >= 1] == [1.0, 2.0]


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_system_that_is_down_is_left_for_later(system: str, office: Office) -> None:
    ACCOUNTS[system].empty(office)
    office.moods.extend([Said({}, 500)] * 9)
    with pytest.raises(LedgerError) as error:
        pulled(office, system, ACCOUNTS[system].secrets)
    assert (error.value.key, error.value.permanent) == ("unreachable", False)


@pytest.mark.parametrize("body", [b"<html>", b"", b"\xff", b"[1, 2]", b'"x"', b"null", b"{}", b"[" * 99999])
@pytest.mark.parametrize("system", SYSTEMS)
def test_an_answer_that_is_none_is_trouble_and_no_crash(system: str, body: bytes, office: Office) -> None:
    ACCOUNTS[system].empty(office)
    paths = [path for path in office.pages if "oauth" not in path and "token" not in path]
    for path in paths:
        office.pages[path] = lambda params: Said(body)
    with pytest.raises(LedgerError) as error:
        pulled(office, system, ACCOUNTS[system].secrets)
    assert (error.value.key, error.value.permanent) == ("garbled", False)


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("odd", ["naïve", "line\r\nX-Else: 1", ""])
def test_a_secret_that_cannot_be_one_is_refused(system: str, odd: str, office: Office) -> None:
    ACCOUNTS[system].empty(office)
    with pytest.raises(LedgerError) as error:
        pulled(office, system, dict.fromkeys(ACCOUNTS[system].secrets, odd))
    assert error.value.permanent


def test_no_token_is_told_where_something_goes_wrong(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    office.moods.append(Said({}, 403))
    connection = Connection(system="fiken", secrets=ACCOUNTS["fiken"].secrets)
    with pytest.raises(LedgerError) as error:
        pull(connection, TODAY, base=office.base)
    assert "tok-secret" not in f"{connection} {error.value!r} {error.value} {caplog.text}"
