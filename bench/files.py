"""Files of any size for the benchmarks, written to a folder line by line."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from pathlib import Path

HEAD = "Customer;Email;Invoice no;Issued;Due date;Amount;Currency;OCR;Description;Language\n"
ROW = "Café {at} AB;ask@cafe{at}.example;{n};2026-10-01;2026-10-31;{sum},50;SEK;{n}7;Bread;sv\n"
CAMT = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"
OPENS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<Document xmlns="{CAMT}"><BkToCstmrStmt>'
    "<GrpHdr><MsgId>1</MsgId><CreDtTm>2026-11-24T08:00:00</CreDtTm></GrpHdr><Stmt><Id>1</Id>"
    "<CreDtTm>2026-11-24T08:00:00</CreDtTm><Acct><Id><IBAN>SE4550000000058398257466</IBAN></Id></Acct>\n"
)
ENTRY = (
    '<Ntry><NtryRef>{n}</NtryRef><Amt Ccy="SEK">{sum}.50</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
    "<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-24</Dt></BookgDt><ValDt><Dt>2026-11-24</Dt></ValDt>"
    "<AcctSvcrRef>B{n}</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd>"
    "</Fmly></Domn></BkTxCd><NtryDtls><TxDtls><Refs><EndToEndId>E{n}</EndToEndId></Refs>"
    "<RltdPties><Dbtr><Pty><Nm>{who}</Nm></Pty></Dbtr></RltdPties>"
    "<RmtInf>{said}</RmtInf></TxDtls></NtryDtls></Ntry>\n"
)
PAYER, STRANGER = "Café {at} AB", "Someone Else"
REFERENCE = "<Strd><CdtrRefInf><Ref>{n}7</Ref></CdtrRefInf></Strd>"
BY_REFERENCE = ENTRY.replace("{who}", PAYER).replace("{said}", REFERENCE)
BY_NUMBER = ENTRY.replace("{who}", PAYER).replace("{said}", "<Ustrd>Faktura {n}</Ustrd>")
BY_PAYER = ENTRY.replace("{who}", PAYER).replace("{said}", "<Ustrd>Tack</Ustrd>")
BY_SUM = ENTRY.replace("{who}", STRANGER).replace("{said}", "<Ustrd>Tack</Ustrd>")
NOT_OURS = BY_SUM.replace("{sum}", "7{sum}")
WAYS = (*6 * (BY_REFERENCE,), BY_NUMBER, BY_PAYER, BY_SUM, NOT_OURS)
"""How ten payments say what they are for: of seven it is sure, two are asked about, one is for no invoice."""
CLOSES = "</Stmt></BkToCstmrStmt></Document>\n"
CUSTOMERS = 9_000
SAMPLE = Path(__file__).parents[1] / "tests/samples/ubl/invoice.xml"


def invoices(folder: Path, size: int) -> Path:
    """A list of so many open invoices."""
    return _written(folder / "invoices.csv", HEAD, (_filled(ROW, n) for n in range(size)))


def payments(folder: Path, size: int) -> Path:
    """A bank statement on which each of those invoices is paid, with its reference."""
    return _statement(folder, (_filled(BY_REFERENCE, n) for n in range(size)))


def mixed(folder: Path, size: int) -> Path:
    """A bank statement on which each of those invoices is paid, in one of the `WAYS` to say so."""
    return _statement(folder, (_filled(WAYS[n % len(WAYS)], n) for n in range(size)))


def parts(folder: Path, size: int, opens: int) -> Path:
    """A bank statement of small parts of those invoices, of which there are fewer, with their references."""
    part = BY_REFERENCE.replace("{sum}", "1").replace("B{n}", "B{n}-{at_all}")
    return _statement(folder, (_filled(part, n % opens, n) for n in range(size)))


def _statement(folder: Path, entries: Iterable[str]) -> Path:
    return _written(folder / "statement.xml", OPENS, entries, CLOSES)


def _written(file: Path, head: str, rows: Iterable[str], end: str = "") -> Path:
    if not file.exists():
        with file.open("w", encoding="utf-8") as out:
            out.writelines(chain([head], rows, [end]))
    return file


def _filled(pattern: str, n: int, at_all: int = 0) -> str:
    return pattern.format(n=100_000 + n, at=1_000 + n % CUSTOMERS, sum=100 + n % 900, at_all=at_all)


def ubl(folder: Path, size: int) -> list[Path]:
    """So many e-invoices, a file each."""
    sample = SAMPLE.read_text(encoding="utf-8")
    files = [folder / f"{n}.xml" for n in range(size)]
    for n, file in enumerate(files):
        file.write_text(sample.replace("<cbc:ID>1001<", f"<cbc:ID>{100_000 + n}<"), encoding="utf-8")
    return files
