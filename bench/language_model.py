"""The model path measured: tokens of prompts and replies, speed of masking and reading; with --stories a whole run.

python bench/language_model.py
python bench/language_model.py --stories DIR --out DIR --model openai:NAME   (DIR holds .txt; BPMN goes to --out)
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from assistant.errors import AssistantError
from assistant.gateway.prompts import load_prompt, prompt_names
from assistant.gateway.redact import mask
from assistant.gateway.token_counts import count_tokens
from assistant.language.by_model.story import build, read_story_with_model
from assistant.language.by_model.story_reply import StoryReply


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=Path, help="a folder of .txt files to read with a model")
    parser.add_argument("--out", type=Path, default=Path("out/model"), help="where the BPMN files go")
    parser.add_argument("--model", default="", help="PROVIDER:NAME")
    asked = parser.parse_args()
    if asked.stories:
        run(asked.stories, asked.out, asked.model)
    else:
        sizes()
        speed()


def sizes() -> None:
    """Tokens of each prompt without data, and of the example reply a task."""
    for name in prompt_names():
        file = load_prompt(name)
        print(f"prompt {file.label:32} {count_tokens(file.system + file.user):6} tokens")
    reply = load_prompt("map").system.partition("The reply:\n")[2]
    print(f"reply to a story: {count_tokens(reply) / reply.count('TASK '):.0f} tokens a task")


def speed() -> None:
    """Seconds for masking and for reading a long reply."""
    story = "Anna Berg checks the order within ten minutes and calls +49 30 9018201 if it is late. " * 2000
    lines = "\n".join(f'TASK Clerk: check order {n} | work 10 min | "checks the order"' for n in range(2000))
    begun = time.perf_counter()
    mask(story)
    masked = time.perf_counter()
    build(StoryReply.parse(f"PROCESS X\nFLOW\n{lines}"), story[:60_000])
    print(f"mask {len(story):,} characters: {masked - begun:.2f} s")
    print(f"read a reply of 2,000 tasks on a story of 60,000 characters: {time.perf_counter() - masked:.2f} s")


def run(stories: Path, out: Path, name: str) -> None:
    """Read every story with the model and write its BPMN; one line a story, and what it all used."""
    from assistant.bpmn.write import write
    from assistant.gateway.gateway import Gateway, connect
    from assistant.settings import load_settings

    settings = load_settings()
    model = connect(name or settings.model, settings)
    out.mkdir(parents=True, exist_ok=True)
    failed = 0
    for path in sorted(stories.glob("*.txt")):
        try:
            read = read_story_with_model(path.read_text(encoding="utf-8"), model)
        except AssistantError as error:
            failed += 1
            print(f"{path.stem:28} {error.what}")
            continue
        (out / f"{path.stem}.bpmn").write_bytes(write(read.process))
        print(f"{path.stem:28} {read.reply.usage.in_words()}, {read.reply.repairs} repairs")
    if isinstance(model, Gateway):
        print(f"all: {model.project.used.in_words()}; {failed} failed")


if __name__ == "__main__":
    main()
