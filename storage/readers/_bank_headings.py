"""What banks call the columns of their lists, in Norwegian, Swedish, Danish, Finnish and English."""

from __future__ import annotations

import re
import unicodedata

from storage.readers._headings import LONGEST, plain

COLUMNS: dict[str, str] = {
    "booked": """
        bokføringsdato | bokføringsdag | bokført dato | bokført | bokføringsdatum | bokf dato |
        bogføringsdato | bogføringsdag | bogført dato | bogført | posteringsdato | bokföringsdag |
        bokföringsdatum | bokförd | bokfdag | bokf dag | bokförd dag | bokförd datum | bokningsdag |
        bokningsdatum | reskontradatum | reskontradag | kirjauspäivä | kirjauspvm |
        kirjauspäivämäärä | kirjattu | booking date | booked date | booked | book date | posting
        date | posted | date completed | completed date | date completed utc | completed date utc""",
    "date": "dato | datum | pvm | päivämäärä | päivä | date | dag",
    "executed": """
        utført dato | utført | transaksjonsdato | bet dato | betalingsdato | transaktionsdag |
        transaktionsdatum | transdag | transaktionsdato | udført | udført dato | betalningsdag |
        betalningsdatum | maksupäivä | maksupvm | tapahtumapäivä | transaction date | payment date |
        created on | date started utc""",
    "value": """
        rentedato | valuteringsdato | valutadato | valuteringsdag | valutadag | valutadatum | valør
        | valørdato | valutering | räntedatum | arvopäivä | arvopvm | value date | interest date""",
    "amount": """
        beløp | beløp i | beløb | beløb i | belopp | belopp i | transaksjonsbeløp |
        transaktionsbelopp | transaktionsbeløb | insättningar/uttag | insättning/uttag | insättning
        / uttag | inn/ut | ut/inn | ind/ud | in/ut | bevegelse | määrä | määrä euroa | summa | summa
        euroa | tapahtuman määrä | amount | transaction amount | sum""",
    "in": """
        inn | inn på konto | innskudd | innbetalt | innbetaling | innbetalinger | beløp inn |
        inngående beløp | insättning | insättningar | inbetalt | inbetalning | inbetalningar | till
        kontot | belopp in | ind | ind på konto | indsat | indbetalt | indbetaling | indbetalinger |
        beløb ind | kredit | kreditert | krediteret | krediterat | kreditbelopp | panot | pano |
        talletus | talletukset | saapuneet | credit | credits | credit amount | deposit | deposits |
        money in | paid in | inflow""",
    "out": """
        ut | ut fra konto | ut av konto | uttak | utbetalt | utbetaling | utbetalinger | beløp ut |
        uttag | utbetalning | utbetalningar | från kontot | belopp ut | ud | ud fra konto | hævet |
        udbetalt | udbetaling | udbetalinger | beløb ud | debet | debitert | debiteret | debiterat |
        debetbelopp | otot | otto | nostot | nosto | debit | debits | debit amount | withdrawal |
        withdrawals | money out | paid out | outflow""",
    "balance": """
        saldo | saldo i | bokført saldo | bokført saldo i | bokfört saldo | bogført saldo |
        kontosaldo | saldo etter | saldo efter | løpende saldo | tilin saldo | balance | running
        balance | account balance | balance after""",
    "currency": "valuta | valutakode | valutakod | valuutta | currency | currency code | kontovaluta",
    "payer": """
        maksaja | saaja/maksaja | maksaja/saaja | saaja / maksaja | maksajan nimi | vastapuoli |
        betaler | betalers navn | betalare | betalarens namn | payer | payer name | motpart |
        motpartens navn | motpartens namn | modpart | counterparty | counterparty name |
        mottaker/avsender | avsender/mottaker | avsändare/mottagare | mottagare/avsändare |
        mottagare/betalare | betalare/mottagare | afsender/modtager | modtager/afsender |
        avsendernavn | avsenders navn | avsändarens namn | afsenders navn | från namn | fra navn""",
    "name": "navn | namn | nimi | name",
    "sender": "avsender | avsändare | afsender | fra konto | från konto | lähettäjä | from | from account",
    "receiver": """
        mottaker | mottagare | modtager | til konto | till konto | to account | to | saajan
        tilinumero | mottagarens kontonummer""",
    "text": """
        tekst | text | forklaring | forklarende tekst | beskrivelse | beskrivning | transaktion |
        transaksjon | rubrik | tittel | titel | meddelande | melding | besked | meddelelse | viesti
        | selite | selitys | tapahtuman kuvaus | kuvaus | text/mottagare | posteringstekst | egen
        referens | notat | description | message | details | memo | narrative | note |
        melding/kid/fakt nr | kid/melding | viite/viesti | viesti/viite | meddelande till mottagare
        | betalningsinformation | betalingsoplysninger | tilleggstekst | tilläggsuppgifter |
        supplerende tekst | tekst til modtager | mottagare/text | info | information""",
    "reference": """
        kid | kid-nummer | kidnummer | ocr | ocr-nummer | ocr/referens | viite | viitenumero |
        viitenro | referens | referensnummer | referanse | referansenummer | reference | reference
        number | payment reference | betalningsreferens | betalings-id | fik | creditorreference |
        kortart/id""",
    "id": """
        arkivreferanse | arkivref | arkivreferens | arkiveringskod | arkivkod | arkistointitunnus |
        arkistotunnus | arkiveringsreferens | arkiveringssignum | transaksjonsid | transaksjons-id |
        transaktions-id | transaktionsid | transaction id | bank reference | verifikationsnummer |
        transferwise id | numref | entry reference""",
    "account": """
        kontonummer | kontonr | konto nr | konto | kontonavn | tili | oma tili | iban | account |
        account number | account no | egen konto""",
    "clearing": "clearingnummer | clnr | clearing",
    "side": """
        k/d | d/k | d/c | c/d | +/- | debet/kredit | kredit/debet | debit/kredit | kredit/debit |
        debit/credit | credit/debit | tegn | fortegn | tecken | etumerkki | direction | retning |
        riktning""",
    "status": "status | tila | state",
}

MARKS = {"booked", "value", "balance", "payer", "sender", "id", "side"}
"""Columns that a bank's list has and a list of invoices has not; so has one of money in beside money out."""

NOT_A_BANK = re.compile(
    r"faktur|invoice|\blasku|rechnung|forfal|förfal|eräpäiv|\bdue\b|kund|asiakas|customer|debitor|\bclient"
    r"|ubetal|obetal|avoin|\bopen\b|outstanding|restbel|\bmva\b|\bmoms|\balv\b|\bvat\b|bilag|voucher"
    r"|\bver ?nr|\bisin\b|värdepapper|verdipapir|værdipapir|kortmedlem|kortinnehav|kortholder|utlandsbel"
    r"|utl belopp"
)
"""Words of lists of invoices, of books, of securities and of cards, whose signs are the other way round."""

OF_BOOKS = re.compile(r"debet|kredit|debit|credit")
"""Sides that a bank and its customer's own books name the other way round."""

CURRENCIES: dict[tuple[str, ...], str] = {
    ("NOK",): r"bel[^o]p\b|bokfør|innskudd|uttak|\binn\b|mottaker|avsender|arkivref|forklaring",
    ("SEK", "EUR"): r"belopp|bokför|insättning|uttag\b|avsändare|mottagare|valutadag|bokning",
    ("DKK",): r"bel[^o]b\b|bogfør|afsender|modtager|indsat|\bind\b|hævet|posteringstekst",
    ("EUR",): r"määrä|kirjaus|maksaja|saaja|arvopäivä|arkistointi|selitys|viitenumero",
}
"""The currencies that accounts are held in where banks speak like that, the usual one first."""

LIKE = re.compile(
    r"(?P<balance>saldo|balance)|(?!.*(?:orig|valuta|gebyr|avgift|fee|kostn))"
    r"(?P<amount>belopp|beløp|beløb|määrä|amount)"
)
"""What a heading is about that no bank known here has."""


def folded(text: str) -> str:
    """Letters as systems write them that know no others than English ones."""
    bare = text.replace("ø", "o").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))


def without(text: str) -> str:
    """What is left of a text where every other letter was lost on the way."""
    return re.sub(r"[^\x21-\x3e\x40-\x7e]", "", text)


EXACT = {plain(word): column for column, words in COLUMNS.items() for word in words.split("|")}
FOLDED = {folded(word): column for word, column in EXACT.items()}
MANGLED = {without(word): column for word, column in EXACT.items() if without(word) != word.replace(" ", "")}


def column_of(heading: str) -> tuple[str, int] | None:
    """The column a heading names and how surely: 2 for a word of the table, 1 for one that contains it."""
    text = plain(heading) if len(heading) <= LONGEST else ""
    if known := EXACT.get(text) or FOLDED.get(folded(text)):
        return known, 2
    if (not text.isascii() or "?" in text) and (known := MANGLED.get(without(text))):
        return known, 2
    found = LIKE.search(text)
    return (found.lastgroup, 1) if found and found.lastgroup else None


def is_foreign(heading: str) -> bool:
    """Whether a heading belongs to a list that is no bank's."""
    return bool(NOT_A_BANK.search(plain(heading)))


def currencies(headings: str) -> tuple[str, ...]:
    """The currencies that accounts are held in, by the language of all headings together."""
    text = headings.casefold()
    return next((codes for codes, words in CURRENCIES.items() if re.search(words, text)), ())
