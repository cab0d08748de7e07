"""Every sentence made here: number, articles, no doubled words, no ids, nothing that leaked from the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from redesign_kit import SHORT, quick, redesigned

from assistant.evals.planted import read_planted
from assistant.handover.package import package
from assistant.redesign.engine import Redesign
from assistant.reports.report import markdown
from assistant.reports.terminal import summary

ROOT = Path(__file__).parents[2]
PAINS = ROOT / "evals" / "told_pains"
STORIES = sorted([*(ROOT / "templates" / "demo").glob("*.txt"), *(ROOT / "evals" / "stories").glob("*.txt"),
                  *(PAINS / f"{name}.txt" for name in (PAINS / "DEV.txt").read_text().split())])[::2]  # fmt: skip
PLANTED = ("02-supplier-invoices", "05-motor-claims", "13-blood-lab", "42-clean-legal-checks")
WRONG = {
    "one and many": r"(?<![\d.,–-])1[ \u00a0](?:figures|steps|roles|findings|cases|tasks|people|times|ways|contacts)\b",
    "many and one": r"(?<![\d.,])(?:[2-9]|1\d)[ \u00a0](?:figure|step|role|finding|task|contact|handoff)\b(?! (?:of|time))",  # noqa: E501
    "number of the verb": r"(?<!and )\b1[ \u00a0]\w+ (?:are|were|have|make)\b",
    "a doubled word": r"(?<![\w-])(the|a|an|of|to|for|is|are|with|by|in|and)[ \u00a0]\1\b(?![-'])",
    "empty quotes": r"“\s*”",
    "an id": r"\b[a-z]{3,}_[a-z_]{2,}\b|\bt\d+\b",
    "a word of the code": r"\bNone\b|\bnan\b|\binf\b|\bTrue\b|\bFalse\b",
    "doubled marks": r"(?<!\.)\.\.(?!\.)|,,|;;|::|\?\?|\.;|\?\.(?!\d)",
    "one of itself": r"\b([A-Z]\w{3,}) of \1\b",
    "an article": r"\ba[ \u00a0](?:[aeioAEIO](?!ne\b|nce\b|u)\w|8\b|11\b|18\b)|\ban[ \u00a0](?!hour|honest)[bcdfgjklpqtvwxzBCDGJKPQTVWZ]\w*[ \u00a0.,;]",  # noqa: E501
    "two verbs": r"\b(?:sends?|gives?|does|waits?) (?:waits|takes|gives|sends|is|are) ",
    "customer of customer": r"(?i)\bcustomers? of (?:the )?customers?\b",
    "a manager for somebody outside": r"Process manager for ",
    "a name made by adding": r" by software\b(?!;)",
    "a chart nobody asked for": r"XmR|p′ chart|sigma\b",
    "a party that works in the plural": r"\bHow [A-Z]\w+(?: \w+){0,3} work on\b",
    "a start without its article": r"starts when (?!the\b|an?\b|somebody\b)[a-z]",
    "one with many": r"(?<![\d.,–−-])(?<!to )[+−]?1[ \u00a0](?:points|managers|measures|days|weeks|months)\b",
    "a sentence in small letters": r": (?:taken|asked|refused|in another alternative)(?: \([^)]*\))?\. [a-z]",
    "a space before a mark": r"\w [,;:]",
    "a figure in digits nobody reads": r"\d{6,} (?:min|s|h)\b",
    "there are one": r"\bthere are 1 of\b",
    "nothing counted": r"\b0 findings\b",
    "a wait called Wait": r"\b(?:after|before) Wait(?! for)\b",
    "a sentence without its start": r"(?<=[.!?] )[,;:]|\( ?\)|: ?\.(?![.\d])",
}
JUDGED = re.compile(r"```.*?```|`[^`]*`|“[^”]*”", re.DOTALL)  # pictures, code, and what the teller said


@pytest.mark.parametrize("story", STORIES, ids=[story.stem for story in STORIES])
def test_sentences_made_here_are_right_in_number_and_hold_nothing_of_the_code(story: Path) -> None:
    wrong = faults(redesigned(story))
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", PLANTED)
def test_sentences_about_a_process_with_all_its_figures_are_right(name: str) -> None:
    process = read_planted(ROOT / "evals" / "planted" / f"{name}.yaml").process
    result = quick(process, settings=SHORT, cases=60, replications=2)
    wrong = faults(result)
    assert not wrong, "\n".join(wrong)
    paper = markdown(result, package(result))
    assert not ("No cost per case is known" in paper and "Today: EUR" in paper.replace("\u00a0", " "))
    assert not ("Every figure the simulation used was given" in paper and "rests on estimated figures; today" in paper)


def faults(result: Redesign) -> list[str]:
    """What is wrong with the sentences of a redesign, each with the words around it."""
    texts = [summary(result), markdown(result, package(result))]
    texts += [text for one in result.findings for text in (one.title, *(line.text for line in one.because))]
    texts += [text for one in result.questions for text in (one.text, one.why)]
    texts += [one.verdict for one in result.alternatives]
    wrong = []
    for text in texts:
        assert not re.search(WRONG["empty quotes"], text)
        bare = JUDGED.sub("“x”", text).replace("\\_", "_")
        for name, pattern in WRONG.items():
            wrong += [f"{name}: …{bare[max(0, m.start() - 40) : m.end() + 30]!r}" for m in re.finditer(pattern, bare)]
    return list(dict.fromkeys(wrong))
