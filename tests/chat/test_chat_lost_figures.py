"""No figure that was told vanishes in silence: what stands nowhere in the process is named."""

from __future__ import annotations

from chat_kit import told

from assistant.language.figures.reading import figures_in
from assistant.language.reading import read_story
from assistant.language.told_nowhere import nowhere, nowhere_in

BOXES = "Ann packs the box, five minutes. One in ten boxes is torn, then Ann glues it. We get 40 boxes a day."


def test_a_figure_stands_where_its_words_do_or_by_its_value():
    process = read_story(BOXES).process
    assert nowhere(BOXES, process) == ()
    assert nowhere(f"{BOXES} It rests two days, not three, as 2 years ago; 1 Ann.", process) == ("two days", "1 Ann")
    edits = [{"op": "set", "id": "pack_box", "field": "work", "value": {"kind": "fixed", "value": 600, "unit": "s"}}]
    assert nowhere_in("Ten minutes of packing, and five for Ann", edits, process) == ()
    assert nowhere_in("Ten minutes of packing, after four days", edits, process) == ("four days",)
    assert nowhere_in("Packing is half an hour, make that ten minutes", edits, process) == ()


def test_a_lost_figure_is_named_with_the_turn_and_when_asked(tmp_path):
    with told(tmp_path, f"{BOXES} Three men sit in the yard.") as talk:
        asked = talk.turn("what did you not understand?").lines
        assert any("no place" in line and "“Three men”" in line for line in asked), asked
        assert "“Three men”" not in "\n".join(talk.turn("Bob posts the box, 10 minutes").lines)


def test_what_comes_some_time_later_is_no_rate():
    [figure] = figures_in("it arrives a week later")
    assert (figure.kind, figure.low, figure.unit) == ("duration", 1.0, "w")
