"""The version of the rules."""

from tearsheet.clean.version import rules_version


def test_the_version_is_short_and_the_same_every_time() -> None:
    version = rules_version()
    rules_version.cache_clear()
    assert version == rules_version()
    assert len(version) == 16
    assert set(version) <= set("0123456789abcdef")
