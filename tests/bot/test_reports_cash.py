"""Expected cash: every part of what is owed stands in one place, and a range holds what is likely."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.cases import Case
from bot.disputes import Dispute
from bot.invoices import Invoice, open_totals
from bot.letters import Claim
from bot.money import Money
from bot.plans import Plan
from bot.promises import Promise
from bot.reports_cash import USUAL, Forecast, Habits, forecast, habits, quarters
from tests.cast import CAFE_NORRSKEN, blomman, everyone, invoice, kr, mogens, norrsken, settled

TODAY = date(2026, 11, 25)
MONDAY = date(2026, 11, 23)
NOBODY = Habits({}, ())


def bill(number: str, amount: str, late: int) -> Invoice:
    return invoice(CAFE_NORRSKEN, number, amount, TODAY - timedelta(days=late))


def of(*claims: Invoice, known: Habits = NOBODY, **more: tuple[object, ...]) -> Forecast:
    case = replace(Case(customer=CAFE_NORRSKEN, invoices=claims), **more)  # type: ignore[arg-type]  # by name
    (found,) = forecast((case,), known, TODAY, "SE")
    return found


def likely(found: Forecast) -> dict[int, Money]:
    """What is likely in each week, by how many weeks ahead it is."""
    return {(w.monday - MONDAY).days // 7: w.likely for w in found.weeks if w.likely}


def test_a_habit_needs_three_paid_invoices_else_everybodys_counts_and_else_the_usual() -> None:
    known = Habits({"often": (1, 2, 3), "seldom": (40, 40)}, (1, 2, 3, 40, 40))
    assert known.days("often", 0) == (1, 2, 3)
    assert known.days("seldom", 0) == (1, 2, 3, 40, 40)
    assert NOBODY.days("often", 0) == USUAL


def test_whoever_is_later_than_ever_is_measured_by_everybody_and_then_by_nobody() -> None:
    known = Habits({"often": (1, 2, 3)}, (1, 2, 3, 40))
    assert known.days("often", 3) == (3,)
    assert known.days("often", 10) == (40,)
    assert known.days("often", 41) == ()


def test_the_habit_of_a_customer_is_how_late_their_invoices_were_paid() -> None:
    found = habits(norrsken(TODAY).invoices)
    assert found.own == {"norrsken": (17, 18, 18, 21)}
    assert quarters(found.all) == (17, 18, 21)


def test_money_is_likely_when_the_customer_usually_pays_and_in_range_around_it() -> None:
    known = Habits({"norrsken": (2, 9, 16)}, (2, 9, 16))
    found = of(bill("1", "1000", -7), known=known)  # due on 2 December: paid on 4, 11 or 18 December
    assert [(w.low, w.likely, w.high) for w in found.weeks[:5]] == [
        (kr("0"), kr("0"), kr("0")),
        (kr("0"), kr("0"), kr("1000")),
        (kr("0"), kr("1000"), kr("1000")),
        (kr("0"), kr("0"), kr("1000")),
        (kr("0"), kr("0"), kr("0")),
    ]


def test_money_that_can_only_come_in_one_week_is_its_least() -> None:
    known = Habits({}, (0, 0, 1))
    week = of(bill("1", "1000", -5), known=known).weeks[1]
    assert (week.low, week.likely, week.high) == (kr("1000"), kr("1000"), kr("1000"))


def test_a_promise_is_expected_on_its_day_and_the_rest_by_habit() -> None:
    claim = bill("1", "1000", 3)
    promise = Promise(
        id="p",
        customer=claim.customer,
        day=date(2026, 12, 8),
        made=TODAY,
        amount=kr("400"),
        claims=(Claim(claim.id, claim.amount),),
    )
    found = of(claim, promises=(promise,), known=Habits({}, (5, 5, 5)))
    assert likely(found) == {0: kr("600"), 2: kr("400")}
    assert found.weeks[2].low == kr("400")


def test_a_broken_promise_says_nothing() -> None:
    claim = bill("1", "1000", 3)
    promise = Promise(
        id="p",
        customer=claim.customer,
        day=date(2026, 11, 19),
        made=date(2026, 11, 10),
        claims=(Claim(claim.id, claim.amount),),
    )
    assert of(claim, promises=(promise,)) == of(claim)


def test_a_plan_in_good_standing_is_expected_part_by_part() -> None:
    case = blomman(TODAY)
    (found,) = forecast((case,), NOBODY, TODAY, "SE")
    open_parts = [p for p in case.plans[0].instalments if p.day >= TODAY]
    assert likely(found) == {(p.day - MONDAY).days // 7: p.amount for p in open_parts}


def test_an_offer_that_waits_is_likely_but_never_sure() -> None:
    case = blomman(TODAY)
    offer = replace(case.plans[0], state="offered", agreed=TODAY)
    claim = replace(case.invoices[0], paid=kr("0"))
    (found,) = forecast((replace(case, invoices=(claim,), plans=(offer,), payments=()),), NOBODY, TODAY, "SE")
    assert sum((w.low for w in found.weeks), kr("0")) == kr("0")
    assert found.total == kr("9000")


def test_what_is_contested_handed_over_without_a_due_date_or_too_late_has_no_day() -> None:
    claim = bill("1", "1000", 3)
    dispute = Dispute(id="d", customer=claim.customer, invoice=claim.id, opened=TODAY, part=kr("250"))
    found = of(
        claim,
        replace(bill("2", "500", 3), state="handed_over"),
        replace(bill("3", "70", 3), due=None),
        bill("4", "8", 300),
        disputes=(dispute,),
    )
    assert found.undated == {
        "too_late": kr("8"),
        "disputed": kr("250"),
        "handed_over": kr("500"),
        "no_due": kr("70"),
    }
    assert likely(found) == {1: kr("750")}  # seven days after it was due, a Sunday: so on Monday


def test_the_currencies_of_all_customers_are_told_apart() -> None:
    cases = everyone(TODAY)
    found = forecast(cases, habits(i for c in cases for i in c.invoices), TODAY, "SE")
    assert [f.total for f in found] == list(open_totals(i for c in cases for i in c.invoices))
    assert found[1].undated == {"disputed": mogens(TODAY).invoices[1].amount}


amounts = st.integers(1, 10**7)
lateness = st.lists(st.integers(-30, 90), max_size=6).map(lambda days: tuple(sorted(days)))


@given(
    st.lists(st.tuples(amounts, st.integers(-120, 200)), min_size=1, max_size=6),
    lateness,
    lateness,
    st.tuples(st.integers(0, 120), amounts) | st.none(),
    st.integers(1, 10**7) | st.none(),
    st.booleans(),
)
def test_every_part_stands_in_one_place_and_every_range_holds_the_likely(
    bills: list[tuple[int, int]],
    own: tuple[int, ...],
    others: tuple[int, ...],
    promised: tuple[int, int] | None,
    contested: int | None,
    is_planned: bool,
) -> None:
    claims = tuple(
        replace(bill(str(n), "1", late), amount=Money(minor, "SEK")) for n, (minor, late) in enumerate(bills)
    )
    about = tuple(Claim(i.id, i.amount) for i in claims)
    who, first = CAFE_NORRSKEN.id, claims[0]
    case = Case(customer=CAFE_NORRSKEN, invoices=claims)
    if promised:
        day, amount = TODAY + timedelta(days=promised[0]), Money(promised[1], "SEK")
        promise = Promise(id="p", customer=who, day=day, made=TODAY, amount=amount, claims=about)
        case = replace(case, promises=(promise,))
    if contested:
        part = Money(contested, "SEK")
        dispute = Dispute(id="d", customer=who, invoice=first.id, opened=TODAY, part=part)
        case = replace(case, disputes=(dispute,))
    if is_planned:
        parts = blomman(TODAY).plans[0].instalments
        plan = Plan(
            id="l", customer=who, invoices=(claims[-1].id,), instalments=parts, agreed=TODAY, agreed_by="Åsa"
        )
        case = replace(case, plans=(plan,))
    known = Habits({who: own}, tuple(sorted((*own, *others))))
    (found,) = forecast((case,), known, TODAY, "SE")
    assert found.total == open_totals(claims)[0]
    assert all(kr("0") <= w.low <= w.likely <= w.high <= found.total for w in found.weeks)


def test_what_is_paid_is_expected_no_more() -> None:
    assert (
        forecast(
            (Case(customer=CAFE_NORRSKEN, invoices=(settled(bill("1", "9", 3), TODAY),)),),
            NOBODY,
            TODAY,
            "SE",
        )
        == ()
    )
