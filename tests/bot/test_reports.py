"""Reports: ageing, days sales outstanding and what came in, with currencies apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.invoices import AGES, Invoice, ageing, open_totals
from bot.money import Money
from bot.payments import Payment
from bot.reports import aged, came_in, closes_week, month_ends, sales_days
from tests.cast import BYGG_OCH_BETONG, CAFE_NORRSKEN, invoice, kr

TODAY = date(2026, 11, 25)


def euros(claim: Invoice, amount: str) -> Invoice:
    return replace(claim, id=f"{claim.id}-eur", amount=Money.of(amount, "EUR"), paid=Money(0, "EUR"))


def bill(number: str, amount: str, late: int) -> Invoice:
    return invoice(CAFE_NORRSKEN, number, amount, TODAY - timedelta(days=late))


def paid(claim: Invoice, day: date, amount: Money, kind: str = "payment") -> Payment:
    made = Payment(id=f"{claim.id}-{day}", customer=claim.customer, invoice=claim.id, day=day, amount=amount)
    return replace(made, kind="credit_note") if kind == "credit_note" else made


def test_what_is_owed_stands_in_its_bucket_and_due_today_is_not_late() -> None:
    claims = (bill("1", "100", 0), bill("2", "200", 1), bill("3", "300", 30), bill("4", "400", 95))
    (table,) = aged(claims, TODAY)
    assert [(a.begins, a.owed, a.count) for a in table.ages] == [
        (-1, kr("100"), 1),
        (0, kr("200"), 1),
        (30, kr("300"), 1),
        (60, kr("0"), 0),
        (90, kr("400"), 1),
    ]
    assert (table.total, table.late) == (kr("1000"), kr("900"))


def test_each_currency_has_a_table_of_its_own_the_commonest_first() -> None:
    claims = (euros(bill("1", "0", 5), "70"), bill("2", "200", 5), bill("3", "300", 5))
    assert [table.total for table in aged(claims, TODAY)] == [kr("500"), Money.of("70", "EUR")]


def test_what_is_written_off_or_paid_is_in_no_bucket() -> None:
    gone = replace(bill("1", "100", 40), state="written_off")
    settled = replace(bill("2", "100", 40), paid=kr("100"))
    assert aged((gone, settled), TODAY) == ()


@given(st.lists(st.tuples(st.integers(-60, 400), st.integers(1, 10**9), st.sampled_from(["SEK", "EUR"]))))
def test_every_table_adds_up_to_what_is_open_in_its_currency(drawn: list[tuple[int, int, str]]) -> None:
    claims = [
        replace(bill(str(n), "1", late), id=str(n), amount=Money(minor, code), paid=Money(0, code))
        for n, (late, minor, code) in enumerate(drawn)
    ]
    tables = aged(claims, TODAY)
    assert {t.total for t in tables} == set(open_totals(claims))
    for begins in (-1, *AGES):
        owed = {a.owed for t in tables for a in t.ages if a.begins == begins and a.owed}
        assert owed == set(ageing(claims, TODAY)[begins])


def test_days_sales_outstanding_is_what_is_owed_by_the_sales_of_ninety_days() -> None:
    # 30 days to pay: issued 20 and 50 days ago within the ninety days, and 130 days ago before them.
    claims = (bill("1", "3000", -10), bill("2", "6000", 20), replace(bill("3", "900", 100), paid=kr("900")))
    (found,) = sales_days(claims, (), TODAY)
    assert (found.owed, found.sold, found.days) == (kr("9000"), kr("9000"), 90)
    half = replace(claims[1], paid=kr("6000"))
    assert sales_days((claims[0], half), (), TODAY)[0].days == 30


def test_a_credit_note_is_no_sale() -> None:
    claim = replace(bill("1", "3000", 5), paid=kr("1000"))
    note = paid(claim, TODAY, kr("1000"), "credit_note")
    (found,) = sales_days((claim,), (note,), TODAY)
    assert (found.owed, found.sold) == (kr("2000"), kr("2000"))


def test_of_an_earlier_day_what_came_later_was_still_owed() -> None:
    claim = replace(bill("1", "3000", 5), paid=kr("3000"))
    money = paid(claim, TODAY - timedelta(days=1), kr("3000"))
    assert sales_days((claim,), (money,), TODAY)[0].days == 0
    assert sales_days((claim,), (money,), TODAY - timedelta(days=2))[0].days == 90
    assert sales_days((claim,), (money,), TODAY - timedelta(days=40))[0].days is None


def test_where_nothing_was_sold_there_is_no_figure() -> None:
    assert sales_days((bill("1", "500", 200),), (), TODAY)[0].days is None
    dateless = replace(bill("1", "500", 5), issued=None, due=None)
    assert sales_days((dateless,), (), TODAY)[0].owed == kr("0")


def test_the_course_of_it_ends_today_after_the_last_days_of_months() -> None:
    assert month_ends(date(2026, 3, 31), 2) == (date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31))


def test_a_week_closes_on_friday_or_the_last_bank_day_before_a_feast() -> None:
    assert [d.day for d in _days(date(2026, 11, 23), 7) if closes_week(d, "SE")] == [27]
    assert [d.day for d in _days(date(2026, 12, 21), 7) if closes_week(d, "SE")] == [23]


def _days(first: date, count: int) -> list[date]:
    return [first + timedelta(days=n) for n in range(count)]


def test_what_came_in_is_money_of_those_days_less_what_was_taken_back() -> None:
    mine = bill("1", "500", 5)
    other = invoice(BYGG_OCH_BETONG, "2", "900", TODAY)
    money = (
        paid(mine, TODAY, kr("500")),
        paid(other, TODAY - timedelta(days=2), kr("900")),
        paid(other, TODAY - timedelta(days=1), -kr("100")),
        paid(other, TODAY, kr("50"), "credit_note"),
        paid(euros(mine, "70"), TODAY, Money.of("70", "EUR")),
        paid(mine, TODAY - timedelta(days=3), kr("1")),
    )
    came = came_in(money, TODAY - timedelta(days=2), TODAY)
    assert came.sums == (kr("1300"), Money.of("70", "EUR"))
    assert (came.payments, came.customers) == (3, 2)
