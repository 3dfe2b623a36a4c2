"""Text typed in fonts older than Unicode: TCVN3 (".VnTime", ABC) and VNI, seen as Latin-1 letters.

Such a file says "Tæng sè" (TCVN3) or "Toång soá" (VNI) for "Tổng số"; only the font shows it right.
Both are told from foreign words by what comes out: Vietnamese syllables have one vowel group, one
tone and few endings, which "Société" or "µg" read as TCVN3 do not give. Decode before
`solieu.text.clean`: the soft hyphen that it drops is the letter ư in TCVN3. A single short cell
("Cã", "NS§P") can say too little: where a whole sheet or page looks old, decode each of its cells.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from itertools import islice

from solieu.text import fold

_TCVN3_ROWS = (
    # first code point, letters from there on; a dot is a code that no letter has
    (0x01, "ÚỤ.ỪỬỮ"),
    (0x11, "ỨỰỲỶỸÝỴ"),
    (0x80, "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ"),
    (0xA1, "ĂÂÊÔƠƯĐăâêôơưđẰ"),
    (0xB5, "àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"),
)
TCVN3: dict[int, str] = {
    first + offset: letter
    for first, letters in _TCVN3_ROWS
    for offset, letter in enumerate(letters)
    if letter != "."
}
"""Code point to letter, all 134 (TCVN 5712:1993, VN1); fonts for capitals use the small codes."""
_MU = 0x03BC  # what compatibility normalization makes of U+00B5, the code of "à"


def _vni_table() -> dict[str, str]:
    """VNI writes a vowel and a mark as two letters: "aù" is á, "aá" is ấ, "ôù" is ớ."""
    tones = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
    circumflex = {
        "â": "",
        "á": "\u0301",
        "à": "\u0300",
        "å": "\u0309",
        "ã": "\u0303",
        "ä": "\u0323",
    }
    breve = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
    table = {
        "ñ": "đ",
        "ô": "ơ",
        "ö": "ư",
        "æ": "ỉ",
        "ó": "ĩ",
        "ò": "ị",
        "î": "ỵ",
        "í": "í",
        "ì": "ì",
    }
    for vowels, marks, hat in (
        ("aeouyôö", tones, ""),
        ("aeo", circumflex, "\u0302"),
        ("a", breve, "\u0306"),
    ):
        for vowel in vowels:
            base = {"ô": "ơ", "ö": "ư"}.get(vowel, vowel)
            for mark, tone in marks.items():
                table[vowel + mark] = unicodedata.normalize("NFC", base + hat + tone)
    capitals = {code.upper(): letter.upper() for code, letter in table.items()}
    # a capital vowel with a small mark happens where only the vowel's key was shifted
    mixed = {c[0].upper() + c[1]: v.upper() for c, v in table.items() if len(c) == 2}
    return {**mixed, **capitals, **table}


VNI: dict[str, str] = _vni_table()
"""One or two Latin-1 letters to the letter they show."""

_VNI_CODE = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))
_UNICODE_ONLY = re.compile("[ĂăĐđĨĩŨũƠơƯưẠ-ỹ\u0300\u0301\u0303\u0309\u0323]")
_TCVN3_CODES = "".join(map(chr, [*TCVN3, _MU]))
_TCVN3_WORD = re.compile(rf"[A-Za-z{re.escape(_TCVN3_CODES)}]+")
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]+")
_NOT_ASCII = re.compile(r"[^\x20-\x7f\s]")
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_TONED_CONSONANT = re.compile("[^aeiouy\u0302\u0306\u031b][\u0300\u0301\u0303\u0309\u0323]")
_TONES_BEFORE_STOP = (
    ["\u0301"],
    ["\u0323"],
)  # only sắc and nặng stand before -c -ch -p -t
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnprstvx])?"
    r"(?P<rhyme>(?:a|oa)(?:ng|nh|ch|[ckmnpt])|(?:ă|oă|â|uâ|o|oo|ô|uô|ơ|u|ư|ươ|iê|yê|uyê|e|oe)"
    r"(?:ng|[ckmnpt])|(?:ê|uê|i|uy)(?:nh|ch|[mnpt])"
    r"|iêu|yêu|uôi|ươi|ươu|oai|oay|oao|oeo|uây|uya|uyu|[aâêiư]u|[ae]o|[aâ]y"
    r"|[aoôơuư]i|[iuư]a|oa|oe|uê|uy|uơ|[aeêioôơuưy])"
)
_OPEN_RHYMES = frozenset({"oa", "oe", "uê", "uy", "uơ"})  # the tone may stand on their last letter
_LONGEST_SYLLABLE = 14  # "nghiêng" has 7 letters, and as many again when decomposed
_SAMPLE = 2000  # words are enough evidence; a book need not be weighed whole
_LEAST_LETTERS = 2  # less is a mark or a symbol and not a word
_VOWELS = "aăâeêioôơuưy"


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Whether a word is built as a Vietnamese syllable, in any case ("Nghiệp", not "Société")."""
    if len(word) > _LONGEST_SYLLABLE:
        return False
    decomposed = unicodedata.normalize("NFD", word.casefold())
    tones = _TONE.findall(decomposed)
    if len(tones) > 1 or _TONED_CONSONANT.search(decomposed):
        return False
    base = unicodedata.normalize("NFC", _TONE.sub("", decomposed))
    if base.endswith(("c", "ch", "p", "t")) and tones not in _TONES_BEFORE_STOP:
        return False
    match = _SYLLABLE.fullmatch(base)
    if match is None:
        return False
    rhyme = match["rhyme"]
    glides = len(rhyme) > 1 and rhyme[-1] in _VOWELS and rhyme not in _OPEN_RHYMES
    return not (glides and _TONE.search(_last_letter(decomposed)))


def _last_letter(decomposed: str) -> str:
    return unicodedata.normalize("NFD", unicodedata.normalize("NFC", decomposed)[-1:])


def looks_tcvn3(text: str) -> bool:
    """Whether the text is TCVN3 seen as Latin-1: "Hµ Néi", not "Hà Nội" and not "Nestlé"."""
    return _encoding(text) == "TCVN3"


def looks_vni(text: str) -> bool:
    """Whether the text is VNI seen as Latin-1: "Haûi Phoøng"."""
    return _encoding(text) == "VNI"


def from_tcvn3(text: str) -> str:
    """TCVN3 to Unicode; words set in a font of capitals become capitals.

    >>> from_tcvn3("Tæng sè NG©N S¸CH")
    'Tổng số NGÂN SÁCH'
    """
    return "".join(_tcvn3_line(line) for line in text.splitlines(keepends=True))


def from_vni(text: str) -> str:
    """VNI to Unicode.

    >>> from_vni("Toång soá")
    'Tổng số'
    """
    return _vni_letters(unicodedata.normalize("NFC", text))


def decode_legacy(text: str) -> tuple[str, str | None]:
    """The text in Unicode, and the old encoding ("TCVN3", "VNI") or None where it had none."""
    encoding = _encoding(text)
    if encoding is None:
        return text, None
    return (from_tcvn3 if encoding == "TCVN3" else from_vni)(text), encoding


def _encoding(text: str) -> str | None:
    if not _NOT_ASCII.search(text):
        return None
    modern = _modern(text)
    if 20 * modern >= _SAMPLE:
        return None  # no sample can outweigh so many letters that only Unicode has
    weights = {
        "TCVN3": _evidence(text, _TCVN3_WORD, _tcvn3_letters, modern),
        "VNI": _evidence(text, _LATIN_WORD, _vni_letters, modern),
    }
    best = max(weights, key=lambda name: weights[name])
    return best if weights[best] > 0 else None


def _modern(text: str) -> int:
    """How many letters only Unicode has, as far as it takes to be sure."""
    seen = _UNICODE_ONLY.finditer(text, 0, 40 * _SAMPLE)
    return sum(1 for _ in islice(seen, _SAMPLE // 20))


def _evidence(text: str, words: re.Pattern[str], decode: Callable[[str], str], modern: int) -> int:
    """Words that become Vietnamese by decoding, less those that do not; 0 where it is too few."""
    good = bad = letters = 0
    for word in _sample(text, words):
        verdict = _verdict(word, decode(word))
        good += verdict > 0
        bad += verdict < 0
        letters += len(word) if verdict > 0 else 0
    sure = letters >= _LEAST_LETTERS and good > 2 * bad and good > 20 * modern
    return good - bad if sure else 0


@lru_cache(maxsize=4096)
def _verdict(word: str, decoded: str) -> int:
    """1: Vietnamese only when decoded; -1: not even then; 0: a word both ways ("sè")."""
    if word == "\u00b5m":
        return 0  # a micrometre, though "àm" could be a word
    if is_syllable(word) and (word.islower() or word.isupper() or word.istitle()):
        return 0
    if decoded != word and is_syllable(decoded):
        return 1
    return 0 if len(word) == 1 or not set(fold(decoded)).intersection(_VOWELS) else -1


def _sample(text: str, words: re.Pattern[str]) -> list[str]:
    suspects = (m.group() for m in words.finditer(text) if not m.group().isascii())
    return list(islice(suspects, _SAMPLE))


_TO_LETTER = {**TCVN3, _MU: "à"}


def _tcvn3_letters(text: str) -> str:
    return text.translate(_TO_LETTER)


def _vni_letters(text: str) -> str:
    return _VNI_CODE.sub(lambda m: VNI[m.group()], text)


_ASCII_UPPER = re.compile("[A-Z]")
_ASCII_LOWER = re.compile("[a-z]")


@lru_cache(maxsize=4096)
def _tcvn3_line(line: str) -> str:
    shouting = not _ASCII_LOWER.search(line) and len(_ASCII_UPPER.findall(line)) >= 2

    def word(match: re.Match[str]) -> str:
        return _cased(match.group(), shouting=shouting)

    return _TCVN3_WORD.sub(word, line)


def _cased(word: str, *, shouting: bool) -> str:
    """Fonts of capitals (".VnTimeH") show the small codes as capitals: the ASCII letters tell."""
    text = _tcvn3_letters(word)
    if shouting:
        return text.upper()
    if _ASCII_LOWER.search(word):
        return text
    capitals = _ASCII_UPPER.findall(word)
    capital_inside = bool(capitals) and not word.startswith(capitals[0])
    return text.upper() if len(capitals) >= 2 or capital_inside else text
