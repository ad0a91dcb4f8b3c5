"""One account at each vendor, in the shapes of its published documentation; the people are the bakery's."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tests.storage.ledgers.office import Office, Params, Said

Row = dict[str, Any]
Rows = Sequence[Row]


def bearer(token: str) -> Callable[[Mapping[str, str]], bool]:
    return lambda headers: headers.get("Authorization") == f"Bearer {token}"


def fiken(office: Office, invoices: Rows = (), notes: Rows = ()) -> None:
    """Pages from nought, told in headers; what is settled is left out when asked so."""

    def paged(listed: Rows) -> Callable[[Params], Said]:
        def page(params: Params) -> Said:
            open_ones = [row for row in listed if not (row.get("sale") or {}).get("settled")]
            size, number = int(params.get("pageSize", 25)), int(params.get("page", 0))
            wanted = open_ones if params.get("settled") == "false" else list(listed)
            if asked := params.get("invoiceNumber"):
                wanted = [row for row in wanted if str(row.get("invoiceNumber")) == asked]
            headers = {"Fiken-Api-Page": str(number), "Fiken-Api-Page-Count": str(-(-len(wanted) // size))}
            return Said(wanted[number * size : (number + 1) * size], headers=headers)

        return page

    office.let_in = bearer("tok-secret")
    office.pages = {
        "/companies/bageri-as/invoices": paged(invoices),
        "/companies/bageri-as/creditNotes": paged(notes),
        **{f"/companies/bageri-as/invoices/{r['invoiceId']}": _just(r) for r in invoices},
    }


def _just(body: Any) -> Callable[[Params], Said]:
    return lambda params: Said(body)


def stripe(office: Office, invoices: Rows = (), paid: Mapping[str, Rows] | None = None) -> None:
    """Lists that go on after an id, filtered by state and by how it is collected; payments where told."""

    def payments(params: Params) -> Said:
        listed = [r for r in (paid or {}).get(params["invoice"], ()) if r["status"] == params["status"]]
        return after(listed, params)

    def page(params: Params) -> Said:
        listed = [
            r
            for r in invoices
            if r["status"] == params["status"] and r["collection_method"] == params["collection_method"]
        ]
        return after(listed, params)

    def after(listed: Rows, params: Params) -> Said:
        ids = [r["id"] for r in listed]
        start = ids.index(params["starting_after"]) + 1 if "starting_after" in params else 0
        some = listed[start : start + int(params["limit"])]
        more = start + len(some) < len(listed)
        return Said({"object": "list", "url": "/v1/invoices", "has_more": more, "data": some})

    office.let_in = bearer("tok-secret")

    def search(params: Params) -> Said:
        found = [r for r in invoices if params["query"] == f'number:"{r["number"]}"']
        return Said(
            {"object": "search_result", "url": "/v1/invoices/search", "has_more": False, "data": found}
        )

    office.pages = {"/invoices": page, "/invoices/search": search}
    office.pages |= {f"/invoices/{r['id']}": _just(r) for r in invoices}
    office.pages |= {} if paid is None else {"/invoice_payments": payments}


def tripletex(office: Office, invoices: Rows = (), older: Rows = ()) -> None:
    """A session first; then a list from an index on, of the days asked for."""

    def session(params: Params) -> Said:
        known = (params["consumerToken"], params["employeeToken"]) == ("tok-secret", "emp-secret")
        return Said({"value": {"token": "session"}}) if known else Said({"status": 401}, 401)

    def page(params: Params) -> Said:
        first, after = params["invoiceDateFrom"], params["invoiceDateTo"]
        listed = [r for r in invoices if first <= r["invoiceDate"] < after]
        start, count = int(params["from"]), int(params["count"])
        some = listed[start : start + count]
        return Said({"fullResultSize": len(listed), "from": start, "count": len(some), "values": some})

    signed = f"Basic {base64.b64encode(b'0:session').decode()}"
    office.let_in = lambda headers: headers.get("Authorization", signed) == signed
    office.pages = {
        "/token/session/:create": session,
        "/invoice": page,
        **{f"/invoice/{r['id']}": _just({"value": r}) for r in (*invoices, *older)},
    }


def fortnox(
    office: Office, invoices: Rows = (), customers: Rows = (), paid: Mapping[str, Rows] | None = None
) -> None:
    """A token for an hour first; then pages from one, their number told in the answer; payments apart."""

    def token(params: Params) -> Said:
        return Said({"access_token": "hour", "token_type": "bearer", "expires_in": 3600})

    def paged(name: str, listed: Rows) -> Callable[[Params], Said]:
        def page(params: Params) -> Said:
            number, size = int(params["page"]), int(params["limit"])
            pages = max(1, -(-len(listed) // size))
            told = {"@TotalResources": len(listed), "@TotalPages": pages, "@CurrentPage": number}
            some = listed[(number - 1) * size : number * size]
            return Said({"MetaInformation": told, name: some})

        return page

    asked = base64.b64encode(b"app:tok-secret").decode()
    office.let_in = lambda headers: (
        headers.get("Authorization") in ("Bearer hour", f"Basic {asked}") and headers.get("TenantId") == "42"
    )
    unpaid = [r for r in invoices if r["Balance"] and not r["Cancelled"]]
    office.pages = {
        "/oauth-v1/token": token,
        "/invoices": paged("Invoices", [{k: v for k, v in r.items() if k not in WHOLE} for r in unpaid]),
        "/customers": paged("Customers", customers),
        "/invoicepayments": lambda params: paged(
            "InvoicePayments", (paid or {}).get(params["invoicenumber"], ())
        )(params),
        **{f"/invoices/{r['DocumentNumber']}": _just({"Invoice": r}) for r in invoices},
    }


WHOLE = ("Credit", "CreditInvoiceReference", "OrganisationNumber", "EmailInformation", "Phone1")
"""What Fortnox tells of one invoice, and not in the list."""


ENTRIES = "/bookedEntriesapi/v6.0.0/booked-entries"


def economic(
    office: Office, invoices: Rows = (), customers: Rows = (), entries: Rows = (), pairs: Rows = ()
) -> None:
    """Collections from page nought on, the last of them without a next one; entries from cursor to cursor."""

    def paged(path: str, listed: Rows) -> Callable[[Params], Said]:
        def page(params: Params) -> Said:
            skipped, size = int(params["skippages"]), int(params["pagesize"])
            told: Row = {"skipPages": skipped, "pageSize": size, "results": len(listed)}
            if (skipped + 1) * size < len(listed):
                told["nextPage"] = f"{office.base}{path}?skippages={skipped + 1}&pagesize={size}"
            some = listed[skipped * size : (skipped + 1) * size]
            return Said({"collection": some, "pagination": told})

        return page

    office.let_in = lambda headers: (
        (headers.get("X-AppSecretToken"), headers.get("X-AgreementGrantToken"))
        == ("tok-secret", "grant-secret")
    )
    unpaid = [r for r in invoices if r["remainder"]]
    office.pages = {
        "/invoices/unpaid": paged("/invoices/unpaid", unpaid),
        "/customers": paged("/customers", customers),
        **{f"/invoices/booked/{r['bookedInvoiceNumber']}": _just(r) for r in invoices},
        ENTRIES: _cursored(entries, lambda row, wanted: all(_meets(row, each) for each in wanted)),
        f"{ENTRIES}/matched-pairs": _cursored(pairs, lambda row, wanted: any(_meets(row, e) for e in wanted)),
    }


def _cursored(listed: Rows, lets: Callable[[Row, list[str]], bool]) -> Callable[[Params], Said]:
    """What a filter lets through, two at a time; the cursor is not there when there is no more."""

    def page(params: Params) -> Said:
        wanted = params["filter"].replace("$or:", "$and:").split("$and:")
        found = [row for row in listed if lets(row, wanted)]
        start = int(params.get("cursor", 0))
        more = {"cursor": str(start + 2)} if start + 2 < len(found) else {}
        return Said({"items": found[start : start + 2], **more})

    return page


def _meets(row: Row, wanted: str) -> bool:
    """Whether a row meets one predicate of a filter: equal, not equal, or one of several."""
    name, operator, value = re.fullmatch(r"(\w+)\$(eq|ne|in):(.*)", wanted).groups()  # type: ignore[union-attr]
    has = "$null:" if row.get(name) is None else str(row[name])
    return {"eq": has == value, "ne": has != value, "in": has in value.strip("[]").split(",")}[operator]


def billy(office: Office, invoices: Rows = (), contacts: Rows = (), people: Rows = ()) -> None:
    """Pages from one, their number told beside the rows; what there are many of only where asked for."""

    def shown(row: Row, params: Params) -> Row:
        asked = params.get("include", "").split(",")
        left = [name for name in ("lateFees", "balanceModifiers") if f"invoice.{name}:embed" not in asked]
        return {name: value for name, value in row.items() if name not in left}

    def paged(name: str, listed: Rows) -> Callable[[Params], Said]:
        def page(params: Params) -> Said:
            number, size = int(params["page"]), int(params["pageSize"])
            told = {
                "page": number,
                "pageCount": -(-len(listed) // size),
                "pageSize": size,
                "total": len(listed),
            }
            some = [shown(row, params) for row in listed[(number - 1) * size : number * size]]
            return Said({"meta": {"statusCode": 200, "success": True, "paging": told}, name: some})

        return page

    office.let_in = lambda headers: headers.get("X-Access-Token") == "tok-secret"
    unpaid = [r for r in invoices if not r["isPaid"] and r["state"] == "approved"]

    def listed(params: Params) -> Said:
        if number := params.get("invoiceNo"):
            same = [shown(r, params) for r in invoices if r["invoiceNo"] == number]
            return Said({"invoices": same, "meta": {}})
        return paged("invoices", unpaid)(params)

    def one(row: Row) -> Callable[[Params], Said]:
        return lambda params: Said({"meta": {"success": True}, "invoice": shown(row, params)})

    office.pages = {
        "/invoices": listed,
        "/contacts": paged("contacts", contacts),
        "/contactPersons": paged("contactPersons", people),
        **{f"/invoices/{r['id']}": one(r) for r in invoices},
    }


def dinero(
    office: Office,
    invoices: Rows = (),
    contacts: Rows = (),
    notes: Rows = (),
    paid: Mapping[str, Rows] | None = None,
) -> None:
    """A token for an hour; lists from page nought, by status and with fields asked for; payments apart."""

    def token(params: Params) -> Said:
        told = (params["grant_type"], params["username"], params["password"])
        known = told == ("password", "key-secret", "key-secret") and "write" not in params["scope"]
        return Said({"access_token": "hour", "expires_in": 3600}) if known else Said({}, 400)

    def paged(listed: Rows) -> Callable[[Params], Said]:
        def page(params: Params) -> Said:
            wanted = params.get("statusFilter", "").split(",")
            some = [r for r in listed if wanted == [""] or r["Status"] in wanted]
            some = [r for r in some if params.get("freeTextSearch", "") in str(r.get("Number"))]
            number, size = int(params["page"]), int(params["pageSize"])
            fields = params["fields"].split(",")
            shown = [{f: r.get(f) for f in fields} for r in some[number * size : (number + 1) * size]]
            told: Row = {"PageSize": size, "Result": len(shown), "Page": number}
            return Said({"Collection": shown, "Pagination": told})

        return page

    def payments(row: Row) -> Row:
        came = (paid or {}).get(row["Guid"], ())
        total = sum(Decimal(p["Amount"]) for p in came)
        left = Decimal(row["TotalInclVat"]) - total
        return {"PaidAmount": float(total), "RemainingAmount": float(left), "Payments": list(came)}

    def whole(row: Row) -> Row:
        state = "Draft" if row["Status"] == "Draft" else "Booked"
        return {**row, "PaymentStatus": row["Status"], "Status": state}

    asked = base64.b64encode(b"app:tok-secret").decode()
    office.let_in = lambda headers: headers.get("Authorization") in ("Bearer hour", f"Basic {asked}")
    office.pages = {
        "/dineroapi/oauth/token": token,
        "/v1/42/invoices": paged(invoices),
        "/v1/42/sales/creditnotes": paged(notes),
        "/v1/42/contacts": paged(contacts),
        **{f"/v1/42/invoices/{r['Guid']}": _just(whole(r)) for r in invoices},
        **{f"/v2/42/invoices/{r['Guid']}/payments": _just(payments(r)) for r in invoices},
    }


@dataclass(frozen=True)
class Account:
    """How an empty account is opened, and what lets one in."""

    empty: Callable[[Office], None]
    secrets: dict[str, str]


ACCOUNTS = {
    "billy": Account(billy, {"token": "tok-secret"}),
    "dinero": Account(
        dinero,
        {"client_id": "app", "client_secret": "tok-secret", "api_key": "key-secret", "company": "42"},
    ),
    "economic": Account(economic, {"app_secret": "tok-secret", "grant": "grant-secret"}),
    "fiken": Account(fiken, {"token": "tok-secret", "company": "bageri-as"}),
    "stripe": Account(stripe, {"token": "tok-secret"}),
    "tripletex": Account(tripletex, {"consumer_token": "tok-secret", "employee_token": "emp-secret"}),
    "fortnox": Account(fortnox, {"client_id": "app", "client_secret": "tok-secret", "tenant": "42"}),
}
