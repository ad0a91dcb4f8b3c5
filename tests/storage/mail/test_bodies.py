from __future__ import annotations

from storage.mail import read
from tests.storage.mail.letters import HTML, PDF, PLAIN, mail, multipart


def test_of_two_that_say_the_same_the_plain_one_is_read() -> None:
    assert read(multipart(PLAIN, HTML, kind="alternative")).text == "Hej på dig"


def test_an_empty_plain_part_gives_way_to_the_page() -> None:
    assert (
        read(multipart("Content-Type: text/plain\r\n\r\n \r\n", HTML, kind="alternative")).text
        == "Hej på dig"
    )


def test_a_page_alone_is_read() -> None:
    assert read(multipart(HTML)).text == "Hej på dig"


def test_files_are_told_from_words() -> None:
    note = 'Content-Type: text/plain; name="notes.txt"\r\nContent-Disposition: attachment\r\n\r\nNot my words'
    found = read(multipart(PLAIN, PDF, note))
    assert found.text == "Hej på dig"
    assert [each.name for each in found.attachments] == ["kvitto.pdf", "notes.txt"]
    assert found.attachments[0].content == b"%PDF-1.7"


def test_a_logo_in_a_signature_is_no_file() -> None:
    logo = "Content-Type: image/png\r\nContent-ID: <logo>\r\nContent-Disposition: inline\r\n\r\nPNG"
    assert read(multipart(PLAIN, logo, kind="related")).attachments == ()


def test_a_forwarded_mail_is_a_file_by_its_subject() -> None:
    inner = "Content-Type: message/rfc822\r\n\r\nSubject: =?utf-8?q?Gamla_=C3=A4mnet?=\r\n\r\nHej"
    assert [each.name for each in read(multipart(PLAIN, inner)).attachments] == ["Gamla ämnet.eml"]


def test_the_name_of_a_file_is_only_a_name() -> None:
    evil = PDF.replace("kvitto.pdf", "../../etc/passwd")
    assert "/" not in read(multipart(PLAIN, evil)).attachments[0].name


def test_words_in_base64_in_another_charset_are_read() -> None:
    headers = ("Content-Type: text/plain; charset=iso-8859-1", "Content-Transfer-Encoding: base64")
    assert read(mail(*headers, body="SGVqIHDlIGRpZw==")).text == "Hej på dig"


def test_a_broken_mail_says_that_it_is() -> None:
    assert not read(mail('Content-Type: multipart/mixed; boundary="none"')).readable
