"""Guides can be read by a child of twelve, and do not frighten: measured over all shipped cases and random people."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from random import Random

import pytest

from engine.case import Case
from engine.result import Inference
from knowledge.content.prose import pattern_of, plain_texts
from reports.guide import build_guide
from reports.guide.prose import described, named, warned
from reports.guide.view import Guide
from tests.conftest import Golden
from tests.random_people import random_person
from tests.readability import MOST, grade, page, sentences
from tests.shipped import case, every_case, inferred, reasoner

PAGE = Path(__file__).parents[1] / "docs" / "readability.md"
HARDEST = 9.0
"""The grade a single text may have; one long word in a short sentence already counts much."""
PEOPLE = 60
measured = pytest.mark.skipif(importlib.util.find_spec("textstat") is None, reason="textstat is not installed; the extra 'test' brings it")


def guide(found: Inference, of: Case) -> Guide:
    return build_guide(found, of, reasoner().kb)


def frightening(made: Guide) -> list[str]:
    words = pattern_of(reasoner().kb.wording.alarming)
    assert words is not None
    return [f"{match[0]}: {text}" for text in (*described(made), *named(made)) for match in words.finditer(text)]


@measured
class TestReading:
    @pytest.mark.parametrize(
        ("text", "low", "high"),
        [
            pytest.param("Sit down. Rest. Go on.", -5, 1, id="short sentences of short words"),
            pytest.param("The compensatory adaptation necessitates individualised rehabilitation.", 20, 60, id="what nobody says"),
        ],
    )
    def test_the_measure_tells_easy_from_hard(self, text: str, low: float, high: float) -> None:
        assert low <= grade([text]) <= high

    @pytest.mark.parametrize("name", every_case())
    def test_a_guide_can_be_read_at_twelve(self, name: str) -> None:
        assert grade(sentences(name)) <= MOST

    def test_no_single_text_is_hard(self) -> None:
        texts = {f"{name}: {text}" for name, text, _ in plain_texts(reasoner().kb) if len(text.split()) > 4 and grade([text]) > HARDEST}
        assert texts == set()

    def test_the_page_tells_what_is_measured(self, golden: Golden) -> None:
        golden(page(), PAGE)


class TestNocebo:
    @pytest.mark.parametrize("name", every_case())
    def test_no_word_frightens_in_what_describes(self, name: str) -> None:
        assert frightening(guide(inferred(name), case(name))) == []

    @pytest.mark.slow
    def test_nor_for_random_people(self) -> None:
        told = [line for seed in range(PEOPLE) for line in self._random(seed)]
        assert told == []

    def _random(self, seed: int) -> list[str]:
        person = random_person(Random(seed))
        return frightening(guide(reasoner().infer(person), person))

    def test_signs_to_watch_for_are_named_as_they_are(self) -> None:
        assert "A leg or foot gets weak" in " ".join(warned(guide(inferred("empty"), case("empty"))))
