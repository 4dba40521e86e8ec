"""Files kept between runs: whole or not at all, from this user alone, and never an error."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.kept_files import NEWEST, OFF, VARIABLE, kept_folder, read_kept, trusted, write_kept

ROOT = Path(__file__).resolve().parents[1]
NAME, CONTENT = "knowledge-1", b"all that is known" * 100
ME, OTHER = 1000, 1001
SOMEBODY_ELSE = os.geteuid() + 1


def kept_file(folder: Path) -> Path:
    write_kept("knowledge", "1", CONTENT)
    return folder / NAME


@pytest.mark.parametrize(
    ("variables", "folder"),
    [
        pytest.param({VARIABLE: OFF, "XDG_CACHE_HOME": "/x"}, None, id="off keeps nothing"),
        pytest.param({VARIABLE: "/mine"}, Path("/mine"), id="a folder named is that folder"),
        pytest.param({"XDG_CACHE_HOME": "/x"}, Path("/x/backcause"), id="else the cache folder of the desktop"),
        pytest.param({VARIABLE: "", "XDG_CACHE_HOME": "/x"}, Path("/x/backcause"), id="an empty variable counts as none"),
        pytest.param({"XDG_CACHE_HOME": "x"}, Path.home() / ".cache/backcause", id="a relative cache folder is passed over"),
        pytest.param({}, Path.home() / ".cache/backcause", id="else .cache in the home folder"),
    ],
)
def test_where_files_are_kept(variables: dict[str, str], folder: Path | None) -> None:
    assert kept_folder(variables) == folder


@pytest.mark.parametrize(
    ("home", "folder"),
    [
        pytest.param("own", "own/.cache/backcause", id="in a home of one's own"),
        pytest.param("none", None, id="not in a home that is not there"),
        pytest.param("other", None, id="not in somebody else's home"),
    ],
)
def test_in_whose_home_files_are_kept(home: str, folder: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "other").mkdir()
    if home == "other":
        monkeypatch.setattr(os, "geteuid", lambda: SOMEBODY_ELSE)
    monkeypatch.setenv("HOME", str(tmp_path / home))
    assert kept_folder({}) == (tmp_path / folder if folder else None)


@pytest.mark.parametrize(
    ("owner", "mode", "may"),
    [
        pytest.param(ME, 0o100600, True, id="mine alone"),
        pytest.param(ME, 0o100644, True, id="mine, and others may read"),
        pytest.param(ME, 0o100620, False, id="mine, and my group may write"),
        pytest.param(ME, 0o100602, False, id="mine, and anybody may write"),
        pytest.param(OTHER, 0o100600, False, id="somebody else's"),
    ],
)
def test_whose_files_are_trusted(owner: int, mode: int, may: bool) -> None:
    assert trusted(os.stat_result((mode, 0, 0, 1, owner, 0, 0, 0, 0, 0)), ME) is may


class TestKeeping:
    def test_nothing_is_kept_at_first(self, kept_here: Path) -> None:
        assert read_kept(NAME) is None
        assert not kept_here.exists()

    def test_what_is_kept_is_read_again(self, kept_here: Path) -> None:
        kept_file(kept_here)
        assert read_kept(NAME) == CONTENT

    def test_only_this_user_can_read_it(self, kept_here: Path) -> None:
        file = kept_file(kept_here)
        assert [stat.S_IMODE(path.stat().st_mode) for path in (kept_here, file)] == [0o700, 0o600]

    def test_nothing_else_is_left_behind(self, kept_here: Path) -> None:
        assert list(kept_here.parent.rglob("*")) == []
        kept_file(kept_here)
        assert [path.name for path in kept_here.iterdir()] == [NAME]

    def test_nothing_is_written_when_it_is_off(self, kept_here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv(VARIABLE, OFF)
        kept_file(kept_here)
        assert read_kept(NAME) is None
        assert not kept_here.exists()

    def test_old_files_of_the_family_go_and_the_newest_and_others_stay(self, kept_here: Path) -> None:
        write_kept("template", "1", b"")
        for number in range(NEWEST + 3):
            write_kept("knowledge", str(number), b"")
            os.utime(kept_here / f"knowledge-{number}", (number, number))
        write_kept("knowledge", "last", b"")
        stayed = {f"knowledge-{number}" for number in range(4, NEWEST + 3)}
        assert {path.name for path in kept_here.iterdir()} == stayed | {"knowledge-last", "template-1"}

    def test_a_file_that_is_used_stays(self, kept_here: Path) -> None:
        for number in range(NEWEST):
            write_kept("knowledge", str(number), b"")
            os.utime(kept_here / f"knowledge-{number}", (number, number))
        assert read_kept("knowledge-0") == b""
        write_kept("knowledge", "last", b"")
        assert not (kept_here / "knowledge-1").exists()
        assert (kept_here / "knowledge-0").exists()

    def test_files_never_finished_go_too(self, kept_here: Path) -> None:
        kept_here.mkdir(mode=0o700)
        for number in range(NEWEST + 3):
            (kept_here / f".knowledge-1.{number}").touch()
        kept_file(kept_here)
        assert len(list(kept_here.glob(".knowledge-*"))) == NEWEST


def shortened(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def with_another_byte(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def taken_from_another_key(file: Path) -> None:
    write_kept("knowledge", "2", CONTENT)
    file.with_name("knowledge-2").replace(file)


def writable_by_the_group(file: Path) -> None:
    file.chmod(0o620)


def writable_by_anybody(file: Path) -> None:
    file.chmod(0o602)


def in_a_folder_anybody_writes(file: Path) -> None:
    file.parent.chmod(0o777)


def a_link_to_it(file: Path) -> None:
    file.rename(file.with_name("elsewhere"))
    file.symlink_to("elsewhere")


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def a_pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file, 0o600)


SPOILT = [
    shortened, with_another_byte, emptied, taken_from_another_key, writable_by_the_group, writable_by_anybody, in_a_folder_anybody_writes,
    a_link_to_it, a_folder, a_pipe,
]


def test_a_file_of_somebody_else_is_passed_over(kept_here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept_file(kept_here)
    monkeypatch.setattr(os, "geteuid", lambda: SOMEBODY_ELSE)
    assert read_kept(NAME) is None


@pytest.mark.parametrize("spoil", [pytest.param(spoil, id=spoil.__name__.replace("_", " ")) for spoil in SPOILT])
def test_a_file_is_passed_over_when(spoil: Callable[[Path], None], kept_here: Path) -> None:
    file = kept_file(kept_here)
    assert read_kept(NAME) == CONTENT
    spoil(file)
    assert read_kept(NAME) is None


class TestAFolderThatCannotBeUsed:
    """Nothing is raised and nothing is said; the next run does the work again."""

    @pytest.mark.parametrize("place", ["/dev/null", "/dev/null/kept", "/proc/kept"])
    def test_is_passed_over(self, place: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
        monkeypatch.setenv(VARIABLE, place)
        write_kept("knowledge", "1", CONTENT)
        assert read_kept(NAME) is None
        assert capfd.readouterr() == ("", "")

    def test_is_not_written_when_anybody_writes_it(self, kept_here: Path) -> None:
        kept_here.mkdir()
        kept_here.chmod(0o777)
        kept_file(kept_here)
        assert list(kept_here.iterdir()) == []

    def test_is_read_when_it_is_for_reading_only(self, kept_here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        kept_file(kept_here)
        monkeypatch.setattr(os, "open", reading_only(os.open))
        write_kept("knowledge", "2", CONTENT)
        assert (read_kept(NAME), read_kept("knowledge-2")) == (CONTENT, None)


def reading_only(opened: Callable[..., int]) -> Callable[..., int]:
    """As a file system that may only be read; an administrator may write wherever the mode forbids it."""

    def refusing(path: object, flags: int, *more: object, **named: object) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR):
            raise PermissionError(13, "Permission denied")
        return opened(path, flags, *more, **named)

    return refusing


WRITER = """
import sys
from knowledge.kept_files import write_kept
for _ in range(60):
    write_kept("knowledge", "1", sys.argv[1].encode() * 300_000)
"""


def test_two_processes_that_write_at_once_leave_one_whole_file(kept_here: Path) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, letter], cwd=ROOT) for letter in "ab"]
    seen = set()
    while any(writer.poll() is None for writer in writers):
        seen.add(read_kept(NAME))
    assert [writer.returncode for writer in writers] == [0, 0]
    assert seen <= {None, b"a" * 300_000, b"b" * 300_000}
    assert read_kept(NAME) in (b"a" * 300_000, b"b" * 300_000)
    assert [path.name for path in kept_here.iterdir()] == [NAME]
