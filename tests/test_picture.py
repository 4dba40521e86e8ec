"""The picture of a chain: boxes apart from each other, all of it in view, nothing said by colour alone."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.building import build_report
from reports.parts.drawing import WIDEST
from reports.pictures.chain import Box, Picture, draw
from reports.pictures.fitting import text_width, wrapped
from reports.pictures.layering import depths, layered
from reports.pictures.placing import Arrow, Station
from reports.pictures.standing_alone import standalone
from tests.reporting import Page, inferred, reasoner, report, small
from tests.shipped import case, every_case
from tests.shipped import inferred as shipped
from tests.shipped import reasoner as base


def station(key: str, spine: bool = True, title: str = "", status: str = "supported") -> Station:
    return Station(key, title or f"Station {key}", "left · habit", status, status, "driver to treat" if key == "b" else "", spine)


def arrow(source: str, target: str, spine: bool = True, how: str = "step", contested: bool = False) -> Arrow:
    return Arrow(source, target, "grade C", how, contested, spine)


def chain_picture() -> Picture:
    view = build_report(inferred("chain"), small("chain"), reasoner().kb).chain
    assert view is not None
    assert view.picture is not None
    return view.picture


def overlap(one: Box, other: Box) -> bool:
    beside = one.x + one.width <= other.x or other.x + other.width <= one.x
    return not (beside or one.y + one.height <= other.y or other.y + other.height <= one.y)


def points(picture: Picture) -> list[tuple[float, float]]:
    found = [re.findall(r"(-?[\d.]+),(-?[\d.]+)", curve.path) for curve in picture.curves]
    return [(float(x), float(y)) for pairs in found for x, y in pairs]


def in_view(picture: Picture) -> bool:
    corners = [(box.x, box.y) for box in picture.boxes] + [(box.x + box.width, box.y + box.height) for box in picture.boxes]
    corners += [(curve.label.left, curve.label.top) for curve in picture.curves]
    corners += [(curve.label.left + curve.label.width, curve.label.top) for curve in picture.curves]
    return all(0 <= x <= picture.width and 0 <= y <= picture.height for x, y in [*corners, *points(picture)])


class TestDrawing:
    def test_two_stations_stand_above_each_other(self) -> None:
        picture = draw("t", "d", [station("a"), station("b")], [arrow("a", "b")])
        low, high = picture.boxes
        assert low.middle == high.middle
        assert high.y + high.height < low.y

    def test_a_step_that_skips_a_station_runs_beside_it(self) -> None:
        steps = [arrow("a", "b"), arrow("b", "c"), arrow("a", "c", spine=False)]
        picture = draw("t", "d", [station(key) for key in "abc"], steps)
        middle = next(box for box in picture.boxes if box.role)
        shortcut = replace(picture, curves=tuple(curve for curve in picture.curves if "beside" in curve.style))
        level = [x for x, y in points(shortcut) if middle.y <= y <= middle.y + middle.height]
        assert level
        assert min(level) > middle.x + middle.width
        assert in_view(picture)

    def test_a_long_title_is_wrapped_inside_its_box(self) -> None:
        long = "A title that goes on and on " + "x" * 60
        picture = draw("t", "d", [station("a", title=long), station("b")], [arrow("a", "b")])
        assert len(picture.boxes[0].title) > 3
        for line in picture.boxes[0].title:
            assert text_width(line.text, 13) <= picture.boxes[0].width
            assert picture.boxes[0].y < line.y < picture.boxes[0].y + picture.boxes[0].height

    def test_arrows_in_any_order_give_the_same_picture(self) -> None:
        stations = [station("a"), station("b"), station("c"), station("d", spine=False)]
        steps = [arrow("a", "b"), arrow("b", "c"), arrow("a", "d", spine=False), arrow("d", "c", spine=False)]
        assert draw("t", "d", stations, steps) == draw("t", "d", stations, steps[::-1])


@st.composite
def cones(draw_: st.DrawFn) -> tuple[list[Station], list[Arrow]]:
    """A spine with stations beside it, and steps that only lead upward."""
    keys = [f"n{index}" for index in range(draw_(st.integers(2, 9)))]
    spine = [keys[0], *draw_(st.lists(st.sampled_from(keys[1:-1]), unique=True, max_size=4) if len(keys) > 2 else st.just([])), keys[-1]]
    spine = sorted(spine, key=keys.index)
    pairs = draw_(st.lists(st.sampled_from(list(combinations(keys, 2))), max_size=14, unique=True))
    on = list(pairwise(spine))
    beside = [pair for pair in pairs if pair not in on]
    named = {*spine, *(key for pair in beside for key in pair)}
    stations = [station(key, key in spine, title=draw_(st.text("abc de", max_size=40))) for key in keys if key in named]
    return stations, [*(arrow(*pair) for pair in on), *(arrow(*pair, spine=False) for pair in beside)]


@given(cones())
def test_no_picture_hides_or_cuts_anything(cone: tuple[list[Station], list[Arrow]]) -> None:
    picture = draw("t", "d", *cone)
    assert not [pair for pair in combinations(picture.boxes, 2) if overlap(*pair)]
    assert in_view(picture)
    assert len({box.middle for box in picture.boxes if "spine" in box.style}) == 1


@given(cones())
def test_every_step_leads_upward(cone: tuple[list[Station], list[Arrow]]) -> None:
    stations, arrows = cone
    layers = layered([one.key for one in stations if one.spine], [(one.source, one.target) for one in arrows])
    height = {slot: index for index, row in enumerate(layers.rows) for slot in row}
    assert all(height[here] < height[there] for way in layers.ways.values() for here, there in pairwise(way))


def test_a_loop_cannot_hang_the_layers() -> None:
    assert max(depths(["a", "b"], [("a", "b"), ("b", "a")]).values()) <= 2


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("", 1, id="nothing is one empty line"),
        pytest.param("short", 1, id="a short word stays"),
        pytest.param("two words here now", 2, id="words wrap"),
        pytest.param("x" * 30, 3, id="a long word is broken"),
        pytest.param("家" * 12, 2, id="wide letters count double"),
    ],
)
def test_wrapping(text: str, lines: int) -> None:
    assert len(wrapped(text, 100, 13)) == lines


class TestInThePage:
    def test_has_a_title_a_description_and_a_role(self) -> None:
        page = Page(report("chain", "html"))
        svg = next(attributes for tag, attributes in page.tags if tag == "svg" and attributes["class"] == "drawn picture")
        assert svg["role"] == "group"
        assert {svg["aria-labelledby"], svg["aria-describedby"]} <= set(page.values("id"))
        assert "From the bottom up: Old ankle sprain (left) → Weak calf (left)" in page.text

    def test_says_contested_and_inferred_in_words_and_signs(self) -> None:
        picture = chain_picture()
        assert [curve.label.text for curve in picture.curves if "contested" in curve.style] == ["≠ contested, grade C"]
        assert [box.status.text for box in picture.boxes if "inferred" in box.style and box.status] == ["inferred"]

    def test_says_the_same_as_the_table(self) -> None:
        view = build_report(inferred("chain"), small("chain"), reasoner().kb).chain
        assert view is not None
        drawn = [" ".join(line.text for line in box.title) for box in chain_picture().boxes]
        assert [one.title for one in view.stations] == drawn[: len(view.stations)]
        assert len(chain_picture().curves) == len(view.stations) - 1 + len(view.branches)

    def test_a_single_station_needs_no_picture(self) -> None:
        alone = inferred("chain").explanations[0]
        found = replace(inferred("chain"), explanations=(replace(alone, path=alone.path[:1], steps=()),))
        view = build_report(found, small("chain"), reasoner().kb).chain
        assert view is not None
        assert view.picture is None


class TestRivals:
    def test_a_rival_stands_in_the_same_picture_in_a_double_frame(self) -> None:
        picture = shipped_picture("article-ankle")
        (box,) = [one for one in picture.boxes if "rival" in one.style]
        assert box.role
        assert box.role.text == "rival B: to treat"
        assert [curve.style for curve in picture.curves if "rival" in curve.style] == ["step beside rival"]
        assert picture.rivals == ("B: the rival that would treat “Strong back muscles that do not let go”",)

    @pytest.mark.parametrize("name", every_case())
    def test_no_shipped_picture_hides_anything_or_is_too_wide_for_paper(self, name: str) -> None:
        view = build_report(shipped(name), case(name), base().kb).chain
        if view is None or view.picture is None:
            return
        assert not [pair for pair in combinations(view.picture.boxes, 2) if overlap(*pair)]
        assert in_view(view.picture)
        assert view.picture.width <= WIDEST or not view.picture.rivals

    @pytest.mark.parametrize("name", every_case())
    def test_a_rival_has_one_letter_in_every_picture(self, name: str) -> None:
        report = build_report(shipped(name), case(name), base().kb)
        if not (report.body and report.chain and report.chain.picture):
            return
        on_body = {row.disc.mark: " ".join(line.text for line in row.lines) for row in report.body.key}
        for told in report.chain.picture.rivals:
            letter, title = told[0], told.partition("“")[2].rstrip("”")
            assert letter not in on_body or title in on_body[letter]

    def test_every_box_says_all_of_itself(self) -> None:
        picture = shipped_picture("article-ankle")
        assert all(" ".join(line.text for line in box.title) in box.aria for box in picture.boxes)
        assert "driver to treat" in next(box.aria for box in picture.boxes if box.role and "driver" in box.role.text)

    def test_it_stands_alone(self) -> None:
        shown = standalone(shipped_picture("control-two-drivers"))
        assert "var(" not in shown
        ElementTree.fromstring(shown)


def shipped_picture(name: str) -> Picture:
    view = build_report(shipped(name), case(name), base().kb).chain
    assert view is not None
    assert view.picture is not None
    return view.picture
