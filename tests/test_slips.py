"""Whatever slip an author makes in a file of a pack, loading tells problems and never raises."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import load_with_problems
from knowledge.codes import CODES
from tests.budget import examples
from tests.tiny_pack import TINY, case_problems, copied, put

WORDS = st.sampled_from([
    "", "yes", "left", "heel_rise", "no such thing", "7", "-1", "0.5", "[]", "{}", "[a, [b]]", "{a: {b: c}}", "x" * 3000, "'8'",
])
SLIPS = st.sampled_from([
    "\t", "\0", "[", "]", "{", "}", ":", ",", "'", '"', "&a ", "*a", "!x ", "\n", "- ", "#", "|", "? ", "---\n", "\r", "\u2028", "\ufeff",
])


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, str]:
    """A file of the tiny pack with one slip: a character more, a line less, a line moved, its end lost, or another value."""
    file = draw(st.sampled_from(sorted(path for path in TINY.rglob("*.*") if path.suffix in (".yaml", ".csv"))))
    text = file.read_text(encoding="utf-8")
    lines, spot = text.split("\n"), draw(st.integers(0, len(text) - 1))
    line = draw(st.integers(0, len(lines) - 1))
    kind = draw(st.sampled_from(["more", "value", "value", "value", "less", "moved", "cut"]))
    if kind == "more":
        text = text[:spot] + draw(SLIPS) + text[spot:]
    elif kind == "cut":
        text = text[:spot]
    else:
        value = re.sub(r": .*", f": {draw(WORDS)}", lines[line], count=1)
        changed = {"less": [], "moved": [f" {lines[line]}"], "value": [value]}[kind]
        text = "\n".join([*lines[:line], *changed, *lines[line + 1 :]])
    return file.relative_to(TINY).as_posix(), text


@given(slip=slips())
@examples(120)
def test_no_slip_raises_and_every_problem_can_be_read(slip: tuple[str, str], tmp_path_factory: pytest.TempPathFactory) -> None:
    name, text = slip
    pack = copied(tmp_path_factory.mktemp("slip"))
    put(pack, name, text)
    problems = case_problems(text) if name.startswith("cases/") else load_with_problems(base=pack)[1]
    assert [one for one in problems if one.code not in CODES or not one.says or len(max(str(one).split("\n"), key=len)) > 400] == []
