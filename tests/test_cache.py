"""Knowledge from the cache is the knowledge of the files: equal in every field, and built anew once anything differs."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pytest

from engine.infer import Reasoner
from knowledge import KnowledgeBase, ProblemsFound, load, load_with_problems
from knowledge.cache import FAMILY, keep, kept
from knowledge.cache_key import cache_key
from knowledge.kept_files import OFF, VARIABLE, read_kept, write_kept
from knowledge.pack_files import base_folder
from knowledge.packing import packed, unpacked
from knowledge.source_mark import source_mark
from reports import FORMATS, render
from tests.shipped import case, inferred, reasoner
from tests.tiny_pack import TINY, copied, put, tiny

ROOT = Path(__file__).resolve().parents[1]
MORE = """\
- id: {0}
  title: {0}
  kind: test
  answer: yes_no
  per_side: false
  ask: Is it so?
"""


@cache
def shipped_again() -> KnowledgeBase:
    """The shipped knowledge, through bytes and back."""
    again = unpacked(packed(reasoner().kb))
    assert again is not None
    return again


def differing(one: object, other: object, where: str = "kb") -> list[str]:
    """Where two values are of different types or unequal, field by field, down to each entry."""
    if type(one) is not type(other):
        return [f"{where}: {type(one).__name__} is {type(other).__name__}"]
    if is_dataclass(one) and not isinstance(one, type):
        names = [each.name for each in fields(one)]
        return [told for name in names for told in differing(getattr(one, name), getattr(other, name), f"{where}.{name}")]
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        unlike = [] if list(one) == list(other) else [f"{where}: other keys or another order"]
        return unlike + [told for key in one if key in other for told in differing(one[key], other[key], f"{where}[{key}]")]
    if isinstance(one, tuple | list) and isinstance(other, tuple | list):
        unlike = [] if len(one) == len(other) else [f"{where}: another length"]
        return unlike + [told for at, pair in enumerate(zip(one, other, strict=False)) for told in differing(*pair, f"{where}[{at}]")]
    return [] if one == other else [f"{where}: {one!r} is {other!r}"]


class TestTheSameKnowledge:
    def test_the_comparison_sees_a_type_a_value_and_an_order(self) -> None:
        assert differing((1,), (1.0,)) == ["kb[0]: int is float"]
        assert differing({"a": (1, 2)}, {"a": (1, 3)}) == ["kb[a][1]: 2 is 3"]
        assert differing({"a": 1, "b": 1}, {"b": 1, "a": 1}) == ["kb: other keys or another order"]
        assert differing(MappingProxyType({}), {}) == ["kb: mappingproxy is dict"]
        assert differing(tiny().findings["age"], tiny().findings["sex"])[0] == "kb.id: 'age' is 'sex'"

    def test_the_shipped_knowledge_comes_back_equal_in_every_field(self) -> None:
        assert shipped_again() == reasoner().kb
        assert differing(shipped_again(), reasoner().kb) == []
        assert shipped_again().sha256 == reasoner().kb.sha256

    def test_every_place_comes_back(self) -> None:
        places = [[rule.place for rule in kb.rules] + [link.place for link in kb.links] for kb in (shipped_again(), reasoner().kb)]
        assert places[0] == places[1]
        assert all(place.line for place in places[0])

    def test_mappings_still_only_read(self) -> None:
        with pytest.raises(TypeError):
            shipped_again().findings["age"] = None  # type: ignore[index]  # that it cannot be done is the point

    def test_reports_are_the_same_to_the_byte(self) -> None:
        again, name = Reasoner(shipped_again()), "article-ankle"
        found = again.infer(case(name))
        for form in FORMATS:
            assert render(found, case(name), again.kb, form) == render(inferred(name), case(name), reasoner().kb, form)

    def test_the_second_loading_is_from_the_cache_and_equal(self, kept_here: Path) -> None:
        first = load(base=TINY)
        assert kept(cache_key([TINY])) == first
        assert differing(load(base=TINY), tiny()) == []
        assert len(list(kept_here.iterdir())) == 1


def with_another_byte(pack: Path) -> None:
    put(pack, "pack.yaml", (pack / "pack.yaml").read_text(encoding="utf-8") + "\n")


def with_another_file(pack: Path) -> None:
    put(pack, "findings/more.yaml", MORE.format("one_more"))


def without_a_file(pack: Path) -> None:
    (pack / "honesty.yaml").unlink()


def with_a_file_renamed(pack: Path) -> None:
    min((pack / "findings").iterdir()).rename(pack / "findings" / "renamed.yaml")


CHANGES = [with_another_byte, with_another_file, without_a_file, with_a_file_renamed]


@pytest.mark.usefixtures("kept_here")
class TestKey:
    def test_is_the_same_for_the_same_files_wherever_they_are(self, tmp_path: Path) -> None:
        assert cache_key([copied(tmp_path / "a")]) == cache_key([copied(tmp_path / "b")]) != ""

    def test_a_note_beside_the_knowledge_or_a_case_changes_nothing(self, tmp_path: Path) -> None:
        before = cache_key([pack := copied(tmp_path)])
        put(pack, "notes.md", "Later.")
        put(pack, "cases/one.yaml", "id: one")
        assert cache_key([pack]) == before

    @pytest.mark.parametrize("change", [pytest.param(change, id=change.__name__.replace("_", " ")) for change in CHANGES])
    def test_is_another_for_a_pack(self, change: Callable[[Path], None], tmp_path: Path) -> None:
        before = cache_key([pack := copied(tmp_path)])
        change(pack)
        assert cache_key([pack]) not in ("", before)

    def test_is_another_for_a_folder_of_another_name_since_places_tell_it(self, tmp_path: Path) -> None:
        pack = copied(tmp_path)
        assert cache_key([pack]) != cache_key([Path(shutil.copytree(pack, tmp_path / "other"))])

    def test_is_another_for_packs_in_another_order(self, tmp_path: Path) -> None:
        a, b = (put(tmp_path / name, "findings/x.yaml", MORE.format(f"one_{name}")).parents[1] for name in "ab")
        assert len({cache_key([TINY, a, b]), cache_key([TINY, b, a]), cache_key([TINY, a]), cache_key([TINY])}) == 4

    def test_is_none_where_nothing_is_kept(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv(VARIABLE, OFF)
        assert cache_key([TINY]) == ""

    @pytest.mark.parametrize("name", ["findings/x.txt", "finding/x.yaml", "rules/big.yaml"])
    def test_is_none_for_a_pack_with_a_file_amiss(self, name: str, tmp_path: Path) -> None:
        put(pack := copied(tmp_path), name, "# \n" * (1_000_000 if "big" in name else 1))
        assert cache_key([pack]) == ""


KEY = "from knowledge.cache_key import cache_key; from pathlib import Path; print(cache_key([Path('tiny')]))"


@pytest.mark.usefixtures("kept_here")
class TestCode:
    def test_another_text_of_a_building_module_misses(self, tmp_path: Path) -> None:
        copied(tmp_path)
        room = Path(shutil.copytree(base_folder().parent, tmp_path / "knowledge", ignore=shutil.ignore_patterns("base", "__pycache__")))
        keys = [self.key_in(tmp_path)]
        for name in ("build_rules.py", "content/prose.py"):
            (room / name).write_text((room / name).read_text(encoding="utf-8") + "# Later.\n", encoding="utf-8")
            keys.append(self.key_in(tmp_path))
        assert len({*keys, ""}) == 4

    def key_in(self, folder: Path) -> str:
        done = subprocess.run([sys.executable, "-c", KEY], cwd=folder, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def test_the_date_of_a_module_does_not_count_and_its_name_and_text_do(self, tmp_path: Path) -> None:
        module = put(tmp_path, "one.py", "x = 1")
        before = source_mark(tmp_path)
        os.utime(module, (1, 1))
        assert source_mark(tmp_path) == before
        marks = {before, source_mark(put(tmp_path, "one.py", "x = 2").parent), source_mark(put(tmp_path, "two.py", "").parent)}
        assert len(marks) == 3

    def test_each_library_counts(self, tmp_path: Path) -> None:
        assert len({source_mark(tmp_path), source_mark(tmp_path, "yaml"), source_mark(tmp_path, "pydantic")}) == 3


@pytest.mark.usefixtures("kept_here")
class TestWhatIsNotKept:
    def test_knowledge_with_problems_is_told_in_full_on_every_run(self, kept_here: Path, tmp_path: Path) -> None:
        broken = copied(tmp_path)
        put(broken, "rules/x.yaml", "- id: X1\n")
        told = []
        for _ in range(2):
            with pytest.raises(ProblemsFound) as raised:
                load(base=broken)
            told.append(raised.value.problems)
        assert told == [load_with_problems(base=broken)[1]] * 2
        assert len(told[0]) > 1
        assert not kept_here.exists()

    def test_a_folder_that_is_none_is_told_on_every_run(self) -> None:
        for _ in range(2):
            with pytest.raises(ProblemsFound, match="KB001"):
                load([Path("nowhere")], TINY)

    def test_a_check_reads_the_files_and_not_the_cache(self) -> None:
        keep(cache_key([TINY]), reasoner().kb)
        assert load(base=TINY) == reasoner().kb
        assert load_with_problems(base=TINY) == (tiny(), ())


class Harm:
    """What somebody would plant: reading it makes a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return os.mkdir, (str(self.folder),)


def test_nothing_that_is_planted_is_called(tmp_path: Path) -> None:
    planted = pickle.dumps(Harm(tmp_path / "done"))
    assert unpacked(planted) is None
    assert not (tmp_path / "done").exists()
    pickle.loads(planted)
    assert (tmp_path / "done").exists()


@pytest.mark.usefixtures("kept_here")
@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"no pickle", id="no pickle"),
        pytest.param(packed(tiny())[:-9], id="a part of one"),
        pytest.param(pickle.dumps({"findings": {}}), id="some other value"),
        pytest.param(pickle.dumps(tiny().findings["age"]), id="a part of the knowledge"),
        pytest.param(pickle.dumps(os.getcwd), id="a function of somewhere else"),
        pytest.param(pickle.dumps(load), id="a function of this room"),
    ],
)
def test_bytes_that_are_no_knowledge_are_passed_over(content: bytes) -> None:
    assert unpacked(content) is None
    key = cache_key([TINY])
    write_kept(FAMILY, key, content)
    assert load(base=TINY) == tiny()
    assert read_kept(f"{FAMILY}-{key}") == packed(tiny())
