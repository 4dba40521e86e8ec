"""Arguments as a clinician meets them: what is said, in which verbs, how wide, and what a wrong name is answered."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from cli import main
from commands.arguing import cause_named, place_named
from engine.arguing.breaking import break_chain
from engine.arguing.hypothesis import argue
from engine.arguing.panel import panel
from engine.arguing.rivals import side_by_side
from engine.arguing.variants import Variants
from reports import render
from reports.arguing.against import against_text
from reports.arguing.breaking import breaking_text
from reports.arguing.hypothesis import hypothesis_text
from reports.arguing.rivals import rivals_text
from reports.layout import row
from tests import reporting
from tests.conftest import Golden
from tests.shipped import case, case_path, inferred, reasoner

GOLDEN = Path(__file__).parent / "golden"
CASES = ("article-ankle", "control-two-drivers", "b14_cluneal_48f_failed_surgery", "article-saddle", "a06_lli_24m", "weak-back")


@cache
def variants() -> Variants:
    return Variants(reasoner().readers)


@cache
def texts(name: str) -> dict[str, str]:
    """Every argument about a shipped case, the cause argued with one that few have found."""
    found, about, kb = inferred(name), case(name), reasoner().kb
    theirs = argue(("limited_hip_rotation", "left"), found, about, variants())
    told = {
        "rivals": rivals_text(side_by_side(found, reasoner().readers), found, about, kb),
        "break": breaking_text(break_chain(found, about, variants()), found, about, kb), "argue": hypothesis_text(theirs, found, about, kb),
    }
    return {**told, "against": against_text(panel(0, found, reasoner().readers), found, about, kb)} if found.explanations else told


def run(*args: str) -> Result:
    return CliRunner().invoke(main, list(args))


@pytest.mark.parametrize("name", CASES)
def test_nothing_is_wider_than_a_terminal_of_100_columns(name: str) -> None:
    assert [line for text in texts(name).values() for line in text.splitlines() if len(line) > 100] == []


@pytest.mark.parametrize("name", CASES)
def test_no_verb_stands_above_the_level_of_the_claim(name: str) -> None:
    levels = reasoner().kb.wording.levels
    said = " ".join(" ".join(text.split()) for text in texts(name).values())
    led = inferred(name).leading
    allowed = levels[led.claim]["verb_driver"] if led else ""
    assert levels["tested"]["verb_driver"] not in said
    assert not [one["verb_driver"] for one in levels.values() if f"pain {one['verb_driver']} " in said and one["verb_driver"] != allowed]


@pytest.mark.parametrize("name", CASES)
def test_no_text_shows_an_id_a_none_or_an_empty_sentence(name: str) -> None:
    for text in texts(name).values():
        body = text.partition("Sources\n")[0].splitlines()[2:]
        assert not [line for line in body if re.search(r"\b[a-z]+_[a-z_]+\b|\bNone\b(?! leads)|: *\.$|\(\)", line)]


def test_what_was_not_asked_is_said_to_be_not_asked() -> None:
    assert "Hip turns too little (left): not asked" in texts("article-ankle")["argue"]
    assert "refuted" not in texts("article-ankle")["argue"]


def test_a_text_of_a_pending_referral_says_that_it_is_kept_for_later() -> None:
    told = texts("article-saddle")
    for name in ("against", "rivals", "argue"):
        assert "A medical check comes first" in told[name]
    assert "Not now" in told["break"]


def test_reports_say_what_the_bedside_did_to_a_link() -> None:
    name = "article-try-positive"
    for format_ in reporting.WORDY:
        shown = render(inferred(name), case(name), reasoner().kb, format_)
        assert "tested in this person" in reporting.plain_text(shown, format_)
    found, about = inferred("article-try-negative"), case("article-try-negative")
    assert "Not supported in this person" in against_text(panel(1, found, reasoner().readers), found, about, reasoner().kb)


class TestCommands:
    def test_a_referral_leaves_with_3(self) -> None:
        assert run("break-chain", str(case_path("article-saddle"))).exit_code == 3

    @pytest.mark.parametrize(
        ("named", "text", "says"),
        [
            pytest.param(cause_named, "calf_weaknes", "did you mean 'calf_weakness'", id="a slip of the pen"),
            pytest.param(cause_named, "fear_avoidance.left", "write it without '.left'", id="a side where there is none"),
            pytest.param(cause_named, "calf_weakness.top", "write calf_weakness.left or calf_weakness.right", id="a side that is none"),
            pytest.param(cause_named, "CAL004", "CAL004 is a rule; name a conclusion", id="a rule"),
            pytest.param(cause_named, "", "is no conclusion", id="nothing"),
            pytest.param(place_named, "7", "write a number from 1 to 2", id="a number too high"),
            pytest.param(place_named, "0", "write a number from 1 to 2", id="a number too low"),
            pytest.param(place_named, "hip_abductor_weakness", "'backcause argue' sets it beside them", id="what explains nothing here"),
        ],
    )
    def test_a_wrong_name_is_answered_with_what_to_write(self, named: Callable[..., object], text: str, says: str) -> None:
        with pytest.raises(click.BadParameter, match=re.escape(says)):
            named(text, reasoner().kb, inferred("article-ankle"))

    @pytest.mark.parametrize(
        ("text", "place"), [(None, 0), ("2", 1), ("overactive_back", 1), ("low_push_off.left", 0), ("Old ankle sprain", 0)],
    )
    def test_an_explanation_is_named_by_number_cause_driver_or_step(self, text: str | None, place: int) -> None:
        assert place_named(text, reasoner().kb, inferred("article-ankle")) == place

    def test_a_slip_ends_without_a_traceback(self) -> None:
        result = run("argue", str(case_path("article-ankle")), "calf_weaknes")
        assert result.exit_code == 2
        assert "Traceback" not in result.output

    def test_without_any_explanation_there_is_nothing_to_speak_against(self) -> None:
        with pytest.raises(click.UsageError, match="nothing found so far leads to this back pain"):
            place_named(None, reasoner().kb, inferred("empty"))

    @pytest.mark.parametrize("name", ["rivals", "break"])
    def test_an_empty_case_is_answered(self, name: str) -> None:
        assert "Nothing found so far leads to this back pain" in " ".join(texts("empty")[name].split())

    def test_a_cause_may_be_named_by_its_title(self) -> None:
        assert cause_named("weak or quickly tired calf", reasoner().kb, inferred("article-ankle")) == ("calf_weakness", "left")


def test_golden_texts(golden: Golden) -> None:
    """Over the small pack, so that new knowledge changes none of them."""
    found, about, ready = reporting.inferred("chain"), reporting.small("chain"), reporting.reasoner()
    supposing = Variants(ready.readers)
    told = {
        "against": against_text(panel(0, found, ready.readers), found, about, ready.kb),
        "rivals": rivals_text(side_by_side(found, ready.readers), found, about, ready.kb),
        "break": breaking_text(break_chain(found, about, supposing), found, about, ready.kb),
        "argue": hypothesis_text(argue(("s1_radiculopathy", "left"), found, about, supposing), found, about, ready.kb),
    }
    for name, text in told.items():
        golden(text + "\n", GOLDEN / f"{name}-chain.txt")


@pytest.mark.parametrize(
    ("cells", "widths", "wanted"),
    [
        pytest.param([["a"], ["b"]], (3, 3), "a    b  ", id="short texts are filled up"),
        pytest.param([["one two three four"], ["b"]], (12, 3), "one two       b  \n  three four     ", id="a long text goes on, indented"),
        pytest.param([["a", "b"], ["c"]], (3, 3), "a    c  \nb       ", id="texts of a cell begin on lines of their own"),
        pytest.param([["abcdefgh"], ["x"]], (5, 2), "abcde  x \nfgh      ", id="a word longer than a line is broken"),
        pytest.param([[], ["x"]], (2, 1), "    x", id="an empty cell"),
    ],
)
def test_rows_of_columns(cells: list[list[str]], widths: tuple[int, ...], wanted: str) -> None:
    assert row(cells, widths) == wanted
