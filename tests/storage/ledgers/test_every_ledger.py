from __future__ import annotations

import time

import pytest

from bot.ledgers import Connection, LedgerError
from storage.ledgers import ledgers, pull, systems
from tests.storage.ledgers import (
    accounts,
    test_billy,
    test_dinero,
    test_economic,
    test_fiken,
    test_fortnox,
    test_stripe,
    test_tripletex,
)
from tests.storage.ledgers.accounts import ACCOUNTS
from tests.storage.ledgers.conftest import TODAY, pulled
from tests.storage.ledgers.office import Office, Params, Said

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
@pytest.mark.parametrize("status", [401, 403])
def test_a_key_that_is_revoked_while_it_is_read_gives_nothing_and_works_again_when_renewed(
    system: str, status: int, office: Office
) -> None:
    ACCOUNTS[system].empty(office)
    kept = dict(office.pages)
    session = ledgers()[system].SITE.session
    for path in kept:
        if not session.endswith(path):
            office.pages[path] = lambda params: Said({"message": "revoked"}, status)
    with pytest.raises(LedgerError) as error:
        pulled(office, system, ACCOUNTS[system].secrets)
    assert (error.value.key, error.value.permanent) == ("refused", True)
    assert len(office.asked) == (2 if session else 1)
    office.pages = kept
    assert pulled(office, system, ACCOUNTS[system].secrets).problems == ()


@pytest.mark.parametrize("system", [s for s in SYSTEMS if ledgers()[s].SITE.session])
@pytest.mark.parametrize("status", [400, 401])
def test_a_key_that_opens_no_session_any_more_is_refused(system: str, status: int, office: Office) -> None:
    ACCOUNTS[system].empty(office)
    office.moods.append(Said({"error": "invalid_grant"}, status))
    with pytest.raises(LedgerError) as error:
        pulled(office, system, ACCOUNTS[system].secrets)
    assert (error.value.key, error.value.permanent, len(office.asked)) == ("refused", True, 1)


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_line_that_breaks_in_the_middle_of_an_answer_is_tried_again(system: str, office: Office) -> None:
    ACCOUNTS[system].empty(office)
    office.moods.append(Said(b'{"half": ', headers={"Content-Length": "900", "Connection": "close"}))
    assert pulled(office, system, ACCOUNTS[system].secrets).documents == ()
    assert 1.0 in office.slept


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_silent_system_is_left_for_later(
    system: str, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.ledgers._client.TIMEOUT", 0.02)
    ACCOUNTS[system].empty(office)
    for path in office.pages:
        office.pages[path] = _sleeps
    with pytest.raises(LedgerError) as error:
        pulled(office, system, ACCOUNTS[system].secrets)
    assert (error.value.key, error.value.permanent) == ("unreachable", False)


def _sleeps(_params: Params) -> Said:
    time.sleep(0.06)
    return Said({})


@pytest.mark.parametrize("system", SYSTEMS)
def test_of_a_list_whose_second_page_fails_nothing_is_taken(
    system: str, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a list would tell of invoices as gone that are only on the other half."""
    monkeypatch.setattr(f"storage.ledgers.{system}.PAGE", 2)
    path = _two_pages(office, system)
    whole, asked = office.pages[path], 0

    def breaks(params: Params) -> Said:
        nonlocal asked
        asked += 1
        return whole(params) if asked == 1 else Said(b"<html>Bad gateway</html>", 502)

    office.pages[path] = breaks
    with pytest.raises(LedgerError) as error:
        pulled(office, system, ACCOUNTS[system].secrets)
    assert (error.value.key, asked) == ("unreachable", 5)
    office.pages[path] = whole
    assert len(pulled(office, system, ACCOUNTS[system].secrets).documents) == 3


def _two_pages(office: Office, system: str) -> str:
    """An account whose list of open invoices has more than one page, and where that list is."""
    match system:
        case "billy":
            accounts.billy(office, [test_billy.invoice(n) for n in (1, 2, 3)], [test_billy.NORDLYS])
            return "/invoices"
        case "dinero":
            accounts.dinero(office, [test_dinero.invoice(n) for n in (1, 2, 3)], [test_dinero.MOGENS])
            return "/v1/42/invoices"
        case "economic":
            accounts.economic(office, [test_economic.invoice(n) for n in (1, 2, 3)])
            return "/invoices/unpaid"
        case "fiken":
            accounts.fiken(office, [test_fiken.invoice(n) for n in (1, 2, 3)])
            return "/companies/bageri-as/invoices"
        case "fortnox":
            accounts.fortnox(office, [test_fortnox.invoice(n) for n in (1, 2, 3)])
            return "/invoices"
        case "stripe":
            accounts.stripe(office, [test_stripe.invoice(n) for n in (1, 2, 3)])
            return "/invoices"
        case _:
            accounts.tripletex(office, [test_tripletex.invoice(n) for n in (1, 2, 3)])
            return "/invoice"


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
