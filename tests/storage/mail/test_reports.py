from __future__ import annotations

from storage.mail import read
from tests.storage.mail.letters import PLAIN, REPORT, RETURNED, multipart


def test_a_report_names_each_recipient_and_delayed_is_not_failed() -> None:
    first, second = read(multipart(PLAIN, REPORT, RETURNED, kind="report")).undelivered
    assert (first.address, first.fate, first.cause) == ("a@one.example", "failed", "bad_address")
    assert (second.addresses, second.fate) == (("b@two.example", "inside@two.example"), "delayed")


def test_a_report_names_the_letter_it_is_about() -> None:
    assert "<ours@asasbageri.example>" in read(multipart(PLAIN, REPORT, RETURNED)).refers_to


def test_headers_alone_name_the_letter_too() -> None:
    headers = "Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: <ours@a>\r\n"
    assert "<ours@a>" in read(multipart(PLAIN, REPORT, headers)).refers_to


def test_a_report_that_all_went_well_is_a_receipt() -> None:
    done = REPORT.replace("failed", "delivered").replace("delayed", "relayed")
    assert read(multipart(PLAIN, done)).kind == "read_receipt"


def test_a_report_sent_as_plain_text_is_read() -> None:
    encoded = REPORT.replace("\r\n\r\n", "\r\nContent-Transfer-Encoding: 7bit\r\n\r\n", 1)
    assert [each.address for each in read(multipart(PLAIN, encoded)).undelivered][:1] == ["a@one.example"]


def test_a_complaint_is_one_whatever_it_brings() -> None:
    complaint = "Content-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\n"
    found = read(multipart(PLAIN, complaint, RETURNED, kind="report"))
    assert (found.kind, found.refers_to) == ("complaint", ("<ours@asasbageri.example>",))


def test_a_receipt_names_the_letter_that_was_opened() -> None:
    receipt = "Content-Type: message/disposition-notification\r\n\r\nOriginal-Message-ID: <ours@a>\r\n"
    found = read(multipart(PLAIN, receipt, kind="report"))
    assert (found.kind, found.refers_to) == ("read_receipt", ("<ours@a>",))
