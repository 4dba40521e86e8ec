"""Codes of other systems: optional, attached to what exists, and told apart from mistyped ones where the system allows it."""

from __future__ import annotations

import pytest

from knowledge.build_codes import SYSTEMS
from tests.shipped import reasoner

KB = reasoner().kb


@pytest.mark.parametrize(
    ("system", "code", "fits"),
    [
        pytest.param("snomed", "279039008", False, id="SNOMED: last figure wrong"),
        pytest.param("snomed", "279093007", False, id="SNOMED: two figures exchanged"),
        pytest.param("snomed", "007", False, id="SNOMED: too short"),
        pytest.param("loinc", "44261-7", False, id="LOINC: last figure wrong"),
        pytest.param("loinc", "44216-6", False, id="LOINC: two figures exchanged"),
        pytest.param("loinc", "442616", False, id="LOINC: no dash"),
        pytest.param("icd10", "54.5", False, id="ICD-10: no letter"),
        pytest.param("icd10cm", "M54.50000", False, id="ICD-10-CM: too long"),
        pytest.param("icd11", "ME84.2345", False, id="ICD-11: too long"),
        pytest.param("snomed", "279039007", True, id="SNOMED: right"),
        pytest.param("loinc", "44261-6", True, id="LOINC: right"),
        pytest.param("icd10", "M54.5", True, id="ICD-10: right"),
        pytest.param("icd10cm", "M22.2X-", True, id="ICD-10-CM: with figures still to be chosen"),
        pytest.param("icd11", "MG30.02", True, id="ICD-11: right"),
    ],
)
def test_how_a_code_is_written(system: str, code: str, fits: bool) -> None:
    assert SYSTEMS[system][1](code) == fits


def test_codes_belong_to_findings_and_conclusions_and_say_how_far_they_were_read() -> None:
    assert KB.codes["phq9"].loinc == ("44261-6",)
    assert {one.seen for one in KB.codes.values()} <= {"full", "abstract", "secondary", "memory"}
    assert [name for name in KB.codes if name not in KB.findings and name not in KB.conclusions] == []
