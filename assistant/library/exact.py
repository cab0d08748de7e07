"""The dense half of the search for libraries of usual size: every vector in one matrix, compared one by one.

For some ten thousand phrases this is quicker than to start a vector store, and misses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

UP_TO = 40_000
"""Vectors up to which the vectors are compared one by one; larger libraries are asked through Chroma."""


def nearest_phrases(matrix: np.ndarray[Any, Any], vector: Any, top: int) -> list[tuple[int, float]]:
    """The places of the `top` phrases nearest to a vector and how near they are (the cosine), best first.

    A column of the matrix is a phrase. Only the numbers of the question that are not 0 are multiplied, and by one
    thread: on a busy machine a product shared among threads takes longer than all the rest.
    """
    import numpy as np

    asked = np.asarray(vector, dtype=np.float32)
    told = np.nonzero(asked)[0]
    values = np.einsum("i,ij->j", asked[told] / max(float(np.sqrt((asked * asked).sum())), 1e-12), matrix[told])
    best = np.argsort(-values, kind="stable")[:top]
    return [(int(place), float(values[place])) for place in best if values[place] > 0]


def columns(vectors: Any) -> np.ndarray[Any, Any]:
    """The vectors, given as rows, as columns of length 1."""
    import numpy as np

    matrix = np.ascontiguousarray(np.asarray(vectors, dtype=np.float32).T)
    matrix /= np.maximum(np.sqrt((matrix * matrix).sum(axis=0)), 1e-12)
    return matrix
