"""What a label or a phrase measures: a code of the vocabulary, or nothing.

Headers are short and are looked up: the longest known wording, compared in one spelling, that
covers most of the label. In running text the scheme, the thing counted and the base stand apart, so
a phrase is matched by slots (`metric_slots.csv`). A label that is in neither gives no code: the
published words stay, nothing is guessed.
"""

from normalizers.metrics.dictionary import Vocabulary, use, vocabulary
from normalizers.metrics.headers import COVER, match_header
from normalizers.metrics.matches import INSURANCE, MetricMatch
from normalizers.metrics.slots import match_phrase
from normalizers.metrics.words import content_words, without_agencies, without_base

__all__ = [
    "COVER",
    "INSURANCE",
    "MetricMatch",
    "Vocabulary",
    "content_words",
    "match_header",
    "match_phrase",
    "use",
    "vocabulary",
    "without_agencies",
    "without_base",
]
