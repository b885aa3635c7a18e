"""Guess a legacy encoding from bytes alone, with charset-normalizer, and say how it was done."""

import re

import msgspec

# Encodings in which news has been written and saved; charset-normalizer knows many more
# (EBCDIC pages among them), which are likelier to be wrong than right here.
MET_IN_PRACTICE = [
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258",
    "iso8859_2", "iso8859_5", "iso8859_6", "iso8859_7", "koi8_r", "koi8_u", "cp866", "mac_roman",
    "mac_cyrillic", "cp932", "euc_jp", "iso2022_jp", "gb18030", "big5", "cp949", "cp874",
]  # fmt: skip
# With fewer high bytes than this for each ASCII letter, the text is in a Latin alphabet,
# where windows-1252 is by far the commonest and statistics have little to go by.
LATIN_SHARE = 0.4
# High bytes of windows-1252 that a western text uses: quotes, dashes, and lower-case
# accented letters within words.
WESTERN = re.compile(
    rb"[a-zA-Z][\xc0-\xd6\xd8-\xf6\xf8-\xff\x92]|[\x82\x84\x85\x8c\x91-\x97\x9c\xa0\xa3\xa7\xa9\xab\xae\xb0\xb4\xb7\xbb\xbf\x80]|[\xc0-\xd6\xd8-\xf6\xf8-\xff][a-z]"
)
SAMPLE = 200_000


class Guess(msgspec.Struct, frozen=True):
    """An encoding and the evidence for it, in words."""

    encoding: str
    evidence: str


def guess(content: bytes) -> Guess:
    """Name the likeliest encoding of bytes that are not UTF-8; windows-1252 in doubt."""
    from charset_normalizer import from_bytes  # 10 ms that most builds have no bytes for

    sample = content[:SAMPLE]
    high = sum(byte >= 0x80 for byte in sample)
    best = from_bytes(sample, cp_isolation=MET_IN_PRACTICE, preemptive_behaviour=False).best()
    if high < LATIN_SHARE * sum(chr(byte).isalpha() for byte in sample if byte < 0x80):
        western = sum(len(found) - 1 or 1 for found in WESTERN.findall(sample)) >= 0.9 * high
        if western and (best is None or not _speaks_another_alphabet(best.language)):
            return Guess("windows-1252", f"guessed: {high} western letters and signs above ASCII")
    if best is None:
        return Guess("windows-1252", "assumed: no encoding fits these bytes well")
    name = best.encoding.replace("cp125", "windows-125").replace("_", "-")
    spoken = f", reads as {best.language}" if best.language != "Unknown" else ""
    doubt = f"coherence {best.percent_coherence:.0f} %, disorder {best.percent_chaos:.0f} %"
    return Guess(name, f"guessed by charset-normalizer ({doubt}{spoken})")


def _speaks_another_alphabet(language: str) -> bool:
    """Hold of languages of other code pages than the western one, when one was recognised."""
    return language in {
        "Polish", "Czech", "Slovak", "Hungarian", "Romanian", "Croatian", "Slovene",
        "Turkish", "Lithuanian", "Latvian", "Estonian", "Vietnamese",
    }  # fmt: skip
