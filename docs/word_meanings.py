"""Makes `assistant/english/data/meanings.npz`: a place for common English words, near those that mean alike.

    python docs/word_meanings.py WORDS.txt MODEL.onnx TOKENIZER.json

`WORDS.txt` holds words in the order of how often they are used, one a line. The model is all-MiniLM-L6-v2
(sentence-transformers, Apache-2.0), given each word by itself; what it answers is reduced to the main axes and kept in
whole numbers. Needs onnxruntime and tokenizers, which the product does not.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import numpy as np

MEANINGS = Path(__file__).parent.parent / "assistant/english/data/meanings.npz"
WORDS, AXES, AT_ONCE = 28_000, 80, 256
FITTED_ON = 12_000


def answers(words: list[str], model: str, tokenizer: str) -> Any:
    """What the model says of each word alone, 384 figures of unit length."""
    import onnxruntime  # type: ignore[import-not-found]
    from tokenizers import Tokenizer  # type: ignore[import-not-found]

    session, splits = onnxruntime.InferenceSession(model), Tokenizer.from_file(tokenizer)
    splits.enable_padding()
    rows = []
    for start in range(0, len(words), AT_ONCE):
        parts = splits.encode_batch(words[start : start + AT_ONCE])
        ids, mask = np.array([part.ids for part in parts]), np.array([part.attention_mask for part in parts])
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        mean = (session.run(None, given)[0] * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        rows.append(mean / np.linalg.norm(mean, axis=1, keepdims=True))
    return np.concatenate(rows)


def main() -> None:
    """Writes the table."""
    listed, model, tokenizer = sys.argv[1:]
    said = Path(listed).read_text(encoding="utf-8").split()
    words = [word for word in dict.fromkeys(said) if re.fullmatch("[a-z]{2,20}", word)][:WORDS]
    rows = answers(words, model, tokenizer)
    rows = rows - rows[: FITTED_ON * 2 // 3].mean(axis=0)
    axes = np.linalg.svd(rows[:FITTED_ON], full_matrices=False)[2][:AXES]
    placed = rows @ axes.T
    step = np.abs(placed).max(axis=0) / 127
    np.savez_compressed(
        MEANINGS,
        words=np.frombuffer("\n".join(words).encode(), dtype=np.uint8),
        places=np.round(placed / step).astype(np.int8),
        step=step.astype(np.float32),
    )
    print(f"{len(words):,} words, {MEANINGS.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
