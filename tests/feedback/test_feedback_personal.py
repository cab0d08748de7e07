"""What is known of a person never stands in a quote, a name, a file or a prompt."""

from __future__ import annotations

import pytest

from assistant.feedback.personal import hidden, masked, private
from assistant.feedback.shapes import Comment
from assistant.feedback.summary import summarise


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("my customer number is 4711-22 and nobody answers", "4711-22"),
        ("Policy no. AB123456 was cancelled", "AB123456"),
        ("passport C01X00T47 rejected", "C01X00T47"),
        ("SSN 123-45-6789 was shown to others", "123-45-6789"),
        ("mr miller was rude", "miller"),
        ("Hi Anna, where is my parcel", "Anna"),
        ("Dear Mrs Kowalski, I still wait", "Kowalski"),
        ("write to a.b@example.org", "a.b@example.org"),
        ("my card 4111 1111 1111 1111 was charged", "4111"),
    ],
)
def test_personal_data_is_found_and_hidden(text: str, hidden: str) -> None:
    assert private(text)
    assert hidden not in masked(text)


def test_every_piece_of_a_hidden_text_is_found_in_the_text_as_it_came() -> None:
    raw = "Hi Anna, write to ann.smith@example.org or policy no. AB123456, please. The parcel was late."
    found = hidden(raw)
    assert [raw[first:last] for _, _, first, last in found.spans] == ["Anna", "ann.smith@example.org", "AB123456"]
    late = found.text.index("The parcel")
    assert raw[slice(*found.origin(late, len(found.text)))] == "The parcel was late."
    for start, end, first, last in found.spans:
        assert found.origin(start, end) == found.origin(start + 1, end - 1) == (first, last)
        assert found.origin(start - 1, end + 1) == (first - 1, last + 1)


@pytest.mark.parametrize(
    "text",
    ["Waited 45 minutes for order 66", "service was slow in 2024", "The policy was unclear", "hi there"],
)
def test_what_names_nobody_stays(text: str) -> None:
    assert not private(text)
    assert masked(text) == text


def test_no_quote_or_name_holds_a_number_somebody_is_known_by() -> None:
    rows = [Comment(str(n), f"The parcel for customer number 4711{n} is late") for n in range(12)]
    found = summarise([*rows, Comment("h", "The lamp of policy no. AB123456 caught fire")])
    said = [quote.text for theme in found.themes for quote in theme.quotes] + [theme.name for theme in found.themes]
    said += [quote.text for quote in found.first]
    assert found.answer == 1
    assert not any("4711" in text or "AB123456" in text for text in said)


def test_other_languages_are_noted() -> None:
    german = "Ich habe drei Wochen auf das Paket gewartet und es ist nicht mit der Post gekommen {}"
    rows = [Comment(f"g{n}", german.format(n)) for n in range(5)]
    rows += [Comment(str(n), f"I have waited three weeks for the parcel and it never came {n}") for n in range(15)]
    assert any("German 25 %" in note for note in summarise(rows).notes)
    assert not any("English" in note for note in summarise(rows[5:]).notes)
