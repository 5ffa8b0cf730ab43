"""Word pieces: packed in half bytes, and laid side by side."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from knowledge.pieces import GrowingPieces, lengths, pack, products
from knowledge.semantic import DIMS, Embedder


def _unit(rows: NDArray[np.float64]) -> NDArray[np.float32]:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def test_half_a_byte_a_value_keeps_the_direction(embedder: Embedder) -> None:
    pieces = embedder.read(["How do we get partners to a meeting at short notice?"]).pieces[0]
    packed = pack(pieces)
    assert packed.shape == (len(pieces), DIMS // 2)
    likeness = products(packed, pieces) / lengths(packed)[:, np.newaxis]
    assert (np.diag(likeness) > 0.98).all()
    assert np.abs(likeness - pieces @ pieces.T).max() < 0.1


def test_a_text_alone_and_in_a_batch_has_the_same_pieces(embedder: Embedder) -> None:
    texts = ["one short text", "and one that is a good deal longer than the other one is", ""]
    together = embedder.read(texts)
    for at, text in enumerate(texts):
        alone = embedder.read([text])
        assert np.array_equal(alone.texts[0], together.texts[at])
        assert np.array_equal(alone.pieces[0], together.pieces[at])
    assert np.array_equal(together.texts, embedder.embed(texts))


def test_each_entry_counts_by_its_nearest_wording() -> None:
    axes = _unit(np.eye(8)[:4] + 0.01)
    growing = GrowingPieces(4)
    growing.extend(
        np.array([0, 1], dtype=np.int32),
        [[pack(axes[:1])], [pack(axes[1:2]), pack(axes[2:4])]],
    )
    growing.extend(np.array([2], dtype=np.int32), [[pack(axes[:2])]])
    found, covered = growing.picture().likeness_of(np.array([1, 2], dtype=np.int32), axes[2:4])
    assert found[0] > 0.97
    assert covered[0] > 0.97
    assert found[1] < 0.1
    assert covered[1] < 0.1
    asked_half = growing.picture().likeness_of(np.array([2], dtype=np.int32), axes[:1])
    assert asked_half[0][0] > 0.97  # all of the question is in the problem
    assert 0.4 < asked_half[1][0] < 0.6  # and half of the problem in the question


def test_no_candidates_have_no_likeness() -> None:
    found, covered = (
        GrowingPieces(4).picture().likeness_of(np.zeros(0, dtype=np.int32), _unit(np.eye(8)[:2]))
    )
    assert not len(found)
    assert not len(covered)
