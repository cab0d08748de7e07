"""Pictures: what is drawn follows the figures, and every picture says in words what it shows."""

import re
from xml.etree import ElementTree

from assistant.reports.charts import Bar, effects, track


def bar(**values):
    given = {"name": "Small steps", "value": 0.3, "low": 0.1, "high": 0.5, "tone": "good", "dominated": False,
             "text": "−30 %"}  # fmt: skip
    return Bar(**{**given, **values})


def xs(picture, kind):
    return [float(x) for x in re.findall(rf'class="{kind}[^"]*" d="M([0-9.]+)', picture)]


def test_better_lies_to_the_right_of_today_and_worse_to_the_left():
    picture = str(effects("Time", (bar(), bar(name="Rethink", value=-0.2, low=-0.3, high=-0.1, tone="bad"))))
    middle = float(re.search(r'class="zero" x1="([0-9.]+)"', picture)[1])
    good, bad = xs(picture, "point")
    assert bad < middle < good
    ElementTree.fromstring(picture)
    assert "Small steps: −30 %" in picture


def test_an_interval_is_drawn_when_there_is_one_to_see():
    assert 'class="span good"' in effects("Time", (bar(),))
    assert 'class="span' not in effects("Time", (bar(low=0.299, high=0.301),))
    assert 'class="span' not in effects("Time", (bar(low=None, high=None),))


def test_dominated_unknown_and_long_names_are_shown_as_such():
    assert 'class="cross"' in effects("Time", (bar(dominated=True),))
    assert 'class="cross"' not in effects("Time", (bar(),))
    assert ">unknown<" in effects("Cost", (bar(value=None, low=None, high=None),))
    hostile = str(effects("Cost", (bar(name='<script>alert("x")</script> and a long name'),)))
    assert "<script" not in hostile
    ElementTree.fromstring(hostile)


def test_an_effect_beyond_the_scale_stays_inside_the_picture():
    picture = str(effects("Time", (bar(value=9.0, low=5.0, high=14.0),)))
    assert all(0 <= x <= 420 for x in xs(picture, "point"))


def test_a_track_needs_today_and_a_target_that_differ():
    picture = str(track((10.0, 6.0, 5.0, 7.0), "Today 10 days, target 6 days"))
    ElementTree.fromstring(picture)
    assert 'aria-label="Today 10 days, target 6 days"' in picture
    for kind in ("now", "target", "possible", "need"):
        assert f'class="{kind}"' in picture
    assert not track((None, 6.0, 5.0, None), "")
    assert not track((6.0, 6.0, 6.0, None), "")
