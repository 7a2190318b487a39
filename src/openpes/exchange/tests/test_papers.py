"""A signed paper: what is signed is what is read, and no word of it can change unseen."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from openpes.exchange.papers import BadPaper, Kind, _plain, canonical, fingerprint_of, read_paper, write_paper

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
BODY = {"id": "PH-1", "written_on": "2026-11-24", "n": 3, "share": 0.5, "steps": ["ជំហាន", "no", "12:30"], "none": None}


def paper(**changes: object) -> str:
    return write_paper(Kind.CARD, BODY | changes, private=KEY, signer="Philippines", note="Read me")


def test_what_is_written_is_read_back_with_its_signer() -> None:
    read = read_paper(paper())
    assert read.body == BODY and read.signer == "Philippines" and read.kind is Kind.CARD
    assert read.fingerprint == fingerprint_of(read.key) and len(read.fingerprint.replace(" ", "")) == 32


def test_a_comment_and_the_order_of_lines_may_change_and_no_word_may() -> None:
    text = paper()
    assert read_paper("# sent by post\n" + text).digest == read_paper(text).digest
    for changed in (text.replace("n: 3", "n: 4"), text.replace("signer: Philippines", "signer: Fiji")):
        assert changed != text
        with pytest.raises(BadPaper, match="does not fit"):
            read_paper(changed)


def test_another_key_cannot_stand_under_the_same_signature() -> None:
    other = write_paper(Kind.CARD, BODY, private=Ed25519PrivateKey.generate(), signer="Philippines")
    mixed = (
        paper().split("signature:")[0]
        + "signature:"
        + other.split("signature:")[1].replace(
            other.split("value: ")[1].split("\n")[0], paper().split("value: ")[1].split("\n")[0]
        )
    )
    with pytest.raises(BadPaper, match="does not fit"):
        read_paper(mixed)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "just words",
        "a: [",
        "openpes: practice_card\nformat: 1",
        "a: &a [x]\nb: *a",
        paper().replace("ed25519", "rsa"),
    ],
)
def test_what_is_no_paper_is_refused_in_words(text: str) -> None:
    with pytest.raises(BadPaper):
        read_paper(text)


def test_a_python_object_in_the_file_is_not_made() -> None:
    with pytest.raises(BadPaper):
        read_paper("a: !!python/object/apply:os.system ['true']")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=8,
    )
)
def test_any_content_survives_the_file(content: object) -> None:
    body = {"content": content}
    text = write_paper(Kind.CARD, body, private=KEY, signer="x")
    assert canonical(dict(read_paper(text).body)) == canonical(_plain(body))
