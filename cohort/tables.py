"""Tables in files, and columns for the evaluator and back; the only module that knows pyarrow.

No other module needs to know what a batch is made of: it goes from here to here as `Rows`, and to another process or machine as
bytes (an Arrow stream of one batch).
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from cohort.digest import Canonical
from cohort.problems import MissingExtra, problem, raise_all, stop
from cohort.scanning import bad_lines, head_of
from engine.cohort.people import NUMBERS, RESULT_COLUMNS
from engine.cohort.table import PLAIN, Encoded

try:
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.csv
    import pyarrow.ipc
    import pyarrow.parquet
except ModuleNotFoundError:
    raise MissingExtra("cohort", "reading and writing tables") from None

FORMATS = {".parquet": "Parquet", ".arrow": "Arrow", ".feather": "Arrow", ".csv": "CSV"}
"""The end of a file's name, and the format that it says."""
ROW_GROUP = 65_536
"""Rows that are written together: Parquet files made of many small groups are large and slow to read."""
CSV_BLOCK = 4 << 20
"""Bytes of CSV read at a time; a single row must fit into it."""
READ_BUFFER = 1 << 16
TEXT, WORD, NUMBER = pa.string(), pa.dictionary(pa.int16(), pa.string()), pa.int32()
EMPTY_NUMBER = -(1 << 31)
PACKED = pa.ipc.IpcWriteOptions(compression="lz4")
Batches = Iterator[pa.RecordBatch]
Rows: TypeAlias = pa.RecordBatch
"""A batch of rows as other modules hold it, without looking into it."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table in a file: its columns, its number of rows, and its batches, of a given size where the format leaves the choice."""

    shown: str
    schema: pa.Schema
    rows: int
    stored: Callable[[int], Batches]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(self.schema.names)

    def batches(self, size: int, start: int) -> Iterator[Rows]:
        """The rows from `start` on, `size` at a time and fewer in the last; columns without any value are left out."""
        try:
            for batch in _batches_of(size, self.stored(size), start):
                yield _filled(batch)
        except (pa.ArrowException, OSError) as error:
            raise stop("TB003", self.shown, f"the file is damaged: {_in_short(error)}", "make it again, or copy it again") from None


def open_table(path: Path, shown: str) -> Table:
    """A table in a file, by the end of its name. Raises ProblemsFound when it is not what it says or has columns of no use."""
    opened = {"Parquet": _open_parquet, "Arrow": _open_arrow, "CSV": _open_csv}[FORMATS[path.suffix.lower()]]
    try:
        table = opened(path, shown)
    except (pa.ArrowException, OSError) as error:
        wrong = f"this cannot be read as {FORMATS[path.suffix.lower()]} ({_in_short(error)})"
        raise stop("TB003", shown, wrong, f"is it another kind of file? The end of its name, {path.suffix}, says how it is read") from None
    raise_all(
        problem("TB008", shown, f"column '{one.name}' holds values of type {one.type}", "a cell is text, a number, a date or yes and no")
        for one in table.schema if not _is_plain(one.type)
    )
    return table


def _in_short(error: Exception) -> str:
    return " ".join(str(error).split())[:120]


def _open_parquet(path: Path, shown: str) -> Table:
    schema = pa.parquet.read_schema(path)
    words = [one.name for one in schema if one.type == TEXT and one.name not in PLAIN]
    file = pa.parquet.ParquetFile(path, read_dictionary=words, pre_buffer=False, buffer_size=READ_BUFFER)
    return Table(shown, schema, file.metadata.num_rows, lambda size: file.iter_batches(size, use_threads=False))


def _open_arrow(path: Path, shown: str) -> Table:
    file = pa.ipc.open_file(pa.memory_map(str(path)))
    return Table(shown, file.schema, file.count_rows(), lambda _: (file.get_batch(at) for at in range(file.num_record_batches)))


def _open_csv(path: Path, shown: str) -> Table:
    names = head_of(path, shown)
    wrong: list[object] = []
    rows = sum(batch.num_rows for batch in _csv_batches(path, names, wrong))
    if wrong or _odd_quotes(path):
        bad_lines(path, shown, len(names))
    return Table(shown, pa.schema([(name, TEXT) for name in names]), rows, lambda _: _csv_batches(path, names, []))


def _odd_quotes(path: Path) -> bool:
    with path.open("rb") as file:
        return sum(chunk.count(b'"') for chunk in iter(lambda: file.read(CSV_BLOCK), b"")) % 2 == 1


def _csv_batches(path: Path, names: Sequence[str], wrong: list[object]) -> Batches:
    """Every cell as text: a number then means the same as in any other format, and ids keep their zeros."""
    def skip(row: object) -> str:
        wrong.append(row)
        return "skip"

    yield from pa.csv.open_csv(
        path, pa.csv.ReadOptions(use_threads=False, block_size=CSV_BLOCK),
        pa.csv.ParseOptions(newlines_in_values=True, invalid_row_handler=skip),
        pa.csv.ConvertOptions(
            column_types=dict.fromkeys(names, TEXT), null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=True,
        ),
    )


def _is_plain(kind: pa.DataType) -> bool:
    own = kind.value_type if pa.types.is_dictionary(kind) else kind
    tests = ("string", "large_string", "string_view", "boolean", "integer", "floating", "decimal", "temporal", "null")
    return any(getattr(pa.types, f"is_{one}")(own) for one in tests)


def _batches_of(size: int, stored: Batches, skip: int = 0) -> Batches:
    """The same rows in batches of one size, without the first ones."""
    held: list[pa.RecordBatch] = []
    for batch in stored:
        left = batch.slice(min(skip, batch.num_rows))
        skip -= batch.num_rows - left.num_rows
        while left.num_rows:
            held.append(left.slice(0, size - sum(one.num_rows for one in held)))
            left = left.slice(held[-1].num_rows)
            if sum(one.num_rows for one in held) == size:
                yield _joined(held)
                held = []
    if held:
        yield _joined(held)


def _joined(batches: list[pa.RecordBatch]) -> pa.RecordBatch:
    return batches[0] if len(batches) == 1 else pa.concat_batches(batches)


def _filled(batch: pa.RecordBatch) -> pa.RecordBatch:
    names = [name for name in batch.schema.names if batch.column(name).null_count < batch.num_rows]
    return pa.RecordBatch.from_arrays([_short(batch.column(name)) for name in names], names) if names else batch.select([])


def _short(column: pa.Array) -> pa.Array:
    """A dictionary of the whole file must not travel, nor be read, with every batch."""
    long = pa.types.is_dictionary(column.type) and len(column.dictionary) > len(column)
    return column.dictionary_decode() if long else column


def pack(batch: pa.RecordBatch) -> bytes:
    """A batch as bytes."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema, options=PACKED) as stream:
        stream.write_batch(batch)
    return bytes(sink.getvalue())


def unpack(payload: bytes) -> pa.RecordBatch:
    """The batch in these bytes. Raises ValueError when they are not whole."""
    with pa.ipc.open_stream(payload) as stream:
        return stream.read_next_batch()


def encoded(batch: pa.RecordBatch, names: Iterable[str]) -> dict[str, Encoded]:
    """Those of these columns that the batch has, by their distinct values in text; no row is touched in Python."""
    there = set(batch.schema.names)
    return {name: _encoded(batch.column(name)) for name in names if name in there}


def _encoded(column: pa.Array) -> Encoded:
    if not pa.types.is_dictionary(column.type):
        coded = _text(column).dictionary_encode(null_encoding="encode")
        return Encoded(coded.dictionary.to_pylist(), coded.indices.to_numpy().astype(np.int64))
    distinct = _text(column.dictionary).to_pylist()
    index = column.indices.cast(pa.int32()).fill_null(len(distinct)).to_numpy().astype(np.int64)
    return Encoded([*distinct, None], index)


def _text(column: pa.Array) -> pa.Array:
    """Any plain column as text; not-a-number is an empty cell, as it is in tables that other programs wrote."""
    if pa.types.is_dictionary(column.type):
        return _text(column.dictionary_decode())
    if pa.types.is_boolean(column.type):
        return pc.if_else(column, "yes", "no")
    if pa.types.is_floating(column.type):
        column = pc.if_else(pc.is_nan(column), pa.scalar(None, column.type), column)
    return column.cast(TEXT)


def result(
    batch: pa.RecordBatch, carried: Mapping[str, str], found: Mapping[str, Any], words: Mapping[str, Sequence[str]],
) -> bytes:
    """Conclusions beside the columns carried on from the batch, packed. `carried` gives the type of each, `words` closed lists."""
    columns = [_carried(batch, name, kind) for name, kind in carried.items()]
    columns += [_concluded(name, found[name], words) for name in RESULT_COLUMNS]
    return pack(pa.RecordBatch.from_arrays(columns, schema=result_schema(carried)))


def kinds_of(table: Table, names: Iterable[str]) -> dict[str, str]:
    """The type that each of these columns has in a result, by its Arrow name; text of any kind becomes plain text."""
    out = {}
    for name in names:
        kind = table.schema.field(name).type
        own = kind.value_type if pa.types.is_dictionary(kind) else kind
        known = pa.types.is_integer(own) or pa.types.is_floating(own) or pa.types.is_boolean(own)
        out[name] = str(own) if known and own != pa.float16() else "string"
    return out


def result_schema(carried: Mapping[str, str], metadata: Mapping[str, str] | None = None) -> pa.Schema:
    """The columns of a result: those carried on, then RESULT_COLUMNS."""
    kinds = {name: NUMBER if name in NUMBERS else TEXT if name in ("red_flags", "error") else WORD for name in RESULT_COLUMNS}
    return pa.schema([*((name, pa.type_for_alias(kind)) for name, kind in carried.items()), *kinds.items()], metadata=metadata)


def _carried(batch: pa.RecordBatch, name: str, kind: str) -> pa.Array:
    if name not in batch.schema.names:
        return pa.nulls(batch.num_rows, pa.type_for_alias(kind))
    column = batch.column(name)
    if kind == "string":
        return _text(column)
    return (column.dictionary_decode() if pa.types.is_dictionary(column.type) else column).cast(pa.type_for_alias(kind))


def _concluded(name: str, values: Any, words: Mapping[str, Sequence[str]]) -> pa.Array:
    if name in NUMBERS:
        absent = np.isnan(values)
        return pa.array(np.where(absent, 0, values).astype(np.int32), NUMBER, mask=absent)
    text = pa.array(values, TEXT, from_pandas=True)
    if name not in words:
        return text
    closed = pa.array(words[name], TEXT)
    index = pc.index_in(text, value_set=closed).cast(pa.int16())
    if index.null_count != text.null_count:
        raise ValueError(f"column '{name}' holds a word that is none of its list")
    return pa.DictionaryArray.from_arrays(index, closed)


def canonical(batch: pa.RecordBatch) -> list[Canonical]:
    """The columns of a result as bytes that mean the same in every format."""
    return [_canonical(name, batch.column(name)) for name in batch.schema.names]


def _canonical(name: str, column: pa.Array) -> Canonical:
    if column.type == NUMBER and name in NUMBERS:
        return Canonical(name, "number", column.fill_null(EMPTY_NUMBER).to_numpy().astype("<i4").tobytes())
    text = _text(column)
    lengths = pc.binary_length(text).fill_null(-1).to_numpy().astype("<i4").tobytes()
    packed = text.fill_null("")
    ends = np.frombuffer(packed.buffers()[1], np.int32)[packed.offset : packed.offset + len(packed) + 1]
    content = packed.buffers()[2]
    return Canonical(name, "text", lengths, content[int(ends[0]) : int(ends[-1])].to_pybytes() if content is not None else b"")


def reasons(batch: pa.RecordBatch) -> list[str]:
    """The reasons of the error rows of a result."""
    told: list[str] = batch.column("error").drop_null().to_pylist()
    return told


def write_result(path: Path, form: str, carried: Mapping[str, str], payloads: Iterable[bytes], metadata: Mapping[str, str]) -> None:
    """Write a whole result in one of FORMATS and see it safely on the disk."""
    schema = result_schema(carried, {f"backcause.{name}": text for name, text in metadata.items()})
    with path.open("wb") as file:
        writer = _writer(file, form, schema)
        for batch in _batches_of(ROW_GROUP, map(unpack, payloads)):
            writer(_decoded(batch) if form == "CSV" else batch.replace_schema_metadata(schema.metadata))
        writer(None)
        file.flush()
        os.fsync(file.fileno())


def _writer(file: Any, form: str, schema: pa.Schema) -> Callable[[pa.RecordBatch | None], None]:
    if form == "Parquet":
        own = pa.parquet.ParquetWriter(file, schema)
    elif form == "Arrow":
        own = pa.ipc.new_file(file, schema, options=PACKED)
    else:
        plain = pa.schema([(one.name, TEXT) for one in schema])
        own = pa.csv.CSVWriter(file, plain, write_options=pa.csv.WriteOptions(quoting_style="needed", quoting_header="needed"))
    return lambda batch: own.close() if batch is None else own.write_batch(batch)


def _decoded(batch: pa.RecordBatch) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([_text(column) for column in batch.columns], batch.schema.names)


def write_people(path: Path, portions: Iterable[Mapping[str, Encoded]]) -> None:
    """Write people as a table in the format that the end of its name says; the file gets its name when it is whole."""
    form, growing, writer = FORMATS[path.suffix.lower()], path.with_name(f"{path.name}.growing"), None
    with growing.open("wb") as file:
        for portion in portions:
            cells = [_cells(column) for column in portion.values()]
            batch = pa.RecordBatch.from_arrays(cells, list(portion))
            writer = writer or _writer(file, form, batch.schema)
            writer(batch)
        if writer is not None:
            writer(None)
    growing.replace(path)


def _cells(column: Encoded) -> pa.Array:
    return pa.array([None if one is None else str(one) for one in column.distinct], TEXT).take(pa.array(column.index))


def concluded_columns(table: Table, names: Sequence[str]) -> Iterator[dict[str, list[object]]]:
    """These columns of a result, a batch at a time: words as texts, scores and margins as numbers, None where a cell is empty."""
    for batch in table.batches(ROW_GROUP, 0):
        there: dict[str, list[object]] = {name: _text(batch.column(name)).to_pylist() for name in names if name in batch.schema.names}
        told = {name: there.get(name, [None] * batch.num_rows) for name in names}
        yield {name: [None if one is None else float(str(one)) for one in own] if name in NUMBERS else own for name, own in told.items()}


def metadata_of(path: Path) -> Mapping[str, str]:
    """What a Parquet or Arrow result says about itself: program, knowledge, digest, and what its columns mean."""
    form = FORMATS[path.suffix.lower()]
    schema = pa.parquet.read_schema(path) if form == "Parquet" else pa.ipc.open_file(pa.memory_map(str(path))).schema
    own = {name.decode(): text.decode() for name, text in (schema.metadata or {}).items()}
    return {name.removeprefix("backcause."): text for name, text in own.items() if name.startswith("backcause.")}


def as_json(columns: Mapping[str, str]) -> str:
    """What columns mean, as one text."""
    return json.dumps(columns, ensure_ascii=False)
