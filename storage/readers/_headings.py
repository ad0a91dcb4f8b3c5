"""What tables call their columns in Norwegian, Swedish, Danish, Finnish and English, and some in German."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, TypeVar

MEANINGS: dict[str, str] = {
    "customer": """
        kunde | kundenavn | kundens navn | navn | kund | kundnamn | kundens namn | namn | debitor |
        debitornavn | asiakas | asiakkaan nimi | asiakasnimi | nimi | customer | customer name |
        client | client name | name | company | company name | debtor | buyer | contact name | köpare
        | kjøper | køber | mottaker | mottagare | modtager | ostaja | firma | firmanavn | företag |
        företagsnamn | yritys | bill to | kundename""",
    "customer_no": """
        kundenr | kundenummer | kunde nr | kunde id | kundnr | kundnummer | kund nr | kund id |
        kundens nr | asiakasnumero | asiakasnro | asiakas nro | customer no | customer number |
        customer id | client id | account number customer | debitornr | debitornummer | kundenr. |
        asiakastunnus""",
    "email": """
        e-post | epost | e-postadresse | epostadresse | e-postadress | epostadress | mail | e-mail |
        email | mailadresse | e-mailadresse | mailadress | sähköposti | sähköpostiosoite | email
        address | e-mail address | customer email | kundens e-post | faktura e-post | fakturaepost |
        laskutussähköposti | invoice email""",
    "number": """
        faktura | fakturanr | fakturanummer | faktura nr | faktura nummer | faktura id | fakturnr |
        fakturanr. | bilagsnr | bilagsnummer | bilag | laskunumero | laskun numero | laskunro | lasku
        nro | laskun nro | lasku | invoice | invoice no | invoice number | invoice nr | invoice id |
        invoice # | inv no | document no | document number | doc no | rechnungsnummer | rechnung |
        voucher no | fakturalöpnummer | løpenr | löpnr | löpnummer""",
    "issued": """
        fakturadato | fakturadatum | dato | datum | utstedt | utstedelsesdato | udstedt |
        udstedelsesdato | utfärdad | laskun päivä | laskun päiväys | laskutuspäivä | laskupäivä |
        laskun pvm | päivämäärä | päiväys | pvm | invoice date | date | issued | issue date | document
        date | bilagsdato | rechnungsdatum | utställd""",
    "due": """
        forfall | forfallsdato | forfallsdag | forfaller | betalingsfrist | betales senest | frist |
        forfald | forfaldsdato | forfaldsdag | forfalder | sidste rettidige betaling | sidste
        betalingsdag | förfallodatum | förfallodag | förfaller | förfall | sista betalningsdag |
        betalas senast | eräpäivä | erääntyy | eräpvm | maksupäivä viimeistään | due | due date |
        payment due | due on | fälligkeitsdatum | fällig | fällig am""",
    "amount": """
        beløp | fakturabeløp | totalbeløp | total | totalt | sum | sum inkl mva | beløp inkl mva |
        total inkl mva | belopp | fakturabelopp | totalbelopp | summa | summa inkl moms | belopp inkl
        moms | totalt inkl moms | beløb | fakturabeløb | totalbeløb | i alt | beløb inkl moms | total
        inkl moms | määrä | laskun summa | yhteensä | loppusumma | laskun määrä | verollinen summa |
        verollinen yhteensä | amount | total amount | invoice amount | gross | gross amount | amount
        incl vat | total incl vat | grand total | betrag | brutto | bruttobeløp | bruttobelopp |
        bruttobeløb | invoice total""",
    "open": """
        restbeløp | rest | utestående | åpent | åpen saldo | gjenstående | gjenstår | ubetalt |
        restbelopp | kvar att betala | kvar | återstår | återstående | utestående belopp | obetalt |
        restbeløb | udestående | resterende | mangler | ubetalt beløb | skyldig | skyldig beløp |
        avoinna | avoin | avoin summa | avoin saldo | maksamatta | jäljellä | open | open amount |
        outstanding | outstanding amount | balance due | remaining | remaining amount | amount
        outstanding | unpaid | offen | offener betrag | rest å betale | å betale | att betala | at
        betale | maksettava | amount due""",
    "paid": """
        betalt | innbetalt | betalt beløp | betald | inbetalt | betalt belopp | indbetalt | betalt
        beløb | maksettu | suoritettu | paid | amount paid | paid amount | payments | bezahlt""",
    "net": """
        netto | nettobeløp | nettobelopp | nettobeløb | beløp eks mva | beløp ekskl mva | sum eks mva
        | belopp exkl moms | summa exkl moms | beløb ekskl moms | beløb ex moms | ekskl moms | eks mva
        | exkl moms | veroton | veroton summa | alv 0 | net | net amount | subtotal | amount excl vat
        | excl vat""",
    "vat": """
        mva | mva-beløp | mva beløp | moms | momsbelopp | momsbeløb | alv | arvonlisävero | vat | vat
        amount | tax | mwst""",
    "currency": """
        valuta | valutakode | valutakod | valuuta | valuutta | currency | currency code | währung |
        val""",
    "reference": """
        kid | kid-nummer | kidnummer | kid nr | ocr | ocr-nummer | ocrnummer | ocr nr | fik |
        fik-nummer | betalings-id | betalingsid | betalingsreferanse | betalingsreference |
        betalningsreferens | viite | viitenumero | viitenro | reference | payment reference | payment
        ref | reference number | rf | referanse | referens | referencenummer | girokode""",
    "description": """
        beskrivelse | tekst | varetekst | gjelder | beskrivning | text | avser | gäller | vedrører |
        vedr | kuvaus | selite | description | details | for | subject | memo | bezeichnung |
        fakturatekst""",
    "contact": """
        kontakt | kontaktperson | kontaktnavn | deres ref | er referens | er ref | deres reference |
        yhteyshenkilö | viitteenne | contact | contact person | your ref | your reference |
        ansprechpartner | att""",
    "phone": """
        telefon | tlf | telefonnr | telefonnummer | mobil | mobilnr | puhelin | puhelinnumero | puh |
        phone | phone number | telephone | tel | mobile""",
    "org_no": """
        orgnr | org nr | organisasjonsnummer | organisationsnummer | cvr | cvr-nr | cvr nr | cvrnummer
        | y-tunnus | ytunnus | org no | organisation number | company number | business id | vat
        number | vat no | organisasjonsnr | organisationsnr | se-nr | personnummer eller orgnr""",
    "country": "land | landkode | landskod | landekode | maa | maakoodi | country | country code",
    "language": "språk | sprog | kieli | language | språkkode | språkkod | lang | sprache",
    "kind": """
        kundetype | kundtyp | asiakastyyppi | customer type | privat | privatkunde | b2b | segment |
        kundegruppe""",
    "type": """
        type | typ | tyyppi | dokumenttype | dokumenttyp | bilagstype | fakturatype | fakturatyp |
        document type""",
    "account": """
        kontonummer | kontonr | bankkonto | bankgiro | iban | tilinumero | pankkitili | bank account |
        account""",
    "approver": """
        kopi | kopi til | kopia | kopia till | attestant | attestansvarig | godkjenner | godkender |
        hyväksyjä | kopio | cc | approver | copy to | cc email""",
    "terms": """
        betalingsbetingelser | betalingsvilkår | betalningsvillkor | maksuehto | maksuehdot | payment
        terms | terms | kredittid | kreditdagar | kredittdager | betalingsfrist dager |
        zahlungsbedingungen""",
    "delivered": """
        leveringsdato | levert | leveransdatum | levererad | leveret | toimituspäivä | toimitettu |
        delivery date""",
    "status": """
        status | fakturastatus | betalingsstatus | betalningsstatus | tila | laskun tila | state |
        invoice status""",
    "balance": "saldo | balance",
}

TOTALS = re.compile(
    r"(?:sum|summa|total|totalt|totalsum|slutsumma|i alt|yhteensä|grand total|subtotal|delsum|delsumma"
    r"|summe|gesamt|sum total|antal|antall|kpl)(?: .*)?:?",
    re.IGNORECASE,
)
CREDIT = re.compile(r"kredit|credit|hyvitys|gutschrift", re.IGNORECASE)

SETTLED = re.compile(
    r"(?:betalt|betald|betalad|indbetalt|innbetalt|maksettu|suoritettu|paid|settled|closed|lukket|stängd|oppgjort"
    r"|ja|yes|true|kyllä|x|kreditert|krediterad|krediteret|hyvitetty|credited|makulert|makulerad|annullert|annulleret"
    r"|mitätöity|void|voided|cancelled|canceled|utkast|kladd|kladde|draft|luonnos)(?:\s*[\d.:/-]+)?",
    re.IGNORECASE,
)
"""What a table writes beside an invoice of which nothing is left to pay, or that was never sent."""

UNSETTLED = re.compile(r"(?:nei|nej|no|ei|false|-|0|ikke betalt|ej betald|not paid)", re.IGNORECASE)

LANGUAGES = {
    "nb": "nb no nn nor norsk bokmål norwegian norska norja norjalainen",
    "sv": "sv se swe svenska svensk swedish ruotsi",
    "da": "da dk dan dansk danska danish tanska",
    "fi": "fi fin suomi finska finsk finnish",
    "en": "en gb us eng engelsk engelska english englanti",
}
COUNTRIES = {
    "NO": "no nor norge norway norja noreg",
    "SE": "se swe sverige sweden ruotsi",
    "DK": "dk dnk danmark denmark tanska",
    "FI": "fi fin finland suomi",
}
KINDS: dict[Literal["consumer", "business", "public"], str] = {
    "consumer": "privat privatperson privatkund forbruker forbruger konsument kuluttaja consumer b2c",
    "business": "bedrift næring næringsdrivende företag foretag erhverv virksomhed firma yritys business b2b",
    "public": "offentlig kommune kommun stat julkinen public b2g",
}

HUMP = re.compile(r"(?<=[a-zåäöæø])(?=[A-ZÅÄÖÆØ])")
"""Where a word begins in "InvoiceNumber"."""

LONGEST = 50
"""Characters; what is longer is prose, not a heading."""

CURRENCY = re.compile(r"\b(NOK|SEK|DKK|EUR|USD|GBP|ISK|CHF|PLN)\b|(€)", re.IGNORECASE)


def plain(heading: str) -> str:
    """A heading as the table of words spells it: small, without currency, brackets and full stops."""
    text = CURRENCY.sub(" ", HUMP.sub(" ", heading).casefold()).replace(".", " ").replace("_", " ")
    text = re.sub(r"inklusive|including|inc\b", "inkl", text)
    return " ".join(re.sub(r"[()\[\]:*\"]", " ", text).split())


WORDS = {plain(word): field for field, words in MEANINGS.items() for word in words.split("|")}


def meaning(heading: str) -> tuple[str, int] | None:
    """The field a heading names and how surely: 2 for a word of the table, 1 for one that contains it."""
    text = plain(heading) if len(heading) <= LONGEST else ""
    if text in WORDS:
        return WORDS[text], 2
    words = text.split()
    parts = (" ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, len(words) + 1))
    inside = [part for part in parts if len(part) > 3 and part in WORDS]
    return (WORDS[max(inside, key=len)], 1) if inside else None


Name = TypeVar("Name", bound=str)


def one_of(table: Mapping[Name, str], value: str) -> Name | None:
    """The key under which a word is listed, if any."""
    word = value.strip().casefold()
    return next((key for key, words in table.items() if word and word in words.split()), None)
