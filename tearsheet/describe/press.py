"""What is known of the press as a whole: its agencies, and the words that make a name a paper's.

General knowledge, of no one document: the agencies that serve other papers, as bylines and
credits name them, and the nouns that titles of newspapers and broadcasters are built with.
"""

import re

AGENCIES: dict[str, str] = {
    "afp": "AFP",
    "agence france-presse": "AFP",
    "agence france presse": "AFP",
    "reuters": "Reuters",
    "thomson reuters": "Reuters",
    "ap": "AP",
    "associated press": "AP",
    "the associated press": "AP",
    "upi": "UPI",
    "dpa": "dpa",
    "deutsche presse-agentur": "dpa",
    "epd": "epd",
    "kna": "KNA",
    "apa": "APA",
    "sda": "Keystone-SDA",
    "efe": "EFE",
    "agencia efe": "EFE",
    "europa press": "Europa Press",
    "ansa": "ANSA",
    "adnkronos": "Adnkronos",
    "lusa": "Lusa",
    "agência brasil": "Agência Brasil",
    "anp": "ANP",
    "belga": "Belga",
    "ntb": "NTB",
    "tt": "TT",
    "ritzau": "Ritzau",
    "stt": "STT",
    "pap": "PAP",
    "čtk": "ČTK",
    "mti": "MTI",
    "tass": "TASS",
    "тасс": "TASS",
    "ria novosti": "RIA Novosti",
    "риа новости": "RIA Novosti",
    "interfax": "Interfax",
    "интерфакс": "Interfax",
    "anadolu": "Anadolu",
    "anadolu agency": "Anadolu",
    "anadolu ajansı": "Anadolu",
    "xinhua": "Xinhua",
    "kyodo": "Kyodo",
    "kyodo news": "Kyodo",
    "yonhap": "Yonhap",
    "pti": "PTI",
    "press trust of india": "PTI",
    "ians": "IANS",
    "ani": "ANI",
    "bernama": "Bernama",
    "antara": "Antara",
    "irna": "IRNA",
    "ina": "INA",
    "iraqi news agency": "Iraqi News Agency",
    "mena": "MENA",
    "spa": "SPA",
    "sana": "SANA",
    "wam": "WAM",
    "apo group": "APO Group",
    "bloomberg": "Bloomberg",
    "pa media": "PA Media",
    "press association": "PA Media",
    "pa": "PA Media",
    "the canadian press": "The Canadian Press",
    "canadian press": "The Canadian Press",
    "aap": "AAP",
    "australian associated press": "AAP",
    "afp-relaxnews": "AFP",
    "رويترز": "Reuters",
    "فرانس برس": "AFP",
    "أ ف ب": "AFP",
    "أسوشيتد برس": "AP",
}

PAPER_WORD = re.compile(
    r"\b(?:news|times|post|herald|tribune|gazette|journal|chronicle|telegraph|guardian|observer|"
    r"review|monitor|sentinel|courier|standard|star|mirror|express|mail|globe|press|record|bulletin|"
    r"dispatch|examiner|inquirer|register|advocate|magazine|weekly|daily|digest|wire|radio|tv|"
    r"television|broadcasting|media|network|agency|agence|agencia|agentur|zeitung|blatt|tageblatt|"
    r"anzeiger|nachrichten|monde|figaro|libération|matin|soir|presse|diario|país|mundo|periódico|"
    r"corriere|giornale|gazzetta|repubblica|folha|estado|jornal|público|haber|gazete|agenzia|"
    r"bureau|service|online|digital)\b",
    re.IGNORECASE,
)
"""A name with one of these nouns is a paper's, an agency's or an office's: not a person's."""


def agency(name: str) -> str | None:
    """Give an agency's usual name, or None where the words are no agency's."""
    return AGENCIES.get(" ".join(name.lower().strip(" .()[]-–—").split()))
