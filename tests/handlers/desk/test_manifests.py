from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from bot.cases import Case
from bot.dossiers import Dossier, dossier
from bot.money import Money
from handlers.desk.manifests import manifest, told
from messages.papers import Enclosed
from tests.bot.test_escalations import noticed
from tests.cast import ASAS_BAGERI, blomman, kr, mogens, payments, reminder

TODAY = date(2026, 11, 26)


def found(case: Case) -> Dossier:
    return dossier(case.invoices, case, ASAS_BAGERI, TODAY, {})


def test_days_amounts_and_rates_are_told_so_that_no_machine_mistakes_them() -> None:
    assert told(Money.of("18400.5", "SEK")) == {"amount": "18400.50", "currency": "SEK"}
    assert told((date(2026, 11, 26), Decimal("12.25"), None)) == ["2026-11-26", "12.25", None]
    assert told(datetime(2026, 11, 26, 8, tzinfo=UTC)) == "2026-11-26T08:00:00+00:00"


def test_plans_and_disputes_name_invoices_by_number_and_nothing_by_our_ids() -> None:
    plan = blomman(TODAY)
    said = manifest(found(replace(plan, payments=payments(plan))), ())
    assert said["plans"][0]["invoices"] == ["2051"] and len(said["plans"][0]["instalments"]) == 3
    assert said["invoices"][0]["paid"][0]["amount"] == {"amount": "3000.00", "currency": "SEK"}
    contested = manifest(found(mogens(TODAY)), ())
    assert [d["invoice"] for d in contested["disputes"]] == ["1988", "2060"]
    assert "blomman-plan" not in json.dumps(said) and "mogens-1" not in json.dumps(contested)


def test_a_debtor_is_told_by_every_name_they_go_by() -> None:
    case = noticed()
    case = replace(case, customer=replace(case.customer, also=("Bygg i Norr AB",)))
    assert manifest(found(case), ())["debtor"]["also"] == ["Bygg i Norr AB"]


def test_a_letter_about_others_too_tells_of_these_invoices_alone() -> None:
    case = noticed()
    other = replace(case.invoices[0], id="other", number="9999")
    letter = reminder(case.invoices[0], 1, TODAY)
    letter = replace(letter, claims=(*letter.claims, replace(letter.claims[0], invoice="other")))
    case = replace(case, invoices=(*case.invoices, other), letters=(letter,))
    said = manifest(dossier(case.invoices[:1], case, ASAS_BAGERI, TODAY, {}), ())
    assert said["letters"][0]["claims"] == [{"invoice": "2042", "amount": told(kr("18400"))}]


def test_every_file_is_listed_by_its_digest_and_size() -> None:
    said = manifest(found(noticed()), [Enclosed("letters/a.txt", "ab" * 32, 7, "x")])
    assert said["files"] == [{"name": "letters/a.txt", "sha256": "ab" * 32, "bytes": 7}]
