"""Forward chaining through experta 1.9.4, which is imported in `library.py` alone.

What is hidden here, and why (figures in docs/decisions.md):
- it does not import on Python 3.10 and later, which `library.py` mends;
- its own agenda keeps cancelled activations, so rules fire against a violated NOT: `StableStrategy` removes exactly;
- its firing order differs between processes: rules are ordered by their place, activations by a total key;
- a predicate that raises leaves the network half updated: words are looked up, nothing is called;
- OR, EXISTS, FORALL, NOT(AND) and a leading TEST are unsafe: productions are joins of facts and of absent facts;
- its network is made anew from scratch for every rule and asked by every fact: `DispatchingMatcher` makes and asks what can match.
"""

from engine.forward.agenda import StableStrategy
from engine.forward.engine import ForwardEngine
from engine.forward.library import experta
from engine.forward.network import DispatchingMatcher
from engine.forward.productions import Act, Fields, Firing, Item, Pattern, Production, Term, Var, in_order, item, pattern, without

__all__ = [
    "Act", "DispatchingMatcher", "Fields", "Firing", "ForwardEngine", "Item", "Pattern", "Production", "StableStrategy", "Term", "Var",
    "experta", "in_order", "item", "pattern", "without",
]
