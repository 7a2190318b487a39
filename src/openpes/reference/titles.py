"""Free words, in any script, to proposed ISCO-08 unit groups.

    search("tagaluto", "fil", limit=10)   [Proposal, ...] best first; [] when nothing fits
    propose("nail tech", "en")            the few a person should be asked to choose from, at most five
    confidence(proposals)                 "high", "medium", "low" or "none", of a whole answer

How a label is scored, 0 to 1: cosine of character 2- to 4-grams and cosine of word stems (both TF-IDF), then, for the
best labels only, an edit distance. When nothing comes close, the labels nearest by edit distance alone are tried, so
that "watier" finds "waiter". A unit group takes the score of its best label, a little more when further labels agree,
when the words occur in its skills (English only) and when many young people do the work. The person's language is
searched first, English beside it at a discount, every other language only if both disappoint. Accents may be left out
("tho han" finds "thợ hàn").

Confidence is read from the score and its lead over the next group; it says how likely the first proposal is right, and
never stands in for the person's own choice.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from openpes.reference import taxonomy

LONGEST_TEXT = 200
REFINED_LABELS = 60
TYPO_LABELS, TYPO_LIKENESS, TYPO_BELOW = 10, 78, 0.6
FITS_FROM, MEDIUM_FROM, HIGH_FROM = 0.30, 0.50, 0.74
MEDIUM_LEAD, HIGH_LEAD = 0.03, 0.10
OTHER_LANGUAGE_WORTH = {"en": 0.93}
FAR_LANGUAGE_WORTH = 0.85
FAR_LANGUAGES_BELOW = 0.45

_STOP_WORDS = frozenset(
    ["a", "an", "and", "any", "as", "at", "be", "by", "experienced", "for", "from", "full", "fulltime", "hiring", "i", "in", "is", "job", "jobs", "junior", "looking", "my", "need", "needed", "of", "on", "or", "part", "position", "senior", "sr", "jr", "some", "staff", "the", "time", "to", "urgent", "urgently", "vacancy", "want", "wanted", "with", "work", "working", "worker", "workers", "trabaho", "bilang", "ako", "gusto", "ko", "na", "ng", "sa", "ang", "mga", "nais", "công", "việc", "làm", "tìm"]
)
_SUFFIXES = ("ings", "ing", "ists", "ist", "ers", "ors", "er", "or", "ies", "es", "s", "y", "e")
_NOT_WORD = re.compile(r"[^\w\s]|_")
_SPACES = re.compile(r"\s+")
_LONE_NUMBER = re.compile(r"(?<!\S)\d+(?!\S)")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A unit group proposed for some words: its everyday name in the language asked for, and the label that matched."""

    isco: str
    title: str
    label: str
    score: float
    confidence: str


def normalise(text: str) -> str:
    """Words in one canonical spelling: NFKC, casefold, no zero-width signs, western digits, no punctuation."""
    text = unicodedata.normalize("NFKC", text).casefold()
    if text.isascii():
        return _SPACES.sub(" ", _LONE_NUMBER.sub(" ", _NOT_WORD.sub(" ", text))).strip()
    kept = []
    for sign in text:
        category = unicodedata.category(sign)
        if category == "Cf":
            continue
        if category == "Nd":
            sign = str(unicodedata.digit(sign))
        kept.append(sign if category[0] in "LMN" or sign.isspace() else " ")
    text = _SPACES.sub(" ", _LONE_NUMBER.sub(" ", "".join(kept))).strip()
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Normalised words without the accents and tone marks of Latin letters; other scripts stay as they are."""
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d"))
    return unicodedata.normalize("NFC", "".join(sign for sign in decomposed if not "\u0300" <= sign <= "\u036f"))


def _stem(word: str) -> str:
    for suffix in _SUFFIXES:
        if len(word) - len(suffix) >= 3 and word.endswith(suffix) and word.isascii():
            return word[: -len(suffix)]
    return word


def _content_words(folded: str) -> list[str]:
    words = folded.split()
    return [word for word in words if word not in _STOP_WORDS] or words


def _stems(folded: str) -> list[str]:
    return [_stem(word) for word in _content_words(folded)]


def _grams(words: Iterable[str]) -> list[str]:
    text = f" {' '.join(words)} "
    return [text[i : i + n] for n in (2, 3, 4) for i in range(len(text) - n + 1)]


class _Space:
    """A TF-IDF space over labels, kept as postings: for each feature the labels that have it and their weights."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        vocabulary: dict[str, int] = {}
        ids = np.array([vocabulary.setdefault(f, len(vocabulary)) for f in chain(*documents)], dtype=np.int64)
        labels = np.repeat(np.arange(len(documents)), [len(document) for document in documents])
        cells, counts = np.unique(ids * len(documents) + labels, return_counts=True)
        features, owners = np.divmod(cells, len(documents))
        frequency = np.bincount(features, minlength=len(vocabulary))
        self.idf = np.log((1 + len(documents)) / (1 + frequency)) + 1
        weights = (1 + np.log(counts)) * self.idf[features]
        lengths = np.sqrt(np.bincount(owners, weights**2, minlength=len(documents)))
        self.weights = weights / lengths[owners]
        self.owners = owners
        self.starts = np.concatenate(([0], np.cumsum(frequency)))
        self.vocabulary = vocabulary
        self.unseen_idf = float(np.log(1 + len(documents)) + 1)
        self.size = len(documents)

    def cosine(self, document: Sequence[str]) -> NDArray[np.float64]:
        """The cosine of a document with every label; features never seen count against the document."""
        owners, weights, square = [], [], 0.0
        for feature, count in Counter(document).items():
            number = self.vocabulary.get(feature)
            weight = (1 + np.log(count)) * (self.unseen_idf if number is None else self.idf[number])
            square += weight * weight
            if number is not None:
                part = slice(self.starts[number], self.starts[number + 1])
                owners.append(self.owners[part])
                weights.append(self.weights[part] * weight)
        if not owners:
            return np.zeros(self.size)
        total = np.bincount(np.concatenate(owners), np.concatenate(weights), minlength=self.size)
        return np.asarray(total / np.sqrt(square))


class TitleIndex:
    """The labels of one language, ready to be searched, with longer texts about each unit group where there are any."""

    def __init__(self, labels: Sequence[tuple[str, str]], texts: Mapping[str, str]) -> None:
        self.labels = [label for label, _ in labels]
        self.codes = [isco for _, isco in labels]
        self.spelt = [normalise(label) for label in self.labels]
        self.folded = [fold(label) for label in self.spelt]
        words = [_content_words(label) for label in self.folded]
        self.bare = [" ".join(group) for group in words]
        self._by_gram = _Space([_grams(group) for group in words])
        self._by_word = _Space([[_stem(word) for word in group] for group in words])
        self._text_codes = list(texts)
        self._by_text = _Space([_stems(fold(normalise(text))) for text in texts.values()]) if texts else None

    def best_labels(self, text: str) -> dict[str, list[tuple[float, str]]]:
        """For each unit group that a normalised text may mean, its labels with their scores, best first."""
        folded = fold(text)
        words = _content_words(folded)
        bare = " ".join(words)
        scores = 0.55 * self._by_gram.cosine(_grams(words)) + 0.45 * self._by_word.cosine(_stems(folded))
        count = min(REFINED_LABELS, len(scores))
        numbers = [int(number) for number in np.argpartition(-scores, count - 1)[:count] if scores[number] > 0.05]
        refined = {number: self._refined(number, float(scores[number]), text, folded, bare) for number in numbers}
        if max(refined.values(), default=0.0) < TYPO_BELOW and len(bare) >= 4:
            for _, likeness, number in process.extract(
                bare, self.bare, scorer=fuzz.ratio, limit=TYPO_LABELS, score_cutoff=TYPO_LIKENESS
            ):
                refined[number] = max(refined.get(number, 0.0), 0.7 * likeness / 100)
        found: dict[str, list[tuple[float, str]]] = defaultdict(list)
        for number, score in refined.items():
            found[self.codes[number]].append((score, self.labels[number]))
        for labels in found.values():
            labels.sort(reverse=True)
        return found

    def _refined(self, number: int, score: float, text: str, folded: str, bare: str) -> float:
        if text == self.spelt[number]:
            return 1.0
        if folded == self.folded[number]:
            return 0.97
        likeness = fuzz.token_sort_ratio(bare, self.bare[number]) / 100
        if len(folded) >= 3 and self.folded[number].startswith(folded):
            likeness = max(likeness, 0.8)
        return 0.76 * score + 0.2 * likeness

    def text_likeness(self, text: str) -> Mapping[str, float]:
        """How far a normalised text agrees with the longer text of each unit group, 0 to 1."""
        if self._by_text is None:
            return {}
        return dict(zip(self._text_codes, self._by_text.cosine(_stems(fold(text))).tolist(), strict=True))


@cache
def _index(language: str) -> TitleIndex:
    labels = [(title.label, title.isco) for title in taxonomy.titles() if title.language == language]
    for code in taxonomy.unit_codes():
        if language in taxonomy.name_languages(code):
            labels.append((taxonomy.name_of(code, language), code))
        if language == "en":
            labels.append((taxonomy.occupation(code).title_en, code))
    return TitleIndex(labels, _english_texts() if language == "en" else {})


def _english_texts() -> dict[str, str]:
    """For each unit group the words of its titles, its parents' titles and its skills."""
    words: dict[str, list[str]] = {code: [] for code in taxonomy.unit_codes()}
    for title in taxonomy.titles():
        if title.language == "en":
            words[title.isco].append(title.label)
    for code, parts in words.items():
        parts.extend(group.title_en for group in (*taxonomy.ancestors_of(code)[1:], taxonomy.occupation(code)))
        for link in taxonomy.skills_of(code):
            parts.extend((link.skill.label_en, link.skill.meaning_en))
    return {code: " ".join(parts) for code, parts in words.items()}


@cache
def languages() -> tuple[str, ...]:
    """The languages that have titles of their own, English first."""
    return ("en", *sorted({title.language for title in taxonomy.titles()} - {"en"}))


@cache
def _commonness() -> Mapping[str, float]:
    entries = taxonomy.youth_entry()
    return {entry.isco: 0.03 * (1 - (entry.rank - 1) / (len(entries) + 1)) for entry in entries}


def _scored(text: str, language: str) -> list[tuple[float, str, str]]:
    """(score, isco, label) of one language, best first."""
    answer = []
    index = _index(language)
    texts = index.text_likeness(text)
    for isco, labels in index.best_labels(text).items():
        score, label = labels[0]
        support = sum(other for other, _ in labels[1:4]) / 3
        if score < 0.97:
            more = 0.15 * support + 0.4 * texts.get(isco, 0.0) + _commonness().get(isco, 0.0)
            score = min(0.96, score + more)
        else:
            score = min(1.0, score + _commonness().get(isco, 0.0) / 10)
        answer.append((score, isco, label))
    return sorted(answer, key=lambda row: (-row[0], row[1]))


def _confidence(score: float, next_score: float) -> str:
    lead = score - next_score
    if score >= HIGH_FROM and lead >= HIGH_LEAD:
        return "high"
    if score >= MEDIUM_FROM and lead >= MEDIUM_LEAD:
        return "medium"
    return "low"


def search(text: str, language: str, limit: int = 10) -> list[Proposal]:
    """Up to ``limit`` unit groups for some words, best first; [] when nothing fits.

    ``language`` is a BCP-47 tag; a language without titles is answered from English and the others. Text past
    LONGEST_TEXT characters is not read.
    """
    wanted = normalise(text[:LONGEST_TEXT])
    if not wanted:
        return []
    own = language if language in languages() else language.split("-")[0]
    best: dict[str, tuple[float, str]] = {}

    def take(tongue: str, worth: float) -> None:
        for score, isco, label in _scored(wanted, tongue):
            if worth * score > best.get(isco, (0.0, ""))[0]:
                best[isco] = (worth * score, label)

    near = [tongue for tongue in dict.fromkeys((own, "en")) if tongue in languages()]
    for tongue in near:
        take(tongue, 1.0 if tongue == own else OTHER_LANGUAGE_WORTH[tongue])
    if max((score for score, _ in best.values()), default=0.0) < FAR_LANGUAGES_BELOW:
        for tongue in languages():
            if tongue not in near:
                take(tongue, FAR_LANGUAGE_WORTH)

    ranked = sorted(((score, isco) for isco, (score, _) in best.items()), key=lambda row: (-row[0], row[1]))
    ranked = [row for row in ranked if row[0] >= FITS_FROM]
    following = [score for score, _ in ranked[1:]] + [0.0]
    return [
        Proposal(
            isco, taxonomy.name_of(isco, language), best[isco][1], round(score, 4), _confidence(score, next_score)
        )
        for (score, isco), next_score in list(zip(ranked, following, strict=False))[:limit]
    ]


def propose(text: str, language: str) -> list[Proposal]:
    """The unit groups a person should be asked to choose from: one if the first is clear, otherwise up to five."""
    proposals = search(text, language, limit=5)
    if proposals and proposals[0].confidence == "high":
        floor = proposals[0].score - 2 * HIGH_LEAD
        return [proposal for proposal in proposals if proposal.score >= floor]
    return proposals


def confidence(proposals: Sequence[Proposal]) -> str:
    """How far a whole answer can be trusted: that of its first proposal, or "none" when nothing fits."""
    return proposals[0].confidence if proposals else "none"
