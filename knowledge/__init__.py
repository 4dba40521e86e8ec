"""The language of knowledge: types, reading and checking, the compensation graph; the content lives in `base/`."""

from knowledge.load import load, load_with_problems
from knowledge.model import KnowledgeBase
from knowledge.problems import Place, Problem, ProblemsFound

__all__ = ["KnowledgeBase", "Place", "Problem", "ProblemsFound", "load", "load_with_problems"]
