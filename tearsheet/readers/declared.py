"""Find the encoding that a page declares, and what the declaration means in practice.

Method: the WHATWG Encoding and HTML standards: labels as browsers read them (`iso-8859-1`
means windows-1252), a declared UTF-16 means UTF-8, only the start of a page is looked at.
"""

import codecs
import re

import msgspec

# The standard looks at 1024 bytes; saved pages carry a tool's comment before their head.
LOOKED_AT = 8192

META = re.compile(rb"<meta\b[^>]{0,1000}>", re.IGNORECASE)
CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w:.-]{1,40})", re.IGNORECASE)
XML = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w:.-]{1,40})", re.IGNORECASE)

BROWSER_MEANING = {
    "iso8859-1": "windows-1252",
    "ascii": "windows-1252",
    "x-user-defined": "windows-1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "big5": "big5hkscs",
    "euc_kr": "cp949",
    "ksc5601": "cp949",
    "ks_c_5601-1987": "cp949",
    "iso8859-9": "windows-1254",
    "tis-620": "cp874",
    "iso8859-11": "cp874",
    "windows-874": "cp874",
    "iso-8859-8-i": "iso8859-8",
    "utf8": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "x-mac-cyrillic": "mac_cyrillic",
    "macintosh": "mac_roman",
    "x-gbk": "gb18030",
}


class Declared(msgspec.Struct, frozen=True):
    """A declared encoding: the label as written, its meaning (None if unknown), its place."""

    label: str
    encoding: str | None
    place: str


def declared_in(content: bytes) -> Declared | None:
    """Give the first declaration in the start of a page, or None where there is none."""
    start = content[:LOOKED_AT]
    for meta in META.finditer(start):
        found = CHARSET.search(meta.group())
        if found:
            label = found.group(1).decode("ascii", "replace")
            return Declared(label, meaning(label), "meta charset")
    xml = XML.match(start)
    if xml:
        label = xml.group(1).decode("ascii", "replace")
        return Declared(label, meaning(label), "XML declaration")
    return None


def meaning(label: str) -> str | None:
    """Say which encoding a browser reads under this label; None if it is nobody's."""
    wanted = label.strip().lower()
    if wanted in BROWSER_MEANING:
        return BROWSER_MEANING[wanted]
    try:
        name = codecs.lookup(wanted).name
    except LookupError:
        return None
    if name.startswith(("utf-16", "utf-32", "utf-7")):
        return "utf-8"
    meant = BROWSER_MEANING.get(name, name)
    return f"windows-{meant[2:]}" if re.fullmatch(r"cp125\d", meant) else meant
