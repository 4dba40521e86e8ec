"""How easy the guides are to read, measured with textstat (pip install textstat), and the page docs/readability.md.

The measure is the Flesch-Kincaid grade: from the length of sentences and of words in syllables, in school years of the United
States, where children in grade n are n + 5 to n + 6 years old. It stands for what is asked of a guide, short sentences of
short words. Syllables are counted with the hyphenation rules that come with textstat; nothing is downloaded.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable

from reports.guide import build_guide
from reports.guide.prose import described, warned
from tests.shipped import case, every_case, inferred, reasoner

MOST = 6.0
"""The grade that a guide may have at most: twelve years of age."""
YEARS = 6
"""What is added to a grade to get the age of the older children in it."""
HEAD = f"""# How easy the guides are to read

Made by `pytest --update-golden tests/test_readability.py`; a test keeps it true.

For each shipped case the Flesch-Kincaid grade of the guide for the person (`--for patient`), and the reading age that goes
with it: the grade and {YEARS} years, the age of the older children of that school year. No guide may be above grade {MOST:g}.
The formula looks at the length of sentences and at syllables, and so at what is asked of a guide: short sentences of short
words. It knows nothing of meaning; reading the texts aloud to someone is no less needed.

Counted are whole sentences. Not counted are the person's own words, which are theirs; names of tests and of treatments, which
the person will hear in the practice; the steps of ladders, which stand in a table; and headings.

| case | sentences | grade | age |
| --- | ---: | ---: | ---: |
"""


def grade(texts: Iterable[str]) -> float:
    """The Flesch-Kincaid grade of some sentences together."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it asks setuptools for a module that is on its way out
        import textstat

        return float(textstat.flesch_kincaid_grade(" ".join(texts)))


def sentences(name: str) -> tuple[str, ...]:
    """What is counted of the guide on a shipped case."""
    guide = build_guide(inferred(name), case(name), reasoner().kb)
    return (*described(guide), *warned(guide))


def page() -> str:
    """The page docs/readability.md."""
    return HEAD + "".join(map(_row, every_case()))


def _row(name: str) -> str:
    told = sentences(name)
    found = grade(told)
    return f"| {name} | {len(told)} | {found:.1f} | {found + YEARS:.1f} |\n"
