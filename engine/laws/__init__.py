"""The laws that every knowledge base must obey, and what tries them on cases and random people."""

from __future__ import annotations

from engine.laws.irrelevance import IRRELEVANCE
from engine.laws.law import Breach, Law, Thinker, Trial
from engine.laws.mirrors import MIRROR
from engine.laws.orders import ORDER
from engine.laws.people import People
from engine.laws.planning import PLAN
from engine.laws.safety_first import SAFETY
from engine.laws.silence import SILENCE
from engine.laws.times import TIME
from engine.laws.trying import Broken, Verdict, random_people, smallest, try_laws
from engine.laws.unknowns import UNKNOWN_IS_NOT_NO

LAWS = (MIRROR, ORDER, IRRELEVANCE, TIME, SILENCE, UNKNOWN_IS_NOT_NO, SAFETY, PLAN)

__all__ = ["LAWS", "Breach", "Broken", "Law", "People", "Thinker", "Trial", "Verdict", "random_people", "smallest", "try_laws"]
