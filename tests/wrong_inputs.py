"""Wrong inputs that can't be kept as text files: each is made in a copy of the tiny pack, and gives what is told of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from engine.case_reading import read_case
from knowledge import Problem, load_with_problems
from tests.tiny_pack import TINY, case_problems, pack_problems, put, tiny, told_by

Made = Callable[[Path], Iterable[Problem]]


def absent_case(_: Path) -> Iterable[Problem]:
    return told_by(lambda: read_case(Path("absent.yaml"), tiny()))


def case_that_is_a_folder(pack: Path) -> Iterable[Problem]:
    (pack / "someone.yaml").mkdir()
    return told_by(lambda: read_case(Path("tiny/someone.yaml"), tiny()))


def folder_named_like_a_file(pack: Path) -> Iterable[Problem]:
    (pack / "rules/more.yaml").mkdir()
    return pack_problems(pack)


def no_such_pack(_: Path) -> Iterable[Problem]:
    return load_with_problems([Path("nowhere")], TINY)[1]


def pack_without_knowledge(pack: Path) -> Iterable[Problem]:
    (pack / "empty").mkdir()
    return load_with_problems([Path("tiny/empty")], TINY)[1]


def pack_without_scale(pack: Path) -> Iterable[Problem]:
    (pack / "scale.yaml").unlink()
    return pack_problems(pack)


def saved_as_latin_1(pack: Path) -> Iterable[Problem]:
    text = "# Stra\u00dfe\n- {id: S60, title: 'H\u00e9bert', seen: full}\n"
    (pack / "sources.yaml").write_bytes(text.encode("latin-1"))
    return pack_problems(pack)


def unicode_text_of_a_spreadsheet(pack: Path) -> Iterable[Problem]:
    (pack / "links.csv").write_bytes((pack / "links.csv").read_text(encoding="utf-8").encode("utf-16"))
    return pack_problems(pack)


def file_of_60_megabytes(pack: Path) -> Iterable[Problem]:
    with (pack / "rules/leg.yaml").open("wb") as file:
        os.truncate(file.fileno(), 60_000_000)
    return pack_problems(pack)


def unseen_character(pack: Path) -> Iterable[Problem]:
    put(pack, "pack.yaml", "id: tiny\ntitle: Ti\0ny\nversion: '1'\n")
    return pack_problems(pack)


def alias_bomb(pack: Path) -> Iterable[Problem]:
    lines = ["- &a [x, x]", *(f"- &{one} [{', '.join([f'*{before}'] * 9)}]" for before, one in zip("abcde", "bcdef", strict=True))]
    put(pack, "honesty.yaml", "\n".join(lines) + "\n")
    return pack_problems(pack)


def deep_nesting(pack: Path) -> Iterable[Problem]:
    put(pack, "honesty.yaml", "- " * 100_000 + "x\n")
    return pack_problems(pack)


def deep_nesting_in_a_case(_: Path) -> Iterable[Problem]:
    return case_problems("answers:\n  activities: " + "[" * 70 + "]" * 70 + "\n")


def line_of_a_megabyte(pack: Path) -> Iterable[Problem]:
    put(pack, "findings/x.yaml", f"- {{id: a_long_line, title: {'word ' * 50_000}, kind: {'x' * 750_000}, per_side: true}}\n")
    return pack_problems(pack)


MADE: dict[str, Made] = {
    "KB001": absent_case,
    "KB001-case-is-a-folder": case_that_is_a_folder,
    "KB001-folder-named-like-a-file": folder_named_like_a_file,
    "KB001-no-such-pack": no_such_pack,
    "KB001-pack-without-knowledge": pack_without_knowledge,
    "KB001-pack-without-scale": pack_without_scale,
    "KB002": saved_as_latin_1,
    "KB002-utf-16": unicode_text_of_a_spreadsheet,
    "KB003": file_of_60_megabytes,
    "KB004-unseen-character": unseen_character,
    "KB006-alias-bomb": alias_bomb,
    "KB006-deep-nesting": deep_nesting,
    "KB006-deep-nesting-in-a-case": deep_nesting_in_a_case,
    "KB103-a-line-of-a-megabyte": line_of_a_megabyte,
}
