"""Finding entries: words alone, words and vectors, an index two programs can share, and what happens when it breaks."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.errors import ModelUnreachable, UsageError
from assistant.library import exact, kept
from assistant.library import index as index_room
from assistant.library.embedding import DIMENSIONS, BuiltinEmbedder, Embedder
from assistant.library.hits import Filter
from assistant.library.index import ensure, fingerprint, nearest, phrases, vectors_path
from assistant.library.search import LEXICAL_ALONE, added, search
from assistant.library.store import Library, load_library
from assistant.settings import bundled, plain_yaml

QUERIES = plain_yaml((bundled("evals") / "search" / "queries.yaml").read_text(encoding="utf-8"))["queries"]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return load_library(tmp_path_factory.mktemp("none"))


@pytest.fixture(scope="module")
def small(library: Library) -> Library:
    """A few entries: enough to build an index in a moment."""
    processes = tuple(entry for entry in library.processes if entry.code in ("P01", "P09"))
    return Library(processes=processes, practices=library.practices[20:24], enablers=library.enablers[:1])


@pytest.fixture(autouse=True)
def closed() -> Any:
    yield
    index_room.close_all()
    kept.forget()


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every library counts as too large to compare vector by vector: Chroma answers."""
    monkeypatch.setattr(exact, "UP_TO", 0)


class Letters:
    """An embedding of ones own: how often each letter occurs."""

    name = "letters"

    def embed(self, texts: list[str]) -> Sequence[Sequence[float]]:
        return [[float(text.lower().count(letter)) for letter in "abcdefghijklmnopqrstuvwxyz"] for text in texts]


def content(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_words_alone_find_and_say_so(library: Library) -> None:
    found = search(library, "we pay the same bill twice", dense=False)
    assert found.ranking == LEXICAL_ALONE
    assert found.results[0].code == "P30"
    assert "bill" in found.results[0].why
    assert found.notes == ()


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("order-to-cash", "P01"),
        ("Knock-out", "H11"),
        ("robotic process automation", "E04"),
        ("new colleague", "P44"),
        ("KYC", "P09"),
        ("Résumé screening and interviews", "P43"),
    ],
)
def test_names_and_plain_words_find_their_entry(library: Library, query: str, code: str) -> None:
    assert code in [hit.code for hit in search(library, query, 3, dense=False).results]


def test_most_lay_questions_find_their_entry_among_five(
    library: Library, tmp_path_factory: pytest.TempPathFactory
) -> None:
    there = {entry.code for entry in library.entries}
    asked = [query for query in QUERIES if query["style"] == "lay" and there & set(query["expect"])]
    folder = tmp_path_factory.mktemp("index")
    found = [
        bool({hit.code for hit in search(library, query["text"], 5, folder=folder).results} & set(query["expect"]))
        for query in asked
    ]
    assert len(asked) >= 40
    assert sum(found) / len(found) >= 0.88  # a little is given for saying honestly that nothing is close


def test_the_document_is_what_the_interface_promises(library: Library) -> None:
    document = search(library, "unpaid bills", 3, dense=False).document()
    assert set(document) == {"query", "results", "ranking"}
    assert len(document["results"]) == 3
    assert set(document["results"][0]) == {"id", "code", "name", "kind", "score", "why"}
    scores = [hit["score"] for hit in document["results"]]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    "query", ['"', "AND OR NOT", "name:x*", "(", "the of and", "漢字", "x" * 100_000, "- - -", "NEAR("]
)
def test_no_query_breaks_the_search(library: Library, query: str) -> None:
    assert search(library, query, dense=False).query == query


def test_an_empty_query_is_a_usage_error(library: Library) -> None:
    with pytest.raises(UsageError):
        search(library, "  \n")


def test_what_both_halves_like_comes_first() -> None:
    assert added(({1: 9.0, 2: 8.0, 3: 1.0}, 1.0), ({2: 0.9, 3: 0.8, 1: 0.1}, 1.0))[0][0] == 2
    assert added(({7: 3.0}, 1.0), ({}, 1.0)) == [(7, 1.0)]
    assert added(({}, 1.0)) == []
    assert added(({1: 2.0, 2: 1.0}, 1.0), ({2: 2.0, 1: 1.0}, 0.5))[0][0] == 1


def test_the_built_in_vectors_are_deterministic_and_know_kinship() -> None:
    embedder = BuiltinEmbedder()
    texts = ["Pay supplier invoice", "Pay supplier invoice", "settle the vendor's bill", "interview applicants"]
    one, again, kin, other = embedder.embed(texts).tolist()
    assert one == again
    assert len(one) == DIMENSIONS
    assert abs(sum(value * value for value in one) - 1) < 1e-9
    assert embedder.embed([""]).tolist() == [[0.0] * DIMENSIONS]
    assert np.allclose(one, embedder.embed(texts[:1])[0])  # a text is the same alone and among others
    alike = [sum(a * b for a, b in zip(one, vector, strict=True)) for vector in (kin, other)]
    assert alike[0] > 0.4 > alike[1]
    assert isinstance(embedder, Embedder)


def test_words_and_vectors_together(small: Library, tmp_path: Path) -> None:
    found = search(small, "the boss signs every small payment", folder=tmp_path)
    assert "dense (builtin" in found.ranking
    assert found.results[0].code == "H22"
    assert found.notes == ()


@pytest.mark.usefixtures("large")
def test_an_index_is_never_written_after_it_stands(small: Library, tmp_path: Path) -> None:
    path = ensure(small, None, tmp_path)
    before = content(path)
    for _ in range(2):
        assert nearest(small, "bank account", 3, folder=tmp_path).positions
        index_room.close_all()
    assert content(path) == before
    assert ensure(small, None, tmp_path) == path


def test_another_embedding_has_its_own_index(small: Library, tmp_path: Path) -> None:
    mine = Letters()
    assert fingerprint(small, mine) != fingerprint(small, BuiltinEmbedder())
    found = search(small, "open a bank account", embedder=mine, folder=tmp_path)
    assert "letters" in found.ranking
    search(small, "open a bank account", folder=tmp_path)
    assert len(list(tmp_path.glob("vectors-*"))) == 2


@pytest.mark.usefixtures("large")
def test_a_changed_entry_gives_a_new_index_and_old_ones_go(small: Library, tmp_path: Path) -> None:
    paths = []
    for number in range(6):
        entry = small.practices[0].model_copy(update={"definition": f"Definition {number}."})
        library = Library(practices=(entry,))
        paths.append(ensure(library, None, tmp_path))
    assert len(set(paths)) == 6
    left = set(tmp_path.glob("index-*"))
    assert paths[-1] in left
    assert len(left) == index_room.KEPT + 1


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("harm", ["garbage", "gone", "cut", "swapped"])
def test_a_broken_index_is_built_anew(small: Library, library: Library, tmp_path: Path, harm: str) -> None:
    path = ensure(small, None, tmp_path)
    store = path / "chroma.sqlite3"
    if harm == "garbage":
        store.write_bytes(b"no database " * 500)
    elif harm == "gone":
        store.unlink()
    elif harm == "cut":
        store.write_bytes(store.read_bytes()[:40_000])
    else:
        other = ensure(Library(practices=library.practices[:1]), None, tmp_path / "other")
        store.write_bytes((other / "chroma.sqlite3").read_bytes())
    answer = nearest(small, "bank account", 3, folder=tmp_path)
    assert answer.notes == ()
    assert small.entries[answer.positions[0]].code == "P09"


@pytest.mark.usefixtures("large")
def test_without_an_index_the_words_answer_and_a_note_says_so(small: Library, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("where the folder should be")
    found = search(small, "open a bank account", folder=blocked)
    assert found.ranking == LEXICAL_ALONE
    assert found.results[0].code == "P09"
    assert "was not used" in found.notes[0]


@pytest.mark.parametrize("address", ["127.0.0.1:9", "http://127.0.0.1:9", "ftp://127.0.0.1", "http://"])
def test_a_server_that_is_not_there_is_a_note(small: Library, address: str) -> None:
    found = search(small, "open a bank account", address=address)
    assert found.ranking == LEXICAL_ALONE
    assert found.notes


@pytest.mark.parametrize("fault", ["fails", "nan", "short", "uneven"])
def test_an_embedding_that_misbehaves_is_a_note(small: Library, tmp_path: Path, fault: str) -> None:
    class Bad:
        name = f"bad-{fault}"

        def embed(self, texts: list[str]) -> list[list[float]]:
            if fault == "fails":
                raise ModelUnreachable("The embedding service cannot be reached.")
            if fault == "nan":
                return [[float("nan")] * 3 for _ in texts]
            return [[1.0]] * (len(texts) + 1) if fault == "short" else [[1.0] * (n + 1) for n in range(len(texts))]

    found = search(small, "open a bank account", embedder=Bad(), folder=tmp_path)
    assert found.results[0].code == "P09"
    assert len(found.notes) == 1
    assert not list(tmp_path.glob("vectors-*"))


CHILD = """
import sys
from pathlib import Path
from assistant.library import exact, kept
from assistant.library.index import nearest
from assistant.library.store import Library
exact.UP_TO = int(sys.argv[2])
library = Library.model_validate_json(sys.stdin.read())
print(nearest(library, "the boss signs everything", 2, folder=Path(sys.argv[1])).positions)
"""


@pytest.mark.usefixtures("large")
def test_two_programs_may_build_and_search_at_once(small: Library, tmp_path: Path) -> None:
    entries = small.model_dump_json(exclude_defaults=True)
    command = [sys.executable, "-c", CHILD, str(tmp_path), "0"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdin is not None
        other.stdin.write(entries)
        other.stdin.close()
        here = nearest(small, "the boss signs everything", 2, folder=tmp_path).positions
        assert other.stdout is not None
        there = other.stdout.read()
    assert there.strip() == str(here)
    assert small.entries[here[0]].code == "H22"
    assert len(list(tmp_path.glob("index-*"))) == 1
    assert not list(tmp_path.glob(".building-*"))


@pytest.mark.usefixtures("large")
def test_what_a_killed_program_left_half_built_does_no_harm(small: Library, tmp_path: Path) -> None:
    half = tmp_path / ".building-1-dead"
    half.mkdir()
    (half / "chroma.sqlite3").write_bytes(b"half")
    assert nearest(small, "bank account", 3, folder=tmp_path).positions
    assert half.exists()


def test_each_entry_stands_in_the_index_with_its_sayings(small: Library) -> None:
    texts = phrases(small)
    assert len({phrase.id for phrase in texts}) == len(texts)
    for entry in small.entries:
        own = {phrase.text for phrase in texts if phrase.entry == entry.id}
        assert set(entry.people_say) < own


STRANGE = [query["text"] for query in QUERIES if query["style"] == "unrelated"]


def test_what_the_library_holds_nothing_about_is_answered_so(library: Library, tmp_path: Path) -> None:
    for dense in (True, False):
        answers = [search(library, text, 5, dense=dense, folder=tmp_path) for text in STRANGE]
        refused = [answer for answer in answers if not answer.results]
        assert len(STRANGE) >= 40
        assert len(refused) / len(STRANGE) >= (0.9 if dense else 0.85)
        assert all(answer.notes[-1].startswith("Nothing close: ") for answer in refused)
    document = search(library, "best recipe for carrot cake", folder=tmp_path).document()
    assert document["results"] == []
    assert document["notes"]


def test_a_single_name_or_code_is_always_close(library: Library, tmp_path: Path) -> None:
    for entry in library.entries:
        assert search(library, entry.name, 1, folder=tmp_path).results, entry.name
        assert search(library, entry.code, 1, folder=tmp_path).notes == ()


def test_the_reason_is_in_the_words_that_were_asked(library: Library, tmp_path: Path) -> None:
    found = search(library, "chasing signatures", 3, folder=tmp_path).results
    assert "chasing and signatures" in found[0].why or "signatures and chasing" in found[0].why
    assert all(hit.why.startswith(("speaks of ", "near to “", "shares words")) for hit in found)


def test_filters_let_through_what_was_asked_for_and_only_that(library: Library, tmp_path: Path) -> None:
    def found(text: str, **only: str) -> set[str]:
        result = search(library, text, 20, folder=tmp_path, only=Filter(**only))
        return {hit.code or hit.id for hit in result.results}

    assert all(code.startswith("H") for code in found("check the invoice twice", kind="practice"))
    assert all(
        "finance" in library.process(code).function.lower() for code in found("pay the bill", function="finance")
    )
    healthy = found("waiting for a decision", industry="healthcare")
    assert healthy
    assert all({"any", "healthcare"} & set(library.process(code).industry) for code in healthy)
    with pytest.raises(UsageError, match="No entry"):
        search(library, "pay", only=Filter(function="astrology"))


@pytest.mark.parametrize("harm", ["garbage", "gone", "cut", "other"])
def test_damaged_vectors_are_made_anew(small: Library, tmp_path: Path, harm: str) -> None:
    nearest(small, "bank account", 3, folder=tmp_path)
    path = vectors_path(small, BuiltinEmbedder(), tmp_path)
    if harm == "gone":
        path.unlink()
    elif harm == "cut":
        path.write_bytes(path.read_bytes()[:5_000])
    else:
        path.write_bytes(b"no vectors " * 900 if harm == "garbage" else bytes(50))
    kept.forget()
    answer = nearest(small, "bank account", 3, folder=tmp_path)
    assert answer.notes == ()
    assert small.entries[answer.positions[0]].code == "P09"
    kept.forget()
    assert kept.kept(path) is not None


def test_where_nothing_can_be_written_the_vectors_live_in_memory(small: Library, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("where the folder should be")
    found = search(small, "open a bank account", folder=blocked)
    assert found.results[0].code == "P09"
    assert "dense (builtin" in found.ranking


def test_half_written_vectors_do_no_harm_and_old_ones_go(small: Library, tmp_path: Path) -> None:
    half = tmp_path / ".vectors-dead"
    half.write_bytes(b"half")
    os.utime(half, (1, 1))
    for number in range(6):
        entry = small.practices[0].model_copy(update={"definition": f"Definition {number}."})
        nearest(Library(practices=(entry,)), "bank account", 3, folder=tmp_path)
    assert not half.exists()
    assert len(list(tmp_path.glob("vectors-*"))) == kept.KEPT + 1


def test_many_programs_search_while_others_build(small: Library, tmp_path: Path) -> None:
    entries = small.model_dump_json(exclude_defaults=True).encode()
    command = [sys.executable, "-c", CHILD, str(tmp_path), "20000"]
    programs = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) for _ in range(3)]
    answers = {program.communicate(entries)[0] for program in programs}
    assert len(answers) == 1
    assert b"[" in answers.pop()
    assert not list(tmp_path.glob(".vectors-*"))
