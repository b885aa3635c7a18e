"""The version of the rules: what cached results of reading and cleaning are valid for."""

import hashlib
from functools import cache
from importlib.resources import files

PACKAGES = ("tearsheet.readers", "tearsheet.clean")


@cache
def rules_version() -> str:
    """Give a checksum over every file of the reader and the cleaner, weights included.

    Any change of a rule, a wording or a weight changes it; nothing else does.
    """
    digest = hashlib.sha256()
    for package in PACKAGES:
        for file in sorted(files(package).iterdir(), key=lambda file: file.name):
            if file.name.endswith((".py", ".json")):
                content = file.read_bytes()
                digest.update(f"{package}/{file.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:16]
