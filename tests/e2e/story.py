"""The story every owner lives through: a list dropped, a draft changed and approved, an answer, a plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from tests.e2e.product import Purr
from tests.e2e.running import Stuck
from tests.e2e.surface import Knob, Seen, Surface, look_for, offers, plain, shows
from tests.e2e.tape import wait
from tests.e2e.telling import Report
from tests.e2e.words import ANSWERS, BLOMMAN, HOMES, NORRSKEN, PLACES, Late, Words
from tests.handlers.stage import OWNER, body
from tests.mailserver import MailServer

CUSTOMERS = (NORRSKEN, BLOMMAN)
MARK = "P.S. <&> *_~"
"""What the owner adds to the letter; it must arrive as it was typed."""
DRAIN = 75.0
"""Seconds until a letter goes at the latest: letters are carried once a minute."""
PACK = ".zip"
EMAIL = "asa@asasbageri.example"


@dataclass
class Story:
    """One owner's story on one surface, told as it goes."""

    report: Report
    purr: Purr
    mail: MailServer
    owner: Surface
    words: Words
    digest: Seen = field(default_factory=lambda: Seen("", ""))

    def step(self, name: str, deed: Callable[[], object]) -> None:
        """One step."""
        with self.report.step(name):
            deed()

    def whole(self) -> None:
        """From a stranger to a plan that is agreed."""
        self.meeting()
        self.month()

    def month(self) -> None:
        """What a month brings."""
        self.list_taken_in()
        self.letter(NORRSKEN)
        self.step("an evidence pack comes into the chat at a press", lambda: self._pack(NORRSKEN))
        self.plan(BLOMMAN)

    def meeting(self) -> None:
        """A stranger becomes the owner of a bakery whose letters go by mail, at once."""
        home = Words(HOMES[self.words.country])
        self.step("a stranger is asked where they are", self._greeted)
        self.step("their country, name and number", lambda: self._named(home))
        self.step("the owner, and in which language we talk", lambda: self._owned(home))
        self.step("the account", self._account)
        self.step("letters go by mail", self._mailing)
        self.step("and at once when they are approved", self._at_once)

    def _greeted(self) -> None:
        self.owner.say("/start" if self.owner.platform == "telegram" else "hi")
        offers(self.owner, PLACES[self.words.country])

    def _named(self, home: Words) -> None:
        self.owner.press(PLACES[self.words.country])
        values = {home.field("business"): "Åsas & <Bageri>", home.field("org_no"): self.words.home("number")}
        self.owner.fill(values, home.button("go_on"))

    def _owned(self, home: Words) -> None:
        spoken = str(home.file["languages"][self.words.language])
        values = {home.field("owner"): OWNER, home.field("owner_language"): spoken}
        self.owner.fill(values, home.button("go_on"))

    def _account(self) -> None:
        values = {self.words.field("account"): self.words.home("account")}
        self.owner.fill(values, self.words.button("go_on"))
        offers(self.owner, self.words.button("send_mail"))

    def _mailing(self) -> None:
        self.owner.press(self.words.button("send_mail"))
        self.owner.fill({self.words.field("own_email"): EMAIL}, self.words.button("go_on"))
        offers(self.owner, self.words.button("type_invoice"))

    def _at_once(self) -> None:
        self.owner.say(self.words.says("settings"))
        self.owner.fill({self.words.field("undo"): "0"}, self.words.button("save"))
        wait("the settings kept", lambda: self.purr.rows("select 1 from businesses where undo_minutes = 0"))

    def list_taken_in(self) -> None:
        """A list of open invoices is dropped, and the digest names who is late."""
        self.step("a list is dropped, and taken in", lambda: self.drop(CUSTOMERS))
        self.step("the digest names who is late", self._digest)

    def drop(self, late: tuple[Late, ...]) -> None:
        """A list, looked at and taken in."""
        self.owner.drop("open.csv", self.words.open_invoices(late, date.today()))
        self.owner.press(self.words.button("import"))
        self.owner.press(self.words.button("take_all"))
        count = f"select 1 where (select count(*) from invoices) >= {len(late)}"
        wait("the invoices in the books", lambda: self.purr.rows(count))

    def _digest(self) -> None:
        first = self.owner.opener(self.words.button("open"), BLOMMAN.name)[0]
        self.owner.say(self.words.says("today"))

        def another() -> Seen | None:
            seen = self.owner.opener(self.words.button("open"), BLOMMAN.name)[0]
            return seen if seen.id != first.id else None

        self.digest = wait("a fresh digest", another)
        if not all(plain(c.name) in plain(self.digest.text) for c in CUSTOMERS):
            raise Stuck(f"not everybody is named: {self.digest.text}")

    def letter(self, late: Late) -> None:
        """A draft is changed, approved, and arrives."""
        self.step("a draft of the first letter", lambda: self.draft(late))
        self.step("the draft in the owner's own words", self._edit)
        self.step("approved, it arrives once", lambda: self._approve(late))
        self.step("the digest has changed in its place", self._in_place)

    def draft(self, late: Late) -> None:
        """From the digest to a customer's card, and to a draft."""
        self.owner.press(self.words.button("open"), late.name)
        self.owner.press(self.words.button("draft"))
        offers(self.owner, self.words.button("approve"))

    def _edit(self) -> None:
        written = str(self.purr.rows("select body from letters where state = 'draft'")[-1][0])
        self.owner.press(self.words.button("edit"))
        letter = f"{written}\n\n{MARK}"
        self.owner.fill({self.words.field("body"): letter}, self.words.button("save"))
        shows(self.owner, MARK)
        offers(self.owner, self.words.button("approve"))

    def _approve(self, late: Late) -> None:
        before = len(self.mail.messages)
        self.owner.press(self.words.button("approve"))
        wait("the letter", lambda: len(self.mail.messages) > before, DRAIN)
        message = self.mail.messages[-1]
        if late.email not in str(message["To"]) or MARK not in body(message):
            raise Stuck(f"another letter came: {message['To']}\n{body(message)}")
        shows(self.owner, self.words.says("sent", late.name))
        if len(self.mail.messages) != before + 1:
            raise Stuck(f"{len(self.mail.messages) - before} letters came")

    def _in_place(self) -> None:
        def changed() -> bool:
            now = next((m for m in self.owner.seen() if m.id == self.digest.id), None)
            return bool(now and now.text != self.digest.text)

        wait("the digest to change in its place", changed)

    def _pack(self, late: Late) -> None:
        self.owner.say(self.words.says("pack", late.number))
        zipped = look_for(self.owner, "a pack", lambda m: next((k for k in m.knobs if PACK in k.label), None))
        if self.owner.brought():
            raise Stuck("a file came that nobody asked for")
        self.owner.press_on(zipped[1])
        wait("the pack", self.owner.brought)
        if len(found := self.owner.brought()) != 1:
            raise Stuck(f"one press brought {found}")

    def plan(self, late: Late) -> None:
        """A customer asks to pay in parts; a plan is agreed, and put into writing."""
        self.step("a customer's answer is kept", lambda: self._answered(late))
        self.step("a plan is agreed, its letter drafted and sent", lambda: self._agree(late))

    def _answered(self, late: Late) -> None:
        self.owner.forward(ANSWERS[self.words.language])
        shows(self.owner, ANSWERS[self.words.language])
        self.owner.press(self.words.button("this_one"), late.name)
        self._proposed()

    def _proposed(self) -> Knob:
        """The button that takes the answer for what it says: a plan in so many parts."""
        what = self.words.proposal("plan")

        def found(seen: Seen) -> Knob | None:
            return next((knob for knob in seen.knobs if knob.label.startswith(what)), None)

        return look_for(self.owner, f"a button {what!r}", found)[1]

    def _agree(self, late: Late) -> None:
        before = len(self.mail.messages)
        self.owner.press_on(self._proposed())
        self.owner.press(self.words.button("agreed"))
        self.owner.press(self.words.button("approve"))
        wait("the letter of the plan", lambda: len(self.mail.messages) > before, DRAIN)
        if late.email not in str(self.mail.messages[-1]["To"]):
            raise Stuck(f"another letter came: {self.mail.messages[-1]}")
