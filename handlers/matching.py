"""How questions are matched here: by meaning and words, or by words alone and why."""

from __future__ import annotations

from bot.settings import Settings
from knowledge.errors import ModelUnusable
from knowledge.semantic import Embedder, load_model


def embedder(settings: Settings) -> tuple[Embedder | None, str]:
    """The sentence model, or None and a sentence that says why there is none."""
    try:
        return load_model(settings.semantic_model_dir), ""
    except ModelUnusable as error:
        return None, str(error)
