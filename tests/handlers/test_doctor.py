"""The doctor: each part in order, or what to do about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.ledgers import TROUBLES, Connection
from bot.parties import MailServer as MailServerLogin
from bot.settings import Settings
from handlers.app import App
from handlers.doctor import Finding, examine
from tests.handlers.stage import BAKERY
from tests.handlers.talk import MORNING
from tests.imapserver import USER, imap_server
from tests.mailserver import MailServer, mail_server, no_mail_server
from tests.modelserver import Mood, model_server

HOUR = timedelta(hours=1)


def found(
    home: Path,
    server: MailServer | None = None,
    zone: str = "Europe/Oslo",
    login: str = "",
    country: str = "NO",
    connected: Connection | None = None,
) -> dict[str, Finding]:
    settings = Settings(
        _env_file=None,
        data=home,
        smtp_host=server.host if server else "",
        smtp_port=server.port if server else 25,
        smtp_security="none",
        smtp_user=login,
        smtp_password=SecretStr("wrong" if login else ""),
        smtp_timeout=2,
    )
    with App(settings) as app:
        business = replace(BAKERY, zone=zone, country=country)
        if connected:
            app.database.add_business(business)
            with app.database.books(business.id, MORNING) as books:
                books.connections.save(connected)
        return {f.name: f for f in examine(settings, app.database, app.mailers.common, business, MORNING)}


def test_all_is_in_order(home: Path) -> None:
    with mail_server() as server:
        findings = found(home, server)
    assert all(f.ok for f in findings.values())
    assert "answers" in findings["mail server"].text and "09:00" in findings["time zone"].text


def test_no_mail_server_is_in_order_and_says_how_to_have_one(home: Path) -> None:
    finding = found(home)["mail server"]
    assert finding.ok and "PURR_SMTP_HOST" in finding.text


def test_a_mail_server_that_is_not_there_says_what_to_check(home: Path) -> None:
    with no_mail_server() as server:
        finding = found(home, server)["mail server"]
    assert not finding.ok and "cannot be reached" in finding.text


def test_a_wrong_password_says_what_to_check(home: Path) -> None:
    with mail_server(login=("asa", "right")) as server:
        finding = found(home, server, login="asa")["mail server"]
    assert not finding.ok and "PURR_SMTP_PASSWORD" in finding.text


def test_a_mailbox_says_how_it_is_or_what_to_check(home: Path) -> None:
    def mailbox(login: MailServerLogin | None) -> Finding:
        settings = Settings(_env_file=None, data=home)
        with App(settings) as app:
            if BAKERY.id not in {known.id for known in app.database.businesses()}:
                app.database.add_business(BAKERY)
            if login:
                with app.database.books(BAKERY.id, MORNING) as books:
                    books.mailboxes.save(login, "in")
            findings = examine(settings, app.database, app.mailers.common, BAKERY, MORNING)
            return {f.name: f for f in findings}["mailbox"]

    none = mailbox(None)
    assert none.ok and "settings" in none.text
    with imap_server() as server:
        assert mailbox(server.login) == Finding(True, "mailbox", f"{USER} at 127.0.0.1:{server.port} answers")
        refused = mailbox(replace(server.login, password="old"))
    assert not refused.ok and "app password" in refused.text
    gone = mailbox(server.login)
    assert not gone.ok and "cannot be reached" in gone.text


@pytest.mark.parametrize("zone", ["Mars/Olympus", "Nowhere"])
def test_a_zone_that_is_not_known_says_what_to_install(zone: str, home: Path) -> None:
    finding = found(home, zone=zone)["time zone"]
    assert not finding.ok and "tzdata" in finding.text


def test_a_database_that_does_not_answer_says_so(home: Path) -> None:
    settings = Settings(_env_file=None, data=home)
    with App(settings) as app:
        (home / "purr.db").write_bytes(b"not a database" * 400)
        app.database.engine.dispose()
        findings = {f.name: f for f in examine(settings, app.database, app.mailers.common, BAKERY, MORNING)}
    assert not findings["database"].ok and "DATABASE_URL" in findings["database"].text


def test_what_the_law_says_for_a_time_only_is_named_before_it_runs_out(home: Path) -> None:
    findings = found(home)
    for part in ("late interest", "compensation", "reminder rules"):
        assert findings[f"law: {part}"].ok and "2026-12-31" in findings[f"law: {part}"].text


def test_what_has_run_out_is_named_and_breaks_nothing(home: Path) -> None:
    finding = found(home, country="DK")["law: late interest"]
    assert finding.ok and "2026-06-30" in finding.text and "refused" in finding.text


FIKEN = Connection(system="fiken", secrets={"token": "hemlig"}, pulled_at=MORNING, next_at=MORNING + HOUR)


def test_an_accounting_system_is_told_with_its_last_reading_and_its_next(home: Path) -> None:
    finding = found(home, connected=FIKEN)["Fiken"]
    assert (finding.ok, finding.text) == (True, "read 2026-11-25 09:00, again 2026-11-25 10:00")


def test_an_accounting_system_of_which_nothing_is_taken_in_says_how_to(home: Path) -> None:
    finding = found(home, connected=replace(FIKEN, pulled_at=None, next_at=None))["Fiken"]
    assert finding.ok and "nothing is taken in yet" in finding.text


@pytest.mark.parametrize("trouble", TROUBLES)
def test_an_accounting_system_that_cannot_be_read_says_what_to_do(trouble: str, home: Path) -> None:
    finding = found(home, connected=replace(FIKEN, trouble=trouble))["Fiken"]
    assert not finding.ok and "09:00" in finding.text and "hemlig" not in finding.text


@pytest.mark.parametrize(
    ("name", "mood", "ok", "text"),
    [
        ("small", "say", True, "small at"), ("", "say", False, "PURR_MODEL_NAME"),
        ("small", "hang", False, "PURR_MODEL_TIMEOUT"), ("small", "garbage", True, "answers"),
        ("small", "redirect", False, "does not answer as a model does"),
        ("small", "not_http", False, "the network"),
    ],
)  # fmt: skip
def test_a_language_model_is_tried_without_any_text(
    name: str, mood: Mood, ok: bool, text: str, home: Path
) -> None:
    with model_server(mood=mood) as server:
        settings = Settings(
            _env_file=None, data=home, model_url=server.url, model_name=name, model_timeout=0.5
        )
        with App(settings) as app:
            findings = {
                f.name: f for f in examine(settings, app.database, app.mailers.common, BAKERY, MORNING)
            }
    assert findings["language model"].ok == ok and text in findings["language model"].text
    assert not server.asked


def test_no_language_model_is_in_order(home: Path) -> None:
    finding = found(home)["language model"]
    assert finding.ok and "PURR_MODEL_URL" in finding.text
