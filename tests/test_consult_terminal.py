"""A consult on streams: what ends it, where the case goes, exit codes; and once on a real terminal."""

from __future__ import annotations

import io
import os
import select
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from consult.lines import fold_line
from consult.terminal import run_consult
from engine.case import Case
from engine.case_reading import read_case
from tests.shipped import case as shipped_case
from tests.shipped import reasoner

ROOT = Path(__file__).resolve().parents[1]


def run(output: Path, *lines: str, case: Case | None = None) -> tuple[int, str]:
    stdout = io.StringIO()
    code = run_consult(reasoner(), case, output, io.StringIO("".join(f"{line}\n" for line in lines)), stdout)
    return code, stdout.getvalue()


def unfolded(shown: str) -> str:
    """What was shown, as one line."""
    return " ".join(shown.split())


def answers(path: Path) -> dict[tuple[str, str], object]:
    return {key: answer.value for key, answer in read_case(path, reasoner().kb).answers.items()}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "c.yaml"


class TestTheEndOfTheInput:
    def test_saves_and_says_so(self, output: Path) -> None:
        code, shown = run(output, "low_back", "middle")
        assert code == 0
        assert f"The input ended. Saved: {output} (2 findings)" in unfolded(shown)
        assert answers(output) == {("pain_where", "none"): "low_back", ("pain_side", "none"): "middle"}

    def test_is_no_answer(self, output: Path) -> None:
        run(output, "low_back")
        assert list(answers(output)) == [("pain_where", "none")]

    def test_is_no_answer_to_whether_to_save_either(self, output: Path) -> None:
        run(output, "low_back", "quit")
        assert output.exists()

    def test_writes_nothing_when_nothing_was_told(self, output: Path) -> None:
        assert run(output)[0] == 0
        assert not output.exists()

    def test_keeps_an_activity_that_was_only_begun(self, output: Path) -> None:
        run(output, "change activities", "rowing on the lake")
        told = read_case(output, reasoner().kb).answer("activities")
        assert told is not None
        assert [dict(one) for one in told.items] == [{"activity": "rowing on the lake"}]

    def test_shows_the_lines_it_read(self, output: Path) -> None:
        assert "> low_back\nnoted: " in run(output, "low_back")[1]


class TestExitCode:
    @pytest.mark.parametrize(
        ("lines", "code"),
        [
            pytest.param(("low_back", "quit", "yes"), 0, id="no red flag"),
            pytest.param(("change saddle_numbness", "unknown"), 0, id="an open red flag is no referral"),
            pytest.param(("change saddle_numbness", "yes"), 3, id="an emergency"),
            pytest.param(("change saddle_numbness", "yes", "quit", "no"), 3, id="an emergency that is not saved"),
            pytest.param(("change saddle_numbness", "yes", "change saddle_numbness", "no"), 0, id="a corrected answer"),
        ],
    )
    def test_tells_a_referral(self, output: Path, lines: tuple[str, ...], code: int) -> None:
        assert run(output, *lines)[0] == code


class TestSaving:
    def test_is_for_the_owner_alone(self, output: Path) -> None:
        run(output, "low_back", "save")
        assert stat.S_IMODE(output.stat().st_mode) == 0o600
        assert [path.name for path in output.parent.iterdir()] == ["c.yaml"]

    def test_keeps_a_case_that_was_there(self, output: Path) -> None:
        output.write_text("somebody else's")
        _, shown = run(output, "low_back", "save", "middle", "save")
        assert f"The file that was there is kept as {output.with_name('c.1.yaml')}." in unfolded(shown)
        assert output.with_name("c.1.yaml").read_text() == "somebody else's"
        assert len(list(output.parent.iterdir())) == 2, "the consult's own file is written over"

    def test_goes_on_with_a_case_and_writes_it_back(self, output: Path) -> None:
        run(output, "low_back")
        first = read_case(output, reasoner().kb)
        code, shown = run(output, "middle", case=first)
        assert code == 0
        assert "Going on with 'c': 1 finding answered." in shown
        assert list(answers(output)) == [("pain_where", "none"), ("pain_side", "none")]
        assert len(list(output.parent.iterdir())) == 1

    def test_keeps_what_a_case_says_beside_its_answers(self, output: Path) -> None:
        first = shipped_case("article-ankle")
        run(output, "change pain_now", "4", case=first)
        again = read_case(output, reasoner().kb)
        assert (again.title, again.story, again.expect) == (first.title, first.story, first.expect)

    def test_elsewhere_when_it_fails(self, output: Path) -> None:
        code, shown = run(output, "low_back", f"save {output.parent / 'none' / 'x.yaml'}", f"save {output}", "quit")
        assert "cannot be written: no such file or directory. 'save FILE' saves somewhere else." in unfolded(shown)
        assert code == 0
        assert output.exists()

    def test_on_the_stream_when_nothing_can_be_written(self, output: Path) -> None:
        code, shown = run(output, "low_back", f"save {output.parent / 'none' / 'x.yaml'}")
        assert code == 1
        assert shown.endswith("The case is:\nid: c\nanswers:\n  pain_where: low_back\n")

    def test_survives_a_reader_that_went_away(self, output: Path) -> None:
        class Gone(io.StringIO):
            def write(self, text: str) -> int:
                if "noted" in text:
                    raise BrokenPipeError
                return super().write(text)

        assert run_consult(reasoner(), None, output, io.StringIO("low_back\nmiddle\n"), Gone()) == 0
        assert answers(output) == {("pain_where", "none"): "low_back"}

    @pytest.mark.parametrize("wrong", ["", "none/c.yaml"], ids=["a folder", "a folder that is not there"])
    def test_is_known_to_fail_before_the_first_question(self, tmp_path: Path, wrong: str) -> None:
        code, shown = run(tmp_path / wrong, "low_back")
        assert code == 1
        assert "name " in shown
        assert "Main site" not in shown


def test_letters_that_cannot_be_read_or_shown_end_nothing(output: Path) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(b"change activities\nr\xffwing \xc3\xa9\n"), encoding="utf-8")
    shown = io.BytesIO()
    stdout = io.TextIOWrapper(shown, encoding="ascii")
    assert run_consult(reasoner(), None, output, stdin, stdout) == 0
    assert b"now: r?wing ?" in shown.getvalue()


@pytest.mark.parametrize(
    ("line", "folded"),
    [
        pytest.param("short", "short", id="a short line stays"),
        pytest.param("one two three four", "one two\n  three\n  four", id="a long one goes on further in"),
        pytest.param("   one two three", "   one\n   two\n   three", id="one that stands in keeps its column"),
    ],
)
def test_folding(line: str, folded: str) -> None:
    assert fold_line(line, 8) == folded


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal on Windows")
class TestOnATerminal:
    def test_keys_and_completion(self, output: Path) -> None:
        with Terminal(output) as terminal:
            terminal.wait("Main site of the pain")
            terminal.send("mid_", "\t", "\r")
            terminal.wait("noted: Main site of the pain: mid_back")
            terminal.send("\x1bOP")
            terminal.wait("First the person's own words")
            terminal.send("\x1a")
            terminal.wait("taken back: Main site of the pain: mid_back")
            terminal.send("low_back", "\r", "\x04")
            terminal.wait("Saved: ")
            assert terminal.exit_code() == 0
        assert answers(output) == {("pain_where", "none"): "low_back"}

    def test_a_closed_window_saves(self, output: Path) -> None:
        with Terminal(output) as terminal:
            terminal.wait("Main site of the pain")
            terminal.send("low_back", "\r")
            terminal.wait("noted: ")
            terminal.wait("Side of the pain")
            terminal.process.send_signal(signal.SIGHUP)
            terminal.wait("Saved: ")
            assert terminal.exit_code() == 0
        assert output.exists()


class Terminal:
    """The real command on a pseudo-terminal; keys go in one by one, for completion takes a moment."""

    def __init__(self, output: Path) -> None:
        import pty

        self.master, slave = pty.openpty()
        command = [sys.executable, str(ROOT / "cli.py"), "consult", "-o", str(output)]
        environment = {**os.environ, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1", "COLUMNS": "100", "LINES": "40"}
        self.process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True)
        os.close(slave)
        self.seen = ""

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.master)

    def send(self, *keys: str) -> None:
        for key in keys:
            os.write(self.master, key.encode())
            time.sleep(0.5)

    def wait(self, text: str, seconds: float = 60) -> None:
        """Read until the text is on the screen; what stood before it is forgotten."""
        for piece in self._pieces(seconds):
            self.seen += piece
            if text in self.seen:
                self.seen = self.seen.split(text, 1)[1]
                return
        pytest.fail(f"not on the screen: {text!r}\n{self.seen}")

    def _pieces(self, seconds: float) -> Iterator[str]:
        yield ""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if select.select([self.master], [], [], 0.2)[0]:
                try:
                    yield os.read(self.master, 65536).decode(errors="replace")
                except OSError:
                    return

    def exit_code(self) -> int:
        for _ in self._pieces(1):
            pass
        return self.process.wait(20)
