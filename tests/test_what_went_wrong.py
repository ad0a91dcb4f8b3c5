"""What went wrong in other products must not happen here: one test for each thread, and named after it.

Left out until their time comes: the law of each period (erpnext#37095, invoiceninja#4020), which has a score
of its own, and answers and bounces in the mailbox (invoiceninja#12228 and #11917, erpnext#4957).
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from email.message import EmailMessage
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import workdays
from bot.invoices import outstanding
from bot.money import Money
from bot.nudges import next_nudge
from bot.parties import Contact
from handlers.clock import Hands, drain, sweep, tick
from messages.ear.tongues import foreign
from messages.payslip import payslip, qr_png
from messages.wording import sentences
from tests.handlers.stage import BAKERY, body, plain
from tests.mailserver import MailServer, mail_server
from tests.town import AT_WORK, NORRSKEN, Owner, chased, owner_of

UNDO = BAKERY.undo_minutes + 1
TOWNS = count()


@pytest.fixture(scope="module")
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


@pytest.fixture
def mail(server: MailServer) -> MailServer:
    server.mood = "accept"
    server.messages.clear()
    server.envelopes.clear()
    return server


@pytest.fixture
def asa(tmp_path: Path, mail: MailServer) -> Owner:
    """Åsa, whose customer Café Norrsken is five days late this morning."""
    return chased(tmp_path, mail)


def drafted(owner: Owner, whom: str = "Norrsken") -> str:
    owner.says(whom)
    return owner.presses("Draft")


def sent(owner: Owner, whom: str = "Norrsken") -> EmailMessage:
    drafted(owner, whom)
    owner.presses("Approve")
    owner.waits(UNDO)
    return owner.house.mail.messages[-1]


# Never chase the paid


def by_button(owner: Owner) -> None:
    owner.says("Norrsken")
    owner.presses("Paid")
    owner.presses("Save")


def by_file(owner: Owner) -> None:
    owner.takes_in(NORRSKEN.replace("4125,50", "125,50"))


PAYMENTS: dict[str, tuple[Callable[[Owner], object], str]] = {
    "by word": (lambda o: o.says("paid 1058"), "the payment has come in"),
    "by button": (by_button, "the payment has come in"),
    "in part": (lambda o: o.says("paid 1058 25.50"), "now stands at SEK 4,100. Draft it again"),
    "by the books": (by_file, "now stands at SEK 125.50. Draft it again"),
}


@pytest.mark.parametrize("how", PAYMENTS)
def test_akaunting_259_invoiceninja_4732_1234_oca_211_payment_between_draft_and_tap_refuses_and_says_why(
    asa: Owner, how: str
) -> None:
    pay, why = PAYMENTS[how]
    drafted(asa)
    approve = asa.button("Approve")
    pay(asa)
    assert why in asa.pushes(approve)
    asa.waits(UNDO)
    assert asa.house.mail.messages == []


# Never twice, never for ever


@pytest.mark.slow
def test_invoiceninja_553_1693_1447_fossbilling_3963_a_thousand_runs_of_the_day_with_crashes_send_once(
    asa: Owner,
) -> None:
    drafted(asa)
    asa.presses("Approve")
    asa.house.clock.at += timedelta(days=1, minutes=UNDO)
    hands, turn = asa.house.app.hands(lambda *_: None), count()

    async def dies(*_: object) -> str:
        raise ConnectionAbortedError

    def run(_: int) -> None:
        hurt = replace(hands, send=dies) if next(turn) % 3 == 0 else hands
        asyncio.run(once(hurt))

    async def once(each: Hands) -> None:
        await tick(each)
        await sweep(each, BAKERY.id)
        await drain(each, BAKERY.id)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(run, range(1000)))
    said = asa.seen()
    assert said.count("needs you today") + said.count("Nothing to chase today") == 1
    assert len(asa.house.mail.messages) <= 1
    assert said.count("Sent to Café Norrsken") == len(asa.house.mail.messages)
    assert said.count("I don't know whether") == 1 - len(asa.house.mail.messages)


# Pause until a date


@pytest.mark.parametrize("words", ["wait Norrsken until Monday", "pause everything until Monday"])
def test_invoiceninja_4293_1578_2379_a_pause_ends_with_a_question_and_never_with_a_send(
    asa: Owner, words: str
) -> None:
    drafted(asa)
    asa.presses("Approve")
    asa.says(words)
    assert "needs you" not in asa.hears("2026-11-27 12:00")
    said = asa.hears("2026-11-30 08:00")
    assert said.count("One customer needs you today. Café Norrsken") == 1
    assert "If you do nothing, nothing is sent." in said
    asa.hears("2026-12-23 08:00")
    assert asa.house.mail.messages == []


def test_invoiceninja_4293_one_invoice_is_paused_and_the_others_go_on(
    tmp_path: Path, mail: MailServer
) -> None:
    other = NORRSKEN.replace("1058", "1059").replace(";10597;", ";10595;").replace("4125,50", "900,00")
    asa = chased(tmp_path, mail, NORRSKEN, other)
    drafted(asa)
    old = asa.button("Approve")
    assert "I leave Café Norrsken (1058) alone until Monday" in asa.says("wait 1058 until Monday")
    assert "is left alone until Monday 30 November" in asa.pushes(old)
    text = plain(body(sent(asa)))
    assert "1059" in text
    assert "1058" not in text
    assert "needs you" not in asa.hears("2026-11-27 12:00")
    assert "One customer needs you today. Café Norrsken" in asa.hears("2026-12-04 08:00")
    assert len(mail.messages) == 1


@pytest.mark.parametrize("whom", ["Norrsken", "1058"])
def test_invoiceninja_1578_of_two_pauses_the_latest_word_counts(asa: Owner, whom: str) -> None:
    asa.says(f"wait {whom} until 18 December")
    asa.says(f"wait {whom} until tomorrow")
    assert "One customer needs you today. Café Norrsken" in asa.hears("2026-11-25 08:00")


def test_invoiceninja_1578_a_pause_of_one_invoice_without_a_day_asks_until_when(asa: Owner) -> None:
    assert "Until when shall I leave Café Norrsken (1058) alone?" in asa.says("wait 1058")
    assert "(1058) alone until Wednesday 25 November" in asa.presses("Tomorrow")
    with asa.books() as books:
        (pause,) = books.pauses.all()
        (invoice,) = books.invoices.all()
    assert (pause.invoice, pause.customer) == (invoice.id, "")


def test_invoiceninja_2379_a_pause_that_ends_before_the_first_reminder_still_ends_with_a_question(
    tmp_path: Path, mail: MailServer
) -> None:
    asa = owner_of(AT_WORK, tmp_path, mail)
    asa.takes_in(NORRSKEN)
    asa.hears("2026-11-19 12:00")
    assert "Then I ask you again" in asa.says("wait Norrsken until Friday")
    assert "Café Norrsken: the pause is over" in asa.hears("2026-11-20 08:00")


# One message per customer with everything open


def test_erpnext_12429_oca_21_seven_invoices_in_two_currencies_are_one_message_with_one_total_each(
    tmp_path: Path, mail: MailServer
) -> None:
    rows = [
        f"Hotel Aurora;bella@aurora.example;Bella;206{n};2026-10-1{n};2026-11-1{n};{n}00,50;{c};;Bread;en"
        for n, c in enumerate(["SEK", "SEK", "EUR", "SEK", "EUR", "SEK", "SEK"], 3)
    ]
    asa = owner_of(AT_WORK, tmp_path, mail, "2026-11-12 09:00")
    asa.takes_in(*rows)
    asa.hears("2026-11-27 08:00")
    assert "One customer needs you today. Hotel Aurora" in asa.says("today")
    text = plain(body(sent(asa, "Aurora"))).replace("\r", "")
    assert len(mail.messages) == 1
    assert all(f"206{n}" in text for n in range(3, 10))
    assert re.findall(r"^Total: (.*)$", text, re.MULTILINE) == ["SEK 3,002.50 and EUR 1,201.00"]
    (letter,) = asa.letters()
    assert len(letter.claims) == 7


# The right people


def test_invoiceninja_1880_8178_myucto_60_one_letter_goes_to_accounts_and_copies_the_approver(
    asa: Owner,
) -> None:
    before = asa.customer()
    drafted(asa)
    asa.presses("Edit")
    asa.presses("Save", to="accounts@norrsken.example", cc="approver@norrsken.example")
    asa.presses("Approve")
    asa.waits(UNDO)
    (envelope,) = asa.house.mail.envelopes
    assert envelope.rcpt_tos == ["accounts@norrsken.example", "approver@norrsken.example"]
    assert asa.customer() == before
    asa.hears("2026-12-04 08:00")
    assert sent(asa)["To"] == "nils@norrsken.example"


def reached_at_three_desks(owner: Owner) -> None:
    """What a ledger may tell: a person, the accounts desk and the one who approves."""
    roles = (
        Contact(name="Nils Sundin", email="nils@norrsken.example"),
        Contact(email="accounts@norrsken.example", role="accounts"),
        Contact(email="chef@norrsken.example", role="approver"),
    )
    with owner.books() as books:
        books.customers.save(replace(books.customers.all()[0], contacts=roles))


def test_invoiceninja_8178_accounts_and_approver_of_a_customer_get_every_letter(asa: Owner) -> None:
    reached_at_three_desks(asa)
    message = sent(asa)
    assert (message["To"], message["Cc"]) == ("accounts@norrsken.example", "chef@norrsken.example")
    assert "Hi Nils" in body(message)


def test_myucto_60_looking_at_how_a_customer_is_reached_changes_nothing_in_the_letters(asa: Owner) -> None:
    reached_at_three_desks(asa)
    asa.says("Norrsken")
    asa.presses("Contact")
    asa.presses("Save")
    message = sent(asa)
    assert (message["To"], message["Cc"]) == ("accounts@norrsken.example", "chef@norrsken.example")
    assert "Hi Nils" in body(message)


# Let me decide


def test_oca_overdue_reminder_lago_1815_nothing_leaves_without_an_approval_that_names_a_person(
    asa: Owner,
) -> None:
    for day in ("2026-11-24", "2026-12-04", "2026-12-15"):
        asa.hears(f"{day} 08:00")
        sent(asa)
    approvals = {str(e.data["text"]): e.who for e in asa.past() if e.kind == "approved"}
    assert len(asa.house.mail.messages) == 3
    for message in asa.house.mail.messages:
        who = next(w for text, w in approvals.items() if text.split() == body(message).split())
        assert who == "Åsa Lind"


# Amounts follow what is left


def pictures(message: EmailMessage) -> list[bytes]:
    return [bytes(p.get_payload(decode=True)) for p in message.walk() if p.get_content_type() == "image/png"]


@pytest.mark.parametrize("paid", ["1000", "2062.75", "4125.49"])
def test_dolibarr_33148_invoiceplane_1128_half_is_paid_and_text_and_code_ask_for_the_rest(
    tmp_path: Path, mail: MailServer, paid: str
) -> None:
    asa = chased(tmp_path, mail)
    with asa.books() as books:
        books.save_business(replace(books.business, swish="1231181189"))
        shop = books.business
    asa.says(f"paid 1058 {paid}")
    message = sent(asa)
    with asa.books() as books:
        (invoice,) = books.invoices.all()
    left = outstanding(invoice)
    assert left == Money.of("4125.50", "SEK") - Money.of(paid, "SEK")
    slip = payslip(shop, invoice.reference, invoice.account, left, invoice.number)
    assert pictures(message) == [qr_png(slip.qr)]
    assert f"{left.decimal:.2f}".replace(".", ",") in slip.qr
    assert f"{left.decimal:,.2f}".removesuffix(".00") in plain(body(message))
    assert "4,125.50" not in plain(body(message))


def test_dolibarr_33148_all_is_paid_and_there_is_no_code_and_no_reminder(asa: Owner) -> None:
    with asa.books() as books:
        books.save_business(replace(books.business, swish="1231181189"))
    asa.says("Norrsken")
    draft = asa.button("Draft")
    asa.says("paid 1058")
    assert "nothing that is late" in asa.pushes(draft)
    asa.says("Norrsken")
    assert not asa.offers("Draft")
    assert "needs you" not in asa.hears("2026-11-30 08:00")
    asa.says("reply from Norrsken: Did you get our money?")
    assert asa.house.mail.messages == []


# Zones, weekends, due today


@pytest.mark.parametrize(
    "zone", ["Europe/Stockholm", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/St_Johns"]
)
def test_invoiceninja_792_8974_due_today_is_not_late_wherever_the_business_is(
    tmp_path: Path, mail: MailServer, zone: str
) -> None:
    asa = owner_of(replace(AT_WORK, zone=zone), tmp_path, mail)
    asa.takes_in(NORRSKEN)
    assert "Nothing to chase today" in asa.hears("2026-11-19 08:00")
    assert "due today" in asa.says("Norrsken")
    asa.hears("2026-11-19 23:59")
    assert "Nothing is late" in asa.says("Norrsken")
    asa.hears("2026-11-20 00:01")
    assert "One day late" in asa.says("Norrsken")


def test_dolibarr_30771_nobody_is_chased_before_the_due_date(tmp_path: Path, mail: MailServer) -> None:
    asa = owner_of(AT_WORK, tmp_path, mail)
    asa.takes_in(NORRSKEN.replace("2026-11-19", "2027-01-15"))
    said = asa.hears("2027-01-15 08:00")
    assert "needs you" not in said
    asa.says("Norrsken")
    assert not asa.offers("Draft")
    assert mail.messages == []


def test_erpnext_45685_a_digest_never_comes_on_a_day_of_rest(tmp_path: Path, mail: MailServer) -> None:
    asa = chased(tmp_path, mail)
    asa.hears("2026-12-23 12:00")
    said = asa.hears("2026-12-27 20:00")
    assert "needs you" not in said
    assert "needs you today" in asa.hears("2026-12-28 08:00")


ZONES = [
    "Europe/Oslo",
    "Europe/Helsinki",
    "Atlantic/Azores",
    "Pacific/Apia",
    "America/New_York",
    "Asia/Kathmandu",
]


@given(
    at=st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
    zone=st.sampled_from(ZONES),
    hour=st.times(),
    country=st.sampled_from(["NO", "SE", "DK", "FI"]),
)
def test_invoiceninja_8974_erpnext_45685_the_next_digest_is_the_businesss_own_hour_on_a_bank_day(
    at: datetime, zone: str, hour: time, country: str
) -> None:
    hour = hour.replace(microsecond=0, second=0)
    business = replace(AT_WORK, zone=zone, nudge_at=hour, country=country)
    found = next_nudge(business, at)
    here = found.astimezone(ZoneInfo(zone))
    assert at < found <= at + timedelta(days=8)
    assert workdays.on_or_after(here.date(), country) == here.date()
    assert abs(here.replace(tzinfo=None) - datetime.combine(here.date(), hour)) <= timedelta(hours=1)
    assert next_nudge(business, found) > found


# Instalments


def test_invoiceninja_8585_erpnext_26969_a_missed_second_part_is_named_with_what_when_and_by_whom(
    asa: Owner,
) -> None:
    asa.says("plan Norrsken 3")
    asa.presses("We agreed on this")
    asa.hears("2026-12-08 09:00")
    asa.says("paid 1058 1375.17")
    assert "needs you" not in asa.hears("2027-01-08 12:00")
    assert "an instalment is missing" in asa.hears("2027-01-11 08:00")
    said = asa.says("Norrsken")
    assert re.search(r"Instalment 2 of SEK 1,375\.\d\d was due on Friday 8 January", said)
    assert "Agreed on Tuesday 24 November 2026 by Åsa Lind" in said
    assert "If you do nothing, nothing is sent." in said
    assert asa.house.mail.messages == []


# The customer's language


@pytest.mark.parametrize("language", ["sv", "nb", "da", "fi", "en"])
def test_odoo_33885_erpnext_4457_no_letter_mixes_two_languages(
    tmp_path: Path, mail: MailServer, language: str
) -> None:
    asa = chased(tmp_path, mail, NORRSKEN.replace(";Bread;en", f";;{language}"))
    message = sent(asa)
    text = body(message).replace("Åsas Bageri AB", "")
    assert message["Content-Language"] == language
    assert [s for s in sentences(text) if foreign(s, language)] == []


def test_odoo_33885_a_sentence_in_another_language_cannot_be_approved(asa: Owner) -> None:
    drafted(asa)
    asa.presses("Edit")
    said = asa.presses(
        "Save", body=f"{asa.letters()[-1].body}\n\nVi har inte fått era pengar än, kan ni titta på det?"
    )
    assert "is in another language" in said
    assert not asa.offers("Approve")


def test_erpnext_4457_an_unknown_language_is_asked_for_and_nothing_written(
    tmp_path: Path, mail: MailServer
) -> None:
    asa = chased(tmp_path, mail, NORRSKEN.removesuffix("en"))
    assert "Which language does Café Norrsken read?" in drafted(asa)
    assert asa.letters() == ()
    asa.presses("Finnish")
    assert "Viite" in asa.paper()


# Catch up after downtime


def test_invoiceninja_637_nine_days_off_are_one_question_per_customer(
    tmp_path: Path, mail: MailServer
) -> None:
    rows = [NORRSKEN] + [
        f"Kund {n};kund{n}@kund.example;Kim Berg;30{n}0;2026-10-20;2026-11-{n};500,00;SEK;;Bread;en"
        for n in (17, 18)
    ]
    asa = owner_of(AT_WORK, tmp_path, mail)
    asa.takes_in(*rows)
    asa.house.clock.at = datetime(2026, 11, 26, 7, 30, tzinfo=UTC)
    said = asa.waits(1)
    assert said.count("need you today") == 1
    assert "Three customers need you today" in said
    assert all(said.count(f"{name} ") == 1 for name in ("Kund 17", "Kund 18"))
    assert mail.messages == []


def test_invoiceninja_637_a_draft_from_before_nine_days_off_is_not_sent_with_days_that_have_passed(
    asa: Owner,
) -> None:
    drafted(asa)
    approve = asa.button("Approve")
    asa.house.clock.at += timedelta(days=9)
    asa.waits(0)
    assert "Here it is anew" in asa.pushes(approve)
    asa.waits(UNDO)
    assert asa.house.mail.messages == []


def test_invoiceninja_637_a_letter_approved_before_nine_days_off_does_not_leave_with_days_that_have_passed(
    asa: Owner,
) -> None:
    drafted(asa)
    asa.presses("Approve")
    asa.house.clock.at += timedelta(days=9)
    asa.waits(0)
    assert asa.house.mail.messages == []


# Nobody else's data


WORD = st.text("abcdefghjkmnpqrstuvwxyz", min_size=5, max_size=9)


@given(
    words=st.lists(WORD, min_size=8, max_size=8, unique=True),
    numbers=st.lists(st.integers(100_000, 999_999), min_size=4, max_size=4, unique=True),
)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_akaunting_1646_coloredcow_1895_of_two_open_drafts_no_field_of_one_is_in_the_other(
    tmp_path: Path, mail: MailServer, words: list[str], numbers: list[int]
) -> None:
    mail.messages.clear()
    one, two = ([f"zq{w}" for w in words[at : at + 4]] for at in (0, 4))
    rows = [
        f"{w[0]} AB;{w[1]}@{w[1]}.example;{w[2]} Berg;7{n};2026-10-20;2026-11-19;{m},00;SEK;;{w[3]};en"
        for w, (n, m) in ((one, numbers[:2]), (two, numbers[2:]))
    ]
    asa = chased(tmp_path / str(next(TOWNS)), mail, *rows)
    for each in (one, two):
        drafted(asa, each[0])
    for letter, theirs in zip(asa.letters(), (two, one), strict=True):
        text = plain(f"{letter.to}{letter.cc}{letter.subject}{letter.body}").casefold()
        assert not any(word in text for word in theirs)
        assert sum(f"7{n}" in text for n in (numbers[0], numbers[2])) == 1
    for each in (one, two):
        sent(asa, each[0])
    recipients = [m["To"].addresses[0].addr_spec for m in mail.messages]
    assert recipients == [f"{w[1]}@{w[1]}.example" for w in (one, two)]


# Switching on is safe


def test_sendregning_pindena_netvisor_400_old_invoices_are_one_question_and_no_letters(
    tmp_path: Path, mail: MailServer
) -> None:
    asa = owner_of(AT_WORK, tmp_path, mail)
    rows = [
        f"Kund {n % 90};k{n % 90}@kund.example;;{5000 + n};;2026-{1 + n % 10:02d}-15;{100 + n},00;SEK;;Bun;sv"
        for n in range(400)
    ]
    asa.drops(*rows)
    said = asa.presses("Take it in")
    assert said.count("I found 400 old unpaid invoices") == 1
    assert "I won't touch them until you say what you want." in said
    asa.hears("2026-12-18 08:00")
    assert "needs you" not in asa.says("today")
    assert (asa.letters(), mail.messages) == ((), [])
