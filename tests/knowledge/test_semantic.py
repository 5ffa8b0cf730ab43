import hashlib
import shutil
from pathlib import Path

import numpy as np
import pytest

from knowledge.errors import ModelDamaged, ModelMissing
from knowledge.semantic import DIMS, Embedder, load_model


def test_vectors_have_length_one_and_tell_meanings_apart(embedder: Embedder) -> None:
    near, same, far = embedder.embed(
        ["how do we measure perception", "ways of gauging opinions", "when are the bins collected"]
    )
    assert near.shape == (DIMS,)
    assert np.allclose(np.linalg.norm([near, same, far], axis=1), 1, atol=1e-5)
    assert near @ same > near @ far + 0.2


def test_a_text_has_the_same_vector_alone_and_in_any_batch(embedder: Embedder) -> None:
    texts = ["short", "a good deal longer than the first one, with a comma", "", "x " * 500]
    together = embedder.embed(texts)
    alone = np.vstack([embedder.embed([text]) for text in texts])
    assert np.array_equal(together, alone)


def test_no_texts_give_no_vectors(embedder: Embedder) -> None:
    assert embedder.embed([]).shape == (0, DIMS)


def test_an_empty_folder_is_a_missing_model_and_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"model\.onnx"):
        load_model(tmp_path)


def test_a_file_with_another_sum_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(b"something else")
    with pytest.raises(ModelDamaged, match=r"model\.onnx"):
        load_model(tmp_path)


def test_another_folder_with_the_same_two_files_will_do(tmp_path: Path, embedder: Embedder) -> None:
    from knowledge.semantic import _MODEL_IN_WHEEL, _TOKENIZER_IN_WHEEL, _in_wheel

    shutil.copy(_in_wheel(*_MODEL_IN_WHEEL), tmp_path)
    tokenizer = Path(shutil.copy(_in_wheel(*_TOKENIZER_IN_WHEEL), tmp_path))
    assert np.array_equal(load_model(tmp_path).embed(["hello"]), embedder.embed(["hello"]))
    content = tokenizer.read_bytes().replace(b'"[UNK]"', b'"[unk]"')
    tokenizer.write_bytes(content)
    with pytest.raises(ModelDamaged, match=r"tokenizer\.json"):
        load_model(tmp_path)
    assert hashlib.sha256(content).hexdigest()
