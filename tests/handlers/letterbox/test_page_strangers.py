"""To whom a page is not for: told the same as everybody, in words, and never whose it would be."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.links import Address, token
from bot.pages import LIVES
from handlers.letterbox.page import LARGEST, Limits
from handlers.letterbox.page_limits import Allowance
from tests.handlers.letterbox.customer import REACHED, arrived, is_nobodys, replies, sent, words
from tests.handlers.talk import Talk

PDF = b"%PDF-1.4 the invoice"


def test_a_forged_link_is_told_nothing(reached: Talk) -> None:
    letter = sent(reached, "norrsken")
    forged = token(Address(reached.house.business.id, letter.id), lambda text: b"x" * 32)
    with arrived(reached, letter) as customer:
        good = customer.path.removeprefix("/p/")
        for wrong in (
            forged,
            good[:-1],
            good[1:],
            "a" * 390,
            "%00",
            "%E2%82%AC",
            "..%2f..",
            good.replace(good[5], "7"),
        ):
            if wrong != good:
                assert is_nobodys(customer.client.get(f"/p/{wrong}")), wrong
        assert customer.client.post(f"/p/{forged}", data={"say": "paid"}).status_code == 404
    assert replies(reached, "norrsken") == []


@pytest.mark.parametrize("end", ["closed", "old", "handed over", "turned off", "not sent", "other business"])
def test_a_link_that_is_over_is_told_the_same_as_one_that_never_was(end: str, reached: Talk) -> None:
    letter = sent(reached, "bygg")
    with arrived(reached, letter) as customer:
        assert customer.client.get(customer.path).status_code == 200
        with reached.books() as books:
            invoice = books.invoices.get(letter.claims[0].invoice)
            match end:
                case "closed":
                    books.pages.close(letter.id, "Åsa Lind")
                case "old":
                    past = letter.made - LIVES
                    books.letters.save(replace(letter, made=past, sent_day=past))
                case "handed over":
                    books.invoices.save(replace(invoice, state="handed_over"))
                case "turned off":
                    books.save_business(replace(books.business, page=False))
                case "not sent":
                    books.letters.save(replace(letter, state="withdrawn"))
                case "other business":
                    sign = reached.house.app.database.vault
                    assert sign
                    address = Address("somebody-else", letter.id)
                    customer.path = f"/p/{token(address, lambda text: sign.sign('page', text))}"
        assert is_nobodys(customer.client.get(customer.path))
        assert is_nobodys(customer.say("paid"))
    assert replies(reached, "bygg") == []


def test_whoever_comes_too_often_is_asked_to_wait_in_words(reached: Talk) -> None:
    letter, other = sent(reached, "norrsken"), sent(reached, "bygg")
    limits = Limits(looks=Allowance(3, 60), says=Allowance(2, 600))
    with arrived(reached, letter, limits) as customer:
        pages = [customer.client.get(customer.path) for _ in range(4)]
        assert [page.status_code for page in pages] == [200, 200, 200, 429]
        assert int(pages[-1].headers["retry-after"]) > 0 and "Bageri" not in pages[-1].text
        assert "try again in a few minutes" in words(pages[-1])
        link = reached.house.app.inbox.link
        assert link
        elsewhere = link(reached.house.business.id, other.id).removeprefix(REACHED)
        assert customer.client.get(elsewhere).status_code == 200
    with arrived(reached, letter, Limits(says=Allowance(2, 600))) as customer:
        said = [customer.say("paid", words=str(n)).status_code for n in range(3)]
        assert said == [200, 200, 429]
    assert len(replies(reached, "norrsken")) == 2


def test_whoever_guesses_is_slowed_down_and_those_with_a_link_are_not(reached: Talk) -> None:
    with arrived(reached, sent(reached, "norrsken"), Limits(guesses=Allowance(2, 600))) as customer:
        guessed = [customer.client.get(f"/p/guess{n}").status_code for n in range(4)]
        assert guessed == [404, 404, 429, 429]
        assert customer.client.get(customer.path).status_code == 200


def test_what_is_no_form_or_too_long_is_not_taken(reached: Talk) -> None:
    with arrived(reached, sent(reached, "norrsken")) as customer:
        post = customer.client.post
        assert customer.say("paid", words="x" * LARGEST).status_code == 413
        form = {"content-type": "application/x-www-form-urlencoded"}
        assert post(customer.path, content=b"&".join([b"a=1"] * 50), headers=form).status_code == 413
        assert post(customer.path, json={"say": "paid"}).status_code == 415
        assert post(customer.path, files={"say": ("paid", b"paid")}).status_code == 415
        assert customer.say("delete").status_code == 404
        for way in ("put", "delete", "patch"):
            assert customer.client.request(way, customer.path).status_code == 405
    assert replies(reached, "norrsken") == []


def test_another_name_for_the_house_is_not_answered(reached: Talk) -> None:
    with arrived(reached, sent(reached, "norrsken")) as customer:
        assert customer.client.get(customer.path, headers={"host": "evil.example"}).status_code == 400


def test_the_page_keeps_to_itself(reached: Talk) -> None:
    with arrived(reached, sent(reached, "norrsken")) as customer:
        pages = [customer.client.get(customer.path), customer.client.get("/p/abc")]
    for page in pages:
        policy = page.headers["content-security-policy"]
        nonce = re.search(r"script-src 'nonce-([^']+)'", policy)
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and nonce
        assert set(re.findall(r'nonce="([^"]+)"', page.text)) == {nonce[1]}
        assert page.headers["referrer-policy"] == "no-referrer"
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["x-robots-tag"] == "noindex, nofollow"
        assert not re.search(r'(?:src|href)="(?:https?:)?//|\son\w+=|style="', page.text)


def test_a_fault_of_ours_is_told_in_words_and_without_a_name(
    reached: Talk, caplog: pytest.LogCaptureFixture
) -> None:
    letter = sent(reached, "norrsken")
    with arrived(reached, letter) as customer:
        reached.house.app.database.engine.dispose()
        with reached.books() as books:
            books.save_business(replace(books.business, zone="Nowhere/At_All"))
        page = customer.client.get(customer.path)
    assert page.status_code == 500 and "Something went wrong on our side" in words(page)
    assert "Bageri" not in page.text
    assert customer.path.removeprefix("/p/") not in caplog.text
