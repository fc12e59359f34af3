"""The table of Annex A is what the tool makes of the transcription, where that is at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture.tree import REPOSITORY
from tools import annex_a

TRANSCRIPTION = REPOSITORY.parent / "shared" / "data" / "annex-a"


@pytest.mark.skipif(not TRANSCRIPTION.exists(), reason="the transcription of the law is not here")
def test_the_table_is_made_of_the_transcription() -> None:
    assert annex_a.TABLE.read_text(encoding="utf-8") == annex_a.table(TRANSCRIPTION)


def test_an_element_is_taken_over_with_its_cells(tmp_path: Path) -> None:
    (tmp_path / "formats.csv").write_text(
        "element,old_element,level,element_name,format,cardinality,list_printed,code_list,note\n"
        '38 12 000 213,8/12,attribute,Consent / Indicator,n1,1x,N,"1 yes, 0 no",\n'
    )
    (tmp_path / "requirements.csv").write_text(
        "element,old_element,level,element_name,group,column,use,status,footnotes,cell\n"
        "38 12 000 213,8/12,attribute,Consent / Indicator,38,CGU,both,A,,A\n"
        "38 12 000 213,8/12,attribute,Consent / Indicator,38,A163,both,A,,A\n"
    )
    assert annex_a.elements(tmp_path) == {
        "38 12 000 213": {
            "element": "38 12 000 213", "name": "Indicator", "old": "8/12", "format": "n1", "most": 1,
            "list": "1 yes, 0 no", "columns": {"A": "CGU"},
        }
    }  # fmt: skip
