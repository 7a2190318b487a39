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

Confidence is read from the score and its lead over the next group, and never stands in for the person's own choice.
Measured on 3,000 specialised English titles of another classification (ESCO 1.2): the first proposal was right for
45 in 100 and one of ten for 75 in 100 (43 and 74 where no label here was the same); right first for 7 in 10 answers
called high, 5 in 10 called medium, 2 in 10 called low. Everyday words do better.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from openpes.reference import taxonomy
from openpes.reference.more_titles import MoreTitles, TitleSource

LONGEST_TEXT = 200
FEATURE_BITS = 18
FEATURES = 1 << FEATURE_BITS
REFINED_LABELS = 60
TYPO_LABELS, TYPO_LIKENESS, TYPO_BELOW = 10, 78, 0.6
FITS_FROM, MEDIUM_FROM, HIGH_FROM = 0.30, 0.55, 0.88
MEDIUM_LEAD, HIGH_LEAD = 0.05, 0.10
EXACT_FROM, EXACT_LEAD = 0.97, 0.05
OTHER_LANGUAGE_WORTH = {"en": 0.93}
FAR_LANGUAGE_WORTH = 0.85
FAR_LANGUAGES_BELOW = 0.45
# Where a language has words of our own for everyday work, a publisher's odd synonym must not settle what is meant (ESCO
# calls a university lecturer a "teacher" too): it is worth a little less, and is never called a high confidence.
IMPORTED_WORTH, IMPORTED_MOST = 0.9, 0.87

# Words of grammar count in no text; words around a job, such as "urgent hiring", count in no text that is looked for.
_GRAMMAR_WORDS = "a an and as at by for from in into is of on or that the to with na ng sa ang mga"
_HIRING_WORDS = (
    "any apply applying be experienced full fulltime hiring i job jobs junior looking my need needed part parttime"
    " position senior sr jr some time urgent urgently vacancy want wanted work working"
    " trabaho bilang ako gusto ko nais naghahanap việc tìm cần tuyển gấp"
)
_GRAMMAR = frozenset(_GRAMMAR_WORDS.split())
_AROUND_A_JOB = _GRAMMAR | frozenset(_HIRING_WORDS.split())
_SUFFIXES = ("ings", "ing", "ists", "ist", "ers", "ors", "er", "or", "ies", "es", "s", "y", "e")
# What is typed as a code of a classification: it has a digit, and nothing that a title would have.
_CODE = re.compile(r"(?=.*\d)[0-9a-z]{1,4}(?:[.\-]?[0-9a-z]{1,4}){0,3}", re.IGNORECASE)
_ASCII_SIGNS = str.maketrans(dict.fromkeys(string.punctuation, " "))


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
        return _words_of(text.translate(_ASCII_SIGNS))
    kept = []
    for sign in text:
        category = unicodedata.category(sign)
        if category == "Cf":
            continue
        if category == "Nd":
            sign = str(unicodedata.digit(sign))
        kept.append(sign if category[0] in "LMN" or sign.isspace() else " ")
    return unicodedata.normalize("NFC", _words_of("".join(kept)))


def _words_of(text: str) -> str:
    return " ".join(word for word in text.split() if not word.isdigit())


def fold(text: str) -> str:
    """Normalised words without the accents and tone marks of Latin letters; other scripts stay as they are."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d"))
    return unicodedata.normalize("NFC", "".join(sign for sign in decomposed if not "\u0300" <= sign <= "\u036f"))


@cache
def _stem(word: str) -> str:
    for suffix in _SUFFIXES:
        if len(word) - len(suffix) >= 3 and word.endswith(suffix) and word.isascii():
            return word[: -len(suffix)]
    return word


def _label_words(folded: str) -> list[str]:
    words = folded.split()
    return [word for word in words if word not in _GRAMMAR] or words


def _query_words(text: str) -> list[str]:
    """The words of a normalised query that say which job is meant; all of them when none does."""
    words = text.split()
    return [word for word in words if word not in _AROUND_A_JOB] or words


def _stems(words: Sequence[str]) -> list[str]:
    return [_stem(word) for word in words]


Features = tuple[NDArray[np.int64], NDArray[np.int64]]


def _word_features(documents: Sequence[Sequence[str]], numbers: dict[str, int]) -> Features:
    """The words of each document as numbers, and the document that each belongs to; new words get new numbers."""
    owners = np.repeat(np.arange(len(documents)), [len(document) for document in documents])
    return np.array([numbers.setdefault(word, len(numbers)) for word in chain(*documents)], dtype=np.int64), owners


def _known_words(words: Sequence[str], numbers: Mapping[str, int]) -> NDArray[np.int64]:
    """The words of one text as numbers; a word that no label has gets a number that none of them has."""
    unseen: dict[str, int] = {}
    known = [
        numbers[word] if word in numbers else len(numbers) + unseen.setdefault(word, len(unseen)) for word in words
    ]
    return np.array(known, dtype=np.int64)


def _gram_features(texts: Sequence[str]) -> Features:
    """The character 2- to 4-grams of each text, spaces around it, as numbers, and the text each belongs to."""
    padded = [f" {text} " for text in texts]
    owners = np.repeat(np.arange(len(texts)), [len(text) for text in padded])
    signs = np.frombuffer("".join(padded).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    grams, gram_owners = [], []
    number = signs
    for length in (2, 3, 4):
        number = number[:-1] * np.uint64(0x9E3779B97F4A7C15) + signs[length - 1 :]
        whole = owners[: len(number)] == owners[length - 1 :]
        spread = (number * np.uint64(0xD6E8FEB86659FD93)) >> np.uint64(64 - FEATURE_BITS)
        grams.append(spread[whole].astype(np.int64))
        gram_owners.append(owners[: len(number)][whole])
    return np.concatenate(grams), np.concatenate(gram_owners)


class _Space:
    """A TF-IDF space over labels, kept as postings: for each feature the labels that have it and their weights.

    `width`: features have numbers below it, and what a text has from there on is in no label. Words are numbered one by
    one: were they hashed, any nonsense that shares a number with "nurse" would find nurses. Grams are hashed, for there
    are many and a label has several: a few share a number, which costs no accuracy that can be measured.
    """

    def __init__(self, features: Features, size: int, width: int) -> None:
        self.width = width
        cells, counts = np.unique(features[0] * size + features[1], return_counts=True)
        found, self.owners = np.divmod(cells, size)
        frequency = np.bincount(found, minlength=width + 1)
        self.idf = np.log((1 + size) / (1 + frequency)) + 1
        weights = (1 + np.log(counts)) * self.idf[found]
        lengths = np.sqrt(np.bincount(self.owners, weights**2, minlength=size))
        self.weights = weights / lengths[self.owners]
        self.starts = np.concatenate(([0], np.cumsum(frequency)))
        self.size = size

    def cosine(self, features: NDArray[np.int64]) -> NDArray[np.float64]:
        """The cosine of one text with every label; features never seen count against the text."""
        wanted, counts = np.unique(features, return_counts=True)
        wanted = np.minimum(wanted, self.width)
        weights = (1 + np.log(counts)) * self.idf[wanted]
        parts = [slice(self.starts[feature], self.starts[feature + 1]) for feature in wanted]
        owners = np.concatenate([self.owners[part] for part in parts])
        values = np.concatenate([self.weights[part] * weight for part, weight in zip(parts, weights, strict=True)])
        return np.asarray(np.bincount(owners, values, minlength=self.size) / np.sqrt((weights**2).sum()))


class TitleIndex:
    """The labels of one language, ready to be searched, with longer texts about each unit group where there are any."""

    def __init__(self, labels: Sequence[tuple[str, str]], texts: Mapping[str, str]) -> None:
        self.labels = [label for label, _ in labels]
        self.codes = [isco for _, isco in labels]
        self.spelt = [normalise(label) for label in self.labels]
        self.folded = [fold(label) for label in self.spelt]
        words = [_label_words(label) for label in self.folded]
        self.bare = [" ".join(group) for group in words]
        self._by_gram = _Space(_gram_features(self.bare), len(labels), FEATURES)
        self._words: dict[str, int] = {}
        features = _word_features([_stems(group) for group in words], self._words)
        self._by_word = _Space(features, len(labels), len(self._words))
        self._text_codes = list(texts)
        stems = [_stems(_label_words(fold(normalise(text)))) for text in texts.values()]
        self._text_words: dict[str, int] = {}
        features = _word_features(stems, self._text_words)
        self._by_text = _Space(features, len(stems), len(self._text_words)) if stems else None

    def best_labels(self, text: str) -> dict[str, list[tuple[float, str]]]:
        """For each unit group that a normalised text may mean, its labels with their scores, best first."""
        core = " ".join(_query_words(text))
        bare = fold(core)
        words = bare.split()
        by_gram = self._by_gram.cosine(_gram_features([bare])[0])
        scores = 0.55 * by_gram + 0.45 * self._by_word.cosine(_known_words(_stems(words), self._words))
        count = min(REFINED_LABELS, len(scores))
        numbers = [int(number) for number in np.argpartition(-scores, count - 1)[:count] if scores[number] > 0.05]
        refined = {number: self._refined(number, float(scores[number]), text, core) for number in numbers}
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

    def _refined(self, number: int, score: float, text: str, core: str) -> float:
        spelt, folded, bare = self.spelt[number], self.folded[number], fold(core)
        if text == spelt:
            return 1.0
        if core == spelt:
            return 0.98
        if bare == folded:
            # Who writes the tone marks means them: "thợ may" (tailor) is not "thợ máy" (mechanic).
            return 0.97 if core == bare else 0.85
        refined = 0.76 * score + 0.2 * fuzz.token_sort_ratio(bare, self.bare[number]) / 100
        if len(bare) >= 3 and folded.startswith(bare):
            refined = max(refined, 0.4 + 0.4 * len(bare) / len(folded))
        return refined

    def text_likeness(self, text: str) -> Mapping[str, float]:
        """How far a normalised text agrees with the longer text of each unit group, 0 to 1."""
        if self._by_text is None:
            return {}
        words = _stems(fold(" ".join(_query_words(text))).split())
        likeness = self._by_text.cosine(_known_words(words, self._text_words))
        return dict(zip(self._text_codes, likeness.tolist(), strict=True))


@cache
def _index(language: str) -> TitleIndex:
    labels = [(title.label, title.isco) for title in taxonomy.titles() if title.language == language]
    labels.extend((name, isco) for isco, name in taxonomy.names_in(language).items())
    if language == "en":
        labels.extend((taxonomy.occupation(code).title_en, code) for code in taxonomy.unit_codes())
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


_more: MoreTitles[TitleIndex] | None = None


def add_titles_from(source: TitleSource | None) -> MoreTitles[TitleIndex] | None:
    """Search a source's titles beside our own from now on (None: only our own again). Returns their keeper."""
    global _more
    _more = None if source is None else MoreTitles(source, lambda labels: TitleIndex(labels, {}))
    return _more


CodeSource = Callable[[str], Sequence[tuple[str, str]]]
"""A code as typed -> (unit group, what the code is called) of each unit group that it corresponds to."""
_codes: CodeSource | None = None


def read_codes_with(source: CodeSource | None) -> None:
    """Understand the codes of a national classification as well from now on (None: only those of ISCO-08 again)."""
    global _codes
    _codes = source


def _ascii_digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in unicodedata.normalize("NFKC", text))


def _by_code(text: str, language: str, limit: int) -> list[Proposal]:
    """The unit groups of a typed code. One is clear; a code that has several is asked about, never guessed."""
    typed = text.strip()
    if not _CODE.fullmatch(typed):
        return []
    found = {typed: typed} if typed in taxonomy.unit_codes() else {}
    for isco, label in _codes(typed) if _codes is not None else ():
        found[isco] = label
    sure = "high" if len(found) == 1 else "medium"
    return [Proposal(isco, taxonomy.name_of(isco, language), label, 1.0, sure) for isco, label in found.items()][:limit]


def _labels_found(text: str, language: str) -> tuple[dict[str, list[tuple[float, str]]], set[str]]:
    """For each unit group that a normalised text may mean, its labels, ours and the source's, best first.

    The second answer are the groups for which a label of the source is better than every one of ours.
    """
    own = language in languages()
    found = _index(language).best_labels(text) if own else {}
    index = _more.index(language) if _more is not None else None
    doubtful: set[str] = set()
    if index is not None:
        for isco, labels in index.best_labels(text).items():
            worth = [(score * (IMPORTED_WORTH if own else 1.0), label) for score, label in labels]
            before = found.get(isco, [])
            found[isco] = sorted([*before, *worth], reverse=True)
            if own and worth[0][0] > max((score for score, _ in before), default=0.0):
                doubtful.add(isco)
    return found, doubtful


@cache
def _commonness() -> Mapping[str, float]:
    entries = taxonomy.youth_entry()
    return {entry.isco: 0.03 * (1 - (entry.rank - 1) / (len(entries) + 1)) for entry in entries}


def _scored(text: str, language: str) -> list[tuple[float, str, str]]:
    """(score, isco, label) of one language, best first."""
    answer = []
    texts = _index(language).text_likeness(text) if language in languages() else {}
    found, doubtful = _labels_found(text, language)
    for isco, labels in found.items():
        score, label = labels[0]
        support = sum(other for other, _ in labels[1:4]) / 3
        if score < EXACT_FROM:
            more = 0.15 * support + 0.4 * texts.get(isco, 0.0) + _commonness().get(isco, 0.0)
            score = min(0.96, score + more)
        else:
            score = min(1.0, score + _commonness().get(isco, 0.0) / 10)
        answer.append((min(score, IMPORTED_MOST) if isco in doubtful else score, isco, label))
    return sorted(answer, key=lambda row: (-row[0], row[1]))


def _confidence(score: float, rival: float) -> str:
    """From the score and its lead over the best rival; behind the first proposal the lead is negative, so "low"."""
    lead = score - rival
    if score >= HIGH_FROM and lead >= (EXACT_LEAD if score >= EXACT_FROM else HIGH_LEAD):
        return "high"
    if score >= MEDIUM_FROM and lead >= (0.01 if score >= EXACT_FROM else MEDIUM_LEAD):
        return "medium"
    return "low"


def search(text: str, language: str, limit: int = 10) -> list[Proposal]:
    """Up to ``limit`` unit groups for some words, best first; [] when nothing fits.

    ``language`` is a BCP-47 tag; a language without titles is answered from English and the others. Titles of loaded
    taxonomies are searched with ours in the language asked for and in English. Text past LONGEST_TEXT characters is
    not read. A code of ISCO-08, or of a national classification that is loaded, answers with its unit groups.
    """
    coded = _by_code(_ascii_digits(text[:LONGEST_TEXT]), language, limit)
    if coded:
        return coded
    wanted = normalise(text[:LONGEST_TEXT])
    if not wanted:
        return []
    own = language if language in languages() else language.split("-")[0].lower()
    best: dict[str, tuple[float, str]] = {}

    def take(tongue: str, worth: float) -> None:
        for score, isco, label in _scored(wanted, tongue):
            if worth * score > best.get(isco, (0.0, ""))[0]:
                best[isco] = (worth * score, label)

    near = list(dict.fromkeys((own, "en")))
    for tongue in near:
        take(tongue, 1.0 if tongue == own else OTHER_LANGUAGE_WORTH[tongue])
    if max((score for score, _ in best.values()), default=0.0) < FAR_LANGUAGES_BELOW:
        for tongue in languages():
            if tongue not in near:
                take(tongue, FAR_LANGUAGE_WORTH)

    ranked = sorted(((score, isco) for isco, (score, _) in best.items()), key=lambda row: (-row[0], row[1]))
    ranked = [row for row in ranked if row[0] >= FITS_FROM]
    rivals = [ranked[1][0] if len(ranked) > 1 else 0.0] + [score for score, _ in ranked[:1]] * len(ranked)
    return [
        Proposal(isco, taxonomy.name_of(isco, language), best[isco][1], round(score, 4), _confidence(score, rival))
        for (score, isco), rival in list(zip(ranked, rivals, strict=False))[:limit]
    ]


def propose(text: str, language: str) -> list[Proposal]:
    """The unit groups a person should be asked to choose from: one if the first is clear, otherwise up to five."""
    proposals = search(text, language, limit=5)
    return proposals[:1] if confidence(proposals) == "high" else proposals


def confidence(proposals: Sequence[Proposal]) -> str:
    """How far a whole answer can be trusted: that of its first proposal, or "none" when nothing fits."""
    return proposals[0].confidence if proposals else "none"
