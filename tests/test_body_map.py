"""The body map: true left and right, a place for every region, nothing on top of anything else, the same facts as its list."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import combinations, product
from math import hypot
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.case import mirrored
from engine.result import Inference
from reports.citing import Citations
from reports.naming import Names
from reports.parts.dossier import Dossier
from reports.parts.on_body import body_map
from reports.pictures.body import BodyMap, Disc, Spot, Way, Words, draw_body
from reports.pictures.labels import Area
from reports.pictures.regions import BACK, FRONT, MIDDLES, NOWHERE, REGIONS, home_of, point_of
from reports.pictures.standing_alone import standalone
from tests.shipped import case, every_case, inferred, reasoner

WORDS = Words("Way", "Described", "from behind", "from the front", "L", "R", ("no one", "place"), ())
SVG = "{http://www.w3.org/2000/svg}"


def dossier_of(name: str, mirror: bool = False) -> Dossier:
    kb = reasoner().kb
    answered_with_a_side = frozenset(id_ for id_, one in kb.findings.items() if {"left", "right"} <= {*one.answer.choices})
    one = mirrored(case(name), answered_with_a_side) if mirror else case(name)
    found: Inference = reasoner().infer(one) if mirror else inferred(name)
    return Dossier(found, one, kb, Names(kb, case=one, inference=found), Citations(kb))


@cache
def drawn(name: str, mirror: bool = False) -> BodyMap | None:
    return body_map(dossier_of(name, mirror))


def spot(key: str, region: str = "lumbar", side: str = "none", **more: str) -> Spot:
    roles = frozenset(more.get("roles", "").split())
    return Spot(key, region, side, more.get("mark", key), more.get("kind", "station"), more.get("status", "supported"), roles,
                more.get("label", ""), key)


def drawing(*spots: Spot, how: str = "step", contested: bool = False) -> BodyMap:
    keys = tuple(one.key for one in spots)
    steps = len(keys) - 1
    ways = [Way(keys, (how,) * steps, (contested,) * steps, "lead")] if steps else []
    return draw_body(spots, ways, (), WORDS)


def disc_area(disc: Disc) -> Area:
    return Area(disc.left - disc.ring, disc.top - disc.ring, disc.width + 2 * disc.ring, disc.height + 2 * disc.ring)


def areas(picture: BodyMap) -> list[Area]:
    return [disc_area(one) for one in picture.discs] + [one.area for one in picture.tags] + [disc_area(row.disc) for row in picture.key]


def faults(picture: BodyMap) -> list[str]:
    """Discs and labels that cover each other or leave the picture."""
    view = Area(0, 0, picture.width, picture.height)
    covered = [f"{one} meets {other}" for one, other in combinations(areas(picture), 2) if one.meets(other)]
    return covered + [f"{one} leaves the picture" for one in areas(picture) if not one.inside(view)]


def touch(one: Disc, other: Disc) -> bool:
    return hypot(one.x - other.x, one.y - other.y) < (one.width + other.width) / 2 + one.ring + other.ring


class TestSides:
    @pytest.mark.parametrize(
        ("view", "side", "on_viewers"),
        [
            pytest.param(BACK, "left", "left", id="from behind the left of the person is on the viewer's left"),
            pytest.param(BACK, "right", "right", id="from behind the right of the person is on the viewer's right"),
            pytest.param(FRONT, "left", "right", id="from the front the left of the person is on the viewer's right"),
            pytest.param(FRONT, "right", "left", id="from the front the right of the person is on the viewer's left"),
        ],
    )
    def test_every_region_is_on_its_true_side(self, view: str, side: str, on_viewers: str) -> None:
        for region in (name for name, views in REGIONS.items() if view in views):
            x = point_of(region, view, side).x
            assert (x < MIDDLES[view]) == (on_viewers == "left"), region

    @pytest.mark.parametrize("view", [BACK, FRONT])
    def test_the_letters_stand_on_the_side_they_name(self, view: str) -> None:
        texts = drawing(spot("1")).texts
        left, right = (min((one for one in texts if one.text == letter), key=lambda one: abs(one.x - MIDDLES[view])) for letter in "LR")
        assert (left.x < MIDDLES[view] < right.x) == (view == BACK)
        assert (right.x < MIDDLES[view] < left.x) == (view == FRONT)

    @pytest.mark.parametrize(
        ("side", "places", "marked"),
        [
            pytest.param("left", 1, "1", id="one side stands once"),
            pytest.param("both", 2, "1", id="both sides stand twice"),
            pytest.param("unstated", 2, "1?", id="a side not told is hollow on both, with a question mark"),
        ],
    )
    def test_places_of_a_side(self, side: str, places: int, marked: str) -> None:
        discs = [one for one in drawing(spot("1", "calf", side)).discs if "echo" not in one.style]
        assert [one.mark for one in discs] == [marked] * places
        assert all(("unstated" in one.style.split()) == (side == "unstated") for one in discs)

    @pytest.mark.parametrize("name", ["article-ankle", "control-two-drivers", "a17_pri_65f", "c21_sacral_sf_30f_postpartum"])
    def test_a_mirrored_person_has_a_mirrored_map(self, name: str) -> None:
        here, there = (body_map(dossier_of(name, mirror), rivals=0) for mirror in (False, True))
        assert here is not None
        assert there is not None
        turned = sorted((one.mark, mirror_of(one.x), one.y) for one in here.discs if one.y > 240)
        shown = sorted((one.mark, one.x, one.y) for one in there.discs if one.y > 240)
        assert [mark for mark, *_ in turned] == [mark for mark, *_ in shown]
        # the midline stays where it is, and what stands near it is pushed a little otherwise
        assert all(hypot(x - other_x, y - other_y) < 6 for (_, x, y), (_, other_x, other_y) in zip(turned, shown, strict=True))


def mirror_of(x: float) -> float:
    return 2 * min(MIDDLES.values(), key=lambda middle: abs(middle - x)) - x


class TestPlaces:
    def test_every_region_of_the_base_has_a_place(self) -> None:
        regions = {one.region for one in reasoner().kb.conclusions.values()}
        assert regions - {NOWHERE} <= set(REGIONS)

    def test_what_is_in_no_one_place_stands_in_the_lane(self) -> None:
        picture = drawing(spot("1", NOWHERE), spot("2"))
        assert picture.lane
        assert disc_area(picture.discs[0]).inside(picture.lane)
        assert {"no one", "place"} <= {one.text for one in picture.texts}

    def test_a_region_nobody_drew_stands_in_the_lane_too(self) -> None:
        assert home_of("tail") == "lane"

    def test_without_it_there_is_no_lane(self) -> None:
        assert drawing(spot("1")).lane is None

    def test_what_is_seen_from_the_front_is_shown_there_too(self) -> None:
        discs = drawing(spot("1", "ankle", "left")).discs
        assert ["echo" in one.style for one in discs] == [False, True]

    def test_a_belly_stands_in_front_only(self) -> None:
        (disc,) = drawing(spot("1", "abdomen")).discs
        assert disc.x > 200


@pytest.mark.parametrize("mirror", [False, True], ids=["as told", "mirrored"])
@pytest.mark.parametrize("name", every_case())
def test_nothing_covers_anything_in_any_shipped_case(name: str, mirror: bool) -> None:
    picture = drawn(name, mirror)
    assert picture is None or not faults(picture)


def crowd() -> st.SearchStrategy[list[Spot]]:
    sides = st.sampled_from(["left", "right", "both", "unstated", "none"])
    labels = st.sampled_from(["", "", "treat here", "complaint"])
    one = st.tuples(st.sampled_from([*REGIONS, NOWHERE]), sides, labels, st.sampled_from(["", "driver", "complaint"]))
    return st.lists(one, min_size=1, max_size=7).map(
        lambda found: [spot(f"{place}", region, side, label=label, roles=role) for place, (region, side, label, role) in enumerate(found)]
    )


@settings(max_examples=60, deadline=None)
@given(crowd())
def test_no_disc_covers_another_in_any_way_through_the_body(spots: list[Spot]) -> None:
    picture = drawing(*spots)
    assert not [pair for pair in combinations(picture.discs, 2) if disc_area(pair[0]).meets(disc_area(pair[1])) and touch(*pair)]
    assert all(disc_area(one).inside(Area(0, 0, picture.width, picture.height)) for one in picture.discs)


class TestSaid:
    @pytest.mark.parametrize(
        ("name", "labels"),
        [
            pytest.param("empty", None, id="nothing known, nothing drawn"),
            pytest.param("article-saddle", {"check first"}, id="a referral shows what to check and no chain"),
            pytest.param("control-spondyloarthritis", {"refer"}, id="a serious condition that leads is referred, not treated"),
            pytest.param("b14_cluneal_48f_failed_surgery", {"treat here"}, id="what is only to be watched has no words on the body"),
            pytest.param("d03_flexion_fear_f", {"treat here"}, id="a habit is no complaint"),
            pytest.param("a13_hips_42m", {"test here", "complaint"}, id="a guess is to be tested, not treated"),
            pytest.param("control-sij", {"treat here"}, id="a local diagnosis is a place"),
            pytest.param("article-ankle", {"treat here", "complaint"}, id="a chain names what to treat and the complaint"),
        ],
    )
    def test_labels(self, name: str, labels: set[str] | None) -> None:
        picture = drawn(name)
        found = {tag.text for tag in picture.tags} - {"≠"} if picture else None
        assert found == labels

    def test_a_referral_has_no_arrow(self) -> None:
        picture = drawn("article-saddle")
        assert picture
        assert not picture.arrows

    def test_what_is_to_be_watched_is_hollow(self) -> None:
        picture = drawn("c01_ces_54m")
        assert picture
        flags = {row.lines[0].text: row.disc.style.split() for row in picture.key}
        assert "watch" not in flags["Cauda equina syndrome"]
        assert "watch" in flags["Pressure on the spinal cord"]

    def test_two_drivers_have_a_way_each(self) -> None:
        picture = drawn("control-two-drivers")
        assert picture
        assert [row.disc.mark for row in picture.key] == ["A", "B"]
        assert [tag.text for tag in picture.tags].count("treat here") == 2

    @pytest.mark.parametrize("how", ["gap", "inferred", "association"])
    def test_a_step_that_is_no_plain_step_has_a_line_of_its_own(self, how: str) -> None:
        (arrow,) = drawing(spot("1", "calf", "left"), spot("2"), how=how).arrows
        assert how in arrow.style.split()

    def test_a_contested_step_has_a_badge(self) -> None:
        picture = drawing(spot("1", "calf", "left"), spot("2"), contested=True)
        assert [tag.text for tag in picture.tags] == ["≠"]

    @pytest.mark.parametrize("name", every_case())
    def test_the_key_names_every_mark_and_the_list_says_the_same(self, name: str) -> None:
        picture = drawn(name)
        if picture is None:
            return
        marks = {mark for one in picture.discs for mark in _single(one.mark.rstrip("?"))}
        assert marks == {row.disc.mark for row in picture.key}
        shown = [" ".join(text.text for text in row.lines if text.style == "name") for row in picture.key]
        assert all(title in told for title, told in zip(shown, picture.told, strict=True))


def _single(mark: str) -> set[str]:
    return set(mark) if mark.isalpha() else {mark}


class TestAccess:
    @pytest.mark.parametrize("name", ["article-ankle", "article-saddle", "weak-back", "a13_hips_42m"])
    def test_it_has_title_description_and_a_name_for_every_station(self, name: str) -> None:
        picture = drawn(name)
        assert picture
        root = ElementTree.fromstring(standalone(picture))
        ids = [one.attrib["id"] for one in root.iter() if "id" in one.attrib]
        assert len(ids) == len(set(ids))
        assert {root.attrib["aria-labelledby"], root.attrib["aria-describedby"]} <= set(ids)
        assert root.findtext(f"{SVG}title")
        assert "on the left" in (root.findtext(f"{SVG}desc") or "")
        named = [one.attrib["aria-label"] for one in root.iter(f"{SVG}g") if one.attrib.get("tabindex") == "0"]
        assert len(named) == len([one for one in picture.discs if "echo" not in one.style])
        assert all(named)

    def test_two_maps_in_one_page_share_no_id(self) -> None:
        dossier = dossier_of("article-ankle")
        ids = [re.findall(r'id="([^"]+)"', standalone(body_map(dossier, id=name) or drawing(spot("1")))) for name in ("one", "two")]
        assert not set(ids[0]) & set(ids[1])

    def test_alone_it_needs_nothing_from_a_page(self) -> None:
        picture = drawn("article-ankle")
        assert picture
        shown = standalone(picture)
        assert not re.search(r"var\(|@media|foreignObject|href|<script|url\(", shown)
        assert shown == standalone(picture)

    def test_hostile_titles_stay_text(self) -> None:
        picture = drawing(spot("1"))
        evil = replace(picture, title="<script>alert(1)</script>", description="a & b")
        root = ElementTree.fromstring(standalone(evil))
        assert root.findtext(f"{SVG}title") == "<script>alert(1)</script>"


@pytest.mark.parametrize(("name", "rivals"), product(["article-ankle", "weak-back"], [0, 1, 2]))
def test_as_many_rivals_as_asked_for(name: str, rivals: int) -> None:
    picture = body_map(dossier_of(name), rivals=rivals)
    assert picture
    lettered = [row for row in picture.key if row.disc.mark.isalpha()]
    assert len(lettered) <= rivals
    assert bool(lettered) == bool(rivals)
