from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from bot.chat import Action, Card, Check, Fact, Field, Form, Item, Paper, Posted, Request, Rule
from tests.handlers.platforms.browser import browser, browser_page, served
from tests.handlers.platforms.web.visit import TOKEN, Conversation, button, outside, posted

pytestmark = pytest.mark.browser

DAY = Form(Action("case.snooze"), (Field("day", "Day", "date", "2026-11-20"),), "Save", token="t-form")
CASE = Card(
    "They usually pay late, and always pay.",
    title="Café Norrsken with a rather long name that has to break somewhere AB",
    facts=(
        Fact("Reference", "10425", "10425"),
        Fact("Sent to", "somebody.with.a.long.address@norrsken.example"),
    ),
    checks=(Check("ok", "The invoice is complete."), Check("stop", "The invoice bounced.")),
    law=(
        Rule("The law today: a reminder without a fee. A fee on Thursday 3 December at the earliest."),
        Rule("A reminder without a fee may be sent now.", "Inkassoforskriften § 1-2"),
        Rule("To an agency, once the final notice has run out.", "Inkassoloven § 10", open=False),
    ),
    items=(
        Item("Invoice 1042", "13 days late", "NOK 1,212,500.50", button("Open", token="t-open", look=True)),
    ),
    paper=Paper("Invoice 1042", "Dear Maja\n\nThe invoice is attached.", "maja@norrsken.example", "en"),
    buttons=(button("Draft", token="t-draft"),),
    foot="If you do nothing, nothing is sent.",
)


def answer(request: Request) -> tuple[Posted, ...]:
    if request.press == "t-draft":
        return posted("case", CASE, outcome="Drafted."), posted("day", Card("When?", form=DAY), at=1)
    if request.press == "t-form":
        return (posted("day", "When?", outcome=f"Until {request.values['day']}.", at=1),)
    if request.files:
        names = ", ".join(f"{upload.name} ({len(upload.content)})" for upload in request.files)
        return (posted("files", f"Read {names}.", at=2),)
    return posted("own", request.text, mine=True, at=2), posted("purr", f"You said: {request.text}", at=3)


def test_a_morning_on_the_phone() -> None:
    conversation = Conversation([posted("case", CASE)], answer=answer)
    with (
        served(conversation.app(upload_limit=1_000_000), stopping=conversation.feed.close) as url,
        browser_page(f"{url}/?token={TOKEN}") as page,
    ):
        assert page.url == f"{url}/"
        log = page.get_by_role("log")

        page.get_by_role("button", name="Draft").click()
        expect(log.get_by_text("Drafted.")).to_be_visible()
        expect(page.get_by_role("button", name="Draft")).to_have_count(0)

        page.get_by_label("Day").fill("2026-12-01")
        page.get_by_role("button", name="Save").click()
        expect(log.get_by_text("Until 2026-12-01.")).to_be_visible()
        expect(page.locator("#line-day")).to_be_focused()

        writing = page.get_by_role("textbox", name="Write to Purr")
        writing.fill("first")
        writing.press("Shift+Enter")
        writing.press_sequentially("second")
        writing.press("Enter")
        expect(log.get_by_text("You said: first")).to_contain_text("second")
        expect(writing).to_have_value("")
        assert log.get_by_text("first").count() == 2

        conversation.feed.publish(posted("clock", "The clock struck.", at=5))
        expect(log.get_by_text("The clock struck.")).to_be_visible()


def test_an_older_line_that_changed_waits_until_it_is_asked_for() -> None:
    conversation = Conversation([posted(f"{at}", f"Line {at}", at=at) for at in range(60)])
    with (
        served(conversation.app(), stopping=conversation.feed.close) as url,
        browser_page(f"{url}/?token={TOKEN}") as page,
    ):
        conversation.kept[3] = posted("3", "It changed.", at=3)
        conversation.feed.publish(conversation.kept[3], posted("new", "It is new.", at=99))
        expect(page.get_by_text("It is new.")).to_be_visible()
        expect(page.locator("#log .line")).to_have_count(51)
        page.locator("#earlier").click()
        expect(page.get_by_text("It changed.")).to_have_count(1)
        expect(page.locator("#log .line")).to_have_count(61)


def test_files_are_handed_over_and_one_too_big_is_refused_before_it_leaves() -> None:
    conversation = Conversation(answer=answer)
    with (
        served(conversation.app(upload_limit=1_000_000), stopping=conversation.feed.close) as url,
        browser_page(f"{url}/?token={TOKEN}") as page,
    ):
        picker = page.get_by_label("Attach a file")
        picker.set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": b"1;2"})
        expect(page.get_by_text("Read a.csv (3).")).to_be_visible()

        picker.set_input_files({"name": "b.csv", "mimeType": "text/csv", "buffer": b"x" * 1_000_001})
        expect(page.get_by_role("alert")).to_contain_text("That is too big: I take up to 1 MB")
        page.keyboard.press("Escape")
        expect(page.get_by_role("alert")).to_be_empty()
        assert len(conversation.requests) == 1


def test_the_page_fits_a_narrow_phone_and_its_targets_fit_a_thumb() -> None:
    conversation = Conversation([posted("case", CASE), posted("day", Card("When?", form=DAY), at=1)])
    with (
        served(conversation.app(), stopping=conversation.feed.close) as url,
        browser_page(f"{url}/?token={TOKEN}") as page,
    ):
        page.set_viewport_size({"width": 360, "height": 640})
        for part in ("document.documentElement", "document.getElementById('scroll')"):
            assert page.evaluate(f"{part}.scrollWidth - {part}.clientWidth") <= 0
        sizes = [
            box for each in page.locator("button:visible, summary").all() if (box := each.bounding_box())
        ]
        assert all(box["height"] >= 44 and box["width"] >= 44 for box in sizes)


def test_the_law_unfolds_without_a_script_and_fits_a_narrow_phone() -> None:
    conversation = Conversation([posted("case", CASE)])
    with (
        served(conversation.app(), stopping=conversation.feed.close) as url,
        browser() as chromium,
    ):
        page = chromium.new_page(java_script_enabled=False, viewport={"width": 360, "height": 640})
        page.goto(f"{url}/?token={TOKEN}")
        step = page.get_by_role("listitem").filter(has_text="A reminder without a fee may be sent now.")
        expect(step).to_be_hidden()
        page.get_by_text("The law today").click()
        expect(step).to_have_text("● A reminder without a fee may be sent now. Inkassoforskriften § 1-2")
        expect(step.get_by_role("img", name="Applies now")).to_be_visible()
        expect(page.get_by_role("img", name="Not yet")).to_be_visible()
        box = page.locator(".law").bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= 360


def test_a_page_whose_purr_was_restarted_says_where_to_go() -> None:
    conversation = Conversation()
    with (
        served(conversation.app(), stopping=conversation.feed.close) as url,
        browser_page(f"{url}/?token={TOKEN}") as page,
    ):
        page.context.clear_cookies()
        conversation.feed.close()
        expect(page.get_by_role("alert")).to_have_text(re.compile("Purr has been restarted"), timeout=15_000)


def test_a_new_owner_is_met_in_the_language_of_their_browser() -> None:
    chat = Conversation()
    asked = {"accept-language": "nn-NO,nb;q=0.9,en;q=0.5"}
    with outside(chat) as client:
        client.get("/", params={"token": TOKEN}, headers=asked, follow_redirects=True)
    assert chat.met == "nb"
