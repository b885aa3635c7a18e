"""Names across documents: who and what is mentioned, and which mentions are the same.

Takes cleaned documents, the authority file and the editor's rulings; gives mentions,
entities, the pairs to review and the mentions that become links. Everything is pure.
"""

from tearsheet.names.links import linkable, sentence
from tearsheet.names.recognise import language_note, recognise
from tearsheet.names.resolve import resolve

__all__ = ["language_note", "linkable", "recognise", "resolve", "sentence"]
