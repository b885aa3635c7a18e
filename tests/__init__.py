"""Tests, one file a module; the laws as properties, the examples as data under cases/."""
