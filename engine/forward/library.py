"""experta 1.9.4, made importable; the only module that imports it.

It does not import on Python 3.10 and later: frozendict 1.2 reads `collections.Mapping`, which is lent for the import.
"""

from __future__ import annotations

import collections
import collections.abc
import logging

_lent = "Mapping" not in vars(collections)
if _lent:
    collections.Mapping = collections.abc.Mapping  # type: ignore[attr-defined]  # lent to frozendict 1.2
try:
    import frozendict  # noqa: F401
finally:
    if _lent:
        del collections.Mapping  # type: ignore[attr-defined]  # taken back at once
import experta
from experta.abstract import Matcher, Strategy
from experta.activation import Activation
from experta.fact import InitialFact
from experta.matchers.rete.check import SameContextCheck
from experta.matchers.rete.nodes import ConflictSetNode, NotNode, OrdinaryMatchNode
from experta.matchers.rete.token import Token

if not hasattr(experta, "KnowledgeEngine"):  # experta swallows an ImportError of its own dependencies
    raise ImportError("a dependency of experta failed to import")
logging.getLogger("experta.watchers").setLevel(logging.ERROR)  # at INFO they print every fact of a person

__all__ = [
    "Activation", "ConflictSetNode", "InitialFact", "Matcher", "NotNode", "OrdinaryMatchNode", "SameContextCheck", "Strategy", "Token",
    "experta",
]
