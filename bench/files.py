"""Files of any size for the benchmarks, written to a folder line by line."""

from __future__ import annotations

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
    "<RltdPties><Dbtr><Pty><Nm>Café {at} AB</Nm></Pty></Dbtr></RltdPties>"
    "<RmtInf><Strd><CdtrRefInf><Ref>{n}7</Ref></CdtrRefInf></Strd></RmtInf></TxDtls></NtryDtls></Ntry>\n"
)
CLOSES = "</Stmt></BkToCstmrStmt></Document>\n"
CUSTOMERS = 9_000
SAMPLE = Path(__file__).parents[1] / "tests/samples/ubl/invoice.xml"


def invoices(folder: Path, size: int) -> Path:
    """A list of so many open invoices."""
    file = folder / "invoices.csv"
    with file.open("w", encoding="utf-8") as out:
        out.write(HEAD)
        out.writelines(_filled(ROW, n) for n in range(size))
    return file


def payments(folder: Path, size: int) -> Path:
    """A bank statement on which each of those invoices is paid."""
    file = folder / "statement.xml"
    with file.open("w", encoding="utf-8") as out:
        out.write(OPENS)
        out.writelines(_filled(ENTRY, n) for n in range(size))
        out.write(CLOSES)
    return file


def _filled(pattern: str, n: int) -> str:
    return pattern.format(n=100_000 + n, at=n % CUSTOMERS, sum=100 + n % 900)


def ubl(folder: Path, size: int) -> list[Path]:
    """So many e-invoices, a file each."""
    sample = SAMPLE.read_text(encoding="utf-8")
    files = [folder / f"{n}.xml" for n in range(size)]
    for n, file in enumerate(files):
        file.write_text(sample.replace("<cbc:ID>1001<", f"<cbc:ID>{100_000 + n}<"), encoding="utf-8")
    return files
