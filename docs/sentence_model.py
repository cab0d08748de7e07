"""Makes `assistant/english/data/sentences.npz`: the small language model that reads sentences, kept in whole numbers.

    python docs/sentence_model.py model.safetensors vocab.txt

The model is all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0), unchanged but for the rounding: each matrix is in
bytes with a step for each column, and of its pieces of words only those in plain letters, figures and signs are kept.
"""

from __future__ import annotations

import json
import re
import struct
import sys
from pathlib import Path
from typing import Any

import numpy as np

SENTENCES = Path(__file__).parent.parent / "assistant/english/data/sentences.npz"
LAYERS = 6
PLAIN = re.compile(r"(##)?[a-z0-9]+|[!-/:-@\[-`{-~£€]|\[(UNK|CLS|SEP)\]")
MATRICES = {
    "attention.self.query": "query", "attention.self.key": "key", "attention.self.value": "value",
    "attention.output.dense": "taken", "intermediate.dense": "widened", "output.dense": "narrowed",
}  # fmt: skip
LEVELS = {"attention.output.LayerNorm": "attended", "output.LayerNorm": "out"}
POSITIONS = 64


def weights(file: Path) -> dict[str, Any]:
    """The float32 tensors of a safetensors file, by name."""
    held = file.read_bytes()
    (size,) = struct.unpack("<Q", held[:8])
    found = {}
    for name, about in json.loads(held[8 : 8 + size]).items():
        if name != "__metadata__" and about["dtype"] == "F32":
            start, end = (8 + size + offset for offset in about["data_offsets"])
            found[name] = np.frombuffer(held[start:end], dtype=np.float32).reshape(about["shape"])
    return found


def whole(rows: Any) -> tuple[Any, Any]:
    """The rows in whole numbers from -127 to 127, and the step of each column."""
    step = (np.abs(rows).max(axis=0, keepdims=True) / 127).astype(np.float16)
    step[step == 0] = 1e-6
    return np.clip(np.round(rows / step.astype(np.float32)), -127, 127).astype(np.int8), step


def main() -> None:
    """Writes the model."""
    file, listed = map(Path, sys.argv[1:])
    given = weights(file)
    pieces = [(at, piece) for at, piece in enumerate(listed.read_text("utf-8").split("\n")) if PLAIN.fullmatch(piece)]
    kept: dict[str, Any] = {"pieces": np.frombuffer("\n".join(piece for _, piece in pieces).encode(), dtype=np.uint8)}
    words = given["embeddings.word_embeddings.weight"][[at for at, _ in pieces]]
    kept["words"], kept["words.step"] = whole(words)
    alone = given["embeddings.token_type_embeddings.weight"][0]
    kept["positions"] = given["embeddings.position_embeddings.weight"][:POSITIONS] + alone
    levels = {"embeddings.LayerNorm": "embeddings"}
    for layer in range(LAYERS):
        before = f"encoder.layer.{layer}."
        for theirs, ours in MATRICES.items():
            name = f"{layer}.{ours}"
            kept[name], kept[f"{name}.step"] = whole(given[f"{before}{theirs}.weight"].T)
            kept[f"{name}.bias"] = given[f"{before}{theirs}.bias"]
        levels |= {before + theirs: f"{layer}.{ours}" for theirs, ours in LEVELS.items()}
    for theirs, ours in levels.items():
        kept[f"{ours}.scale"], kept[f"{ours}.shift"] = given[f"{theirs}.weight"], given[f"{theirs}.bias"]
    small = {name: held.astype(np.float16) if held.dtype == np.float32 else held for name, held in kept.items()}
    np.savez_compressed(SENTENCES, **small)
    print(f"{len(pieces):,} pieces, {SENTENCES.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
