"""What holds for causes, taxonomies and patterns, whoever asks?"""

from loopwell.themes.rules.weights import BadWeights, Cause, shares

__all__ = ["BadWeights", "Cause", "shares"]
