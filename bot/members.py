"""Who may do what: the people of a business, their roles, and what each role may do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.chat import Role
from bot.errors import Refusal
from bot.letters import Letter, fingerprint
from bot.parties import Business

OWNER = "owner"
"""The id of the member who owns the business."""
ROLES: tuple[Role, ...] = ("helper", "viewer", "owner")
"""The roles to choose from, the usual one first."""
FINAL = frozenset({"final_notice", "demand", "escalation"})
"""Letters after which there is no way back to a friendly word."""
CODE = 8
"""How many letters and figures a code has."""
GOOD_FOR = timedelta(hours=1)
"""How long a code may be used."""

SHOWS = frozenset(
    """
    today.show today.looks home.show help.show help.hello parked.show letter.show settings.show law.show
    bank.list bank.show mail.list mail.show ledger.list mailbox.show
    customer.show customer.find customer.list customer.history
    member.list member.connect member.joined business.list business.turn escalation.show page.show
    draft.list paper.fetch replay.show replay.day
    report.show report.ageing report.cash report.days report.letters report.week report.why report.fetch
    """.split()
)
"""What everybody may do: look, and find their own way in."""
PREPARES = frozenset(
    """
    letter.draft letter.demand letter.tone letter.rephrase letter.charge letter.edit letter.save letter.again
    letter.discard letter.undo draft.all
    customer.ask_language customer.language customer.contact customer.save customer.may_write customer.mine
    customer.languages
    customer.give_back invoice.new invoice.add file.dropped file.attach file.detach
    import.columns import.confirm import.cancel parked.take parked.leave
    ledger.pull ledger.take
    mail.place mail.aside mail.fetch
    bank.confirm bank.choose bank.place bank.aside bank.undo
    payment.form payment.add payment.note payment.undo payment.thank
    reply.form reply.log reply.ask reply.meanings reply.read reply.paid reply.unseen reply.copy
    call.show call.note
    credit.use credit.settle credit.undo
    refund.asked refund.form refund.credit refund.answer
    promise.form promise.add promise.grant_form promise.grant promise.confirm promise.over
    waiver.form customer.look_up
    plan.form plan.offer plan.preview plan.agree plan.propose plan.accept plan.reject plan.withdraw
    plan.confirm plan.over
    dispute.form dispute.open dispute.take dispute.confirm dispute.settle dispute.close
    announcement.form announcement.move announcement.withdraw announcement.soon
    cause.list cause.ask cause.say
    pause.form pause.set pause.everything pack.show pack.fetch page.close
    """.split()
)
"""What a helper may do besides: note what happened, prepare what an owner approves, and stop a letter."""
DECIDES = frozenset(
    """
    model.allow model.allow_reading
    letter.approve letter.copied letter.not_copied letter.keep letter.went_out letter.did_not_go
    waiver.offer waiver.give waiver.over
    escalation.agency escalation.hand_over escalation.reason escalation.write_off escalation.reopen
    ledger.form ledger.connect ledger.forget mailbox.form mailbox.connect mailbox.forget
    sign_in.begin sign_in.done
    settings.save charges.show charges.save sending.self sending.mail sending.address sending.server
    customer.join customer.two customer.part
    privacy.show privacy.export privacy.erase privacy.confirm export.fetch
    business.new start.begin start.country start.again start.name start.owner
    start.account start.ready example.open example.close
    season.list season.add season.remove
    bundling.show bundling.save bundling.off
    wording.list wording.form wording.preview wording.keep wording.reset
    member.invite member.add member.show member.code member.role member.disconnect member.remove
    place.here place.off
    """.split()
)
"""What is left to an owner: what leaves the house, how the house is run, and who comes in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person who works with the books of a business; `left` once they no longer do."""

    id: str
    name: str
    role: Role
    added: date
    language: str = ""
    left: date | None = None


def allowed(role: Role, verb: str) -> bool:
    """Whether a role may do something; what nobody has thought about is left to an owner."""
    return role == "owner" or verb in SHOWS or (role == "helper" and verb in PREPARES)


def here(members: Iterable[Member]) -> tuple[Member, ...]:
    """Those who have not left."""
    return tuple(m for m in members if m.left is None)


def owners(members: Iterable[Member]) -> tuple[str, ...]:
    """The names of those who decide."""
    return tuple(m.name for m in here(members) if m.role == "owner")


def is_known(name: str, members: Iterable[Member]) -> bool:
    """Whether somebody here goes by that name already: an approval tells people apart by name."""
    return any(m.name.casefold() == name.casefold() for m in here(members))


def check_stays(member: Member) -> None:
    """Refuse to let the owner of the business go or be less than an owner; somebody must decide."""
    if member.id == OWNER:
        raise Refusal("owner_stays", name=member.name)


def check_second(business: Business, members: Iterable[Member]) -> None:
    """Refuse to ask for two people's yes where there are not two who may give it."""
    if business.second_approver != "never" and len(owners(members)) < 2:
        raise Refusal("second_alone")


def check_own_code(member: Member, who: str, business: Business, is_linked: bool) -> None:
    """Where two must agree, nobody takes a code for another owner, who makes one themself."""
    if business.second_approver != "never" and member.role == "owner" and is_linked and member.name != who:
        raise Refusal("own_code", name=member.name)


def needs_second(letter: Letter, business: Business) -> bool:
    """Whether a letter takes the yes of two people."""
    asks = business.second_approver
    return asks == "always" or (asks == "final" and letter.kind in FINAL)


def first_yes(letter: Letter, papers: str, members: Iterable[Member]) -> str:
    """Whose yes a draft has, while its text and papers are as they were and that person still decides."""
    is_same = (letter.approved_text, letter.papers) == (fingerprint(letter), papers)
    return letter.first_yes if is_same and letter.first_yes in owners(members) else ""


def shown_code(code: str) -> str:
    """A code as it is read aloud: ABCD-EFGH."""
    return f"{code[: CODE // 2]}-{code[CODE // 2 :]}".upper()


def bare_code(written: str) -> str:
    """A code as it was meant, however it was written; empty when it cannot be one."""
    bare = re.sub(r"[\s\-–]", "", written).upper()
    return bare if re.fullmatch(rf"[A-Z0-9]{{{CODE}}}", bare) else ""
