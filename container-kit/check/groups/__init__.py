"""The items, by subject."""

from groups import answers, lifecycle, load, multi_model, processing, sizes, slowness, training

__all__ = ["answers", "lifecycle", "load", "multi_model", "processing", "sizes", "slowness", "training"]
