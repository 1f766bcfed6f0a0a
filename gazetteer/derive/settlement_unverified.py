"""What may stay of the rows that one import of GeoNames calls populated places of Armenia although many are fields, sheepfolds,
chapels and monuments.

Rows that are doubles of a community or an older row are joined to it; one with a figure of inhabitants is a village. Of the others those stay, as
`place`, whose name can't be taken for anything else: no namesake in the whole gazetteer, no word of English, no genitive of a person
("field of Melikjan"), no word for a chapel, a stone, a ruin, a fold or a monument, five letters at least.
"""

import re

from settlement_spelling import fold

NOTE = "populated place only by an import of GeoNames that also holds fields, folds and ruins"
# Armenian words for what is no settlement; the last two rows are monuments to the fallen.
FEATURES = re.compile(
    r"Սուրբ|Սբ\b|Խաչ|Քար\b|Քարեր|Վանք|Վանքի|Ժամ\b|Ժամի|Մատուռ|Եկեղեցի|Ավերակ|Ավերք|Գոմեր|Գոմ\b|Գոմք|Գոմատեղ|Հողեր|Հանդ\b|Արտեր|Այգի|Թուխ|Մանուկ"
    r"|Գերեզման|Շեն\b|Գյուղատեղ|Գյուղատեղի|Դամբարան|Բերդ\b|Ամրոց|Կամուրջ|Աղբյուր\b|Լիճ|Լճ|Ձոր\b|Բլուր|Սար\b|Գլուխ|Տափ\b|Քարանձավ|Կոլխոզ|Ֆերմա"
    r"|Պատերազմ|Զոհ|Հուշարձան|Կաթողիկոս|Արքեպիսկոպոս|Եպիսկոպոս|Սարկավագ|Իշխան|Պապ\b|Պապի|անվան|կամուրջ|քար\b|քարեր|աղբյուր|ջրաղաց|հանք|պուրակ", re.IGNORECASE)


def is_vouched(place):
    """Whether something else in the sources says that people live or lived here."""
    return place.population > 0


def may_stay(names, known, lexicon):
    """Whether the name of an unverified row can be taken for nothing else."""
    english = names[0].english
    native = [text for (lang, text) in names[0].spellings if lang == "hy"]
    if not native or len(names) > 1 or fold(english) in lexicon or known[fold(english)] > 1 or len(fold(english)) < 5:
        return False
    text = native[0]
    return not FEATURES.search(text) and not (text.endswith("ի") and " " not in text) and len(text.split()) <= 2 and not re.search(r"[\d.]|\b\w\b", text)
