"""Which language a text is in, by its commonest words and its script.

A small method of our own, because the choice is among languages of the press and the texts
are long: scripts that write one language decide at once, others by how many of the text's
words are among the language's commonest. Says nothing of a text too short to tell.
"""

import re
from collections import Counter

import msgspec

WORD = re.compile(r"[^\W\d_]+")
LOOKED_AT = 20_000
FEWEST_WORDS = 12
FEWEST_HITS = 5
LEAST_SHARE = 0.12
"""Of a text's words: in running prose of these languages 30 to 50 % are among the listed."""
LEAST_LEAD = 1.25
"""The best language over the next: Norwegian and Danish, Spanish and Galician are close."""

COMMON: dict[str, str] = {
    "en": "the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which you were her all she there would their we him been has when who will no more if out so said what up its about into than them can only other new some could time these two may then do first any my now such like our over me even most made after also did many before must through years where much your way well down should because each just those people how too little state good very make world still own see men work long get here between both life being under never day same another know while last might us great old year off come since against go came right used take three",
    "fr": "le la les de des du un une et est dans que qui pour pas sur au aux avec ce cette il elle ils elles par plus ne se sont son sa ses ont été mais ou où leur leurs nous vous je tout tous comme fait être avoir entre après avant sans sous selon deux aussi dont même cela ces si était était contre depuis peut encore très lui y en à d l qu n s c j m",
    "de": "der die das und in zu den von mit ist im für nicht auf ein eine einer einem einen des dem sich auch es an als werden wird sie er ich wir hat haben sind war bei nach aus um am noch wie über so zum zur vor oder aber nur kann man durch mehr wenn dass ihre seine bis gegen unter sein wurde diese dieser keine sehr schon",
    "es": "el la los las de del y en que un una se no por con para su sus al lo como más pero es son fue ha han este esta estos sobre entre hasta desde también ya cuando muy sin sobre me si nos todo todos porque está están había donde quien después dos ser tiene hay era según contra año años",
    "it": "il lo la i gli le di del della dei delle dello nel nella e che un una uno per con non si è sono da dal dalla al alla come più ma anche ha hanno questo questa se su sul sulla tra dopo suo sua loro era stato stata essere ci chi quando tutto tutti due anni prima ancora solo molto",
    "pt": "o a os as de do da dos das e que em no na nos nas um uma para com não por se ao à mais como mas foi é são ser está pelo pela sobre entre até também já quando muito sem seu sua seus suas ele ela eles isso este esta há tem anos ano depois dois segundo foram",
    "nl": "de het een en van in is dat op te zijn met voor niet aan er om ook als bij door naar uit maar die dan was hij ze we ik nog over wordt worden werd heeft hebben kan meer geen tot deze dit hun zich al wel na onder moet zo veel twee jaar tegen volgens",
    "sv": "och att det i en som är på för av med den till inte har de ett om var jag men vi han hon från kan så vid när sig ut nu alla mot efter under över också sin mer eller hade skulle vill år två säger",
    "nb": "og i det er som på en til for av at med ikke har de den et var om jeg men vi han hun fra kan seg så ut nå mot etter under over også sin mer eller hadde skal vil år to sier ble blir være",
    "da": "og i det er som på en til for af at med ikke har de den et var om jeg men vi han hun fra kan sig så ud nu mod efter under over også sin mere eller havde skal vil år to siger blev bliver være",
    "pl": "w i z na do się nie że to jest o jak po za od przez dla są ale co tym przy oraz już tego jego czy był było będzie może także ich tylko jej które który która pod bez lat",
    "tr": "ve bir bu da de için ile olarak çok daha olan en gibi sonra kadar ne var ama o ya her göre iki mi ki değil ise ancak veya bin yıl türkiye olduğunu etti dedi olduğu",
    "ro": "de și în a la cu pe din că nu o un pentru este care mai sunt fost au ce prin după lui ca al dar sau fi ani între acest această",
    "ca": "de la i el que en els les a per un una del amb no es al se com més però és són ha han seu seva aquest aquesta dels també fins sobre entre quan",
    "fi": "ja on ei että oli se hän mutta ovat kun myös joka mukaan sekä tai olla vain niin jo ole kuin hänen sen mitä nyt vuonna",
    "cs": "a v se na je že to s z do o i jako pro ale by od po za které který podle byl jsou také při až není už jeho roku",
    "hu": "a az és hogy nem is egy ez volt csak de meg már azt van mint még el ha ki vagy szerint lesz után között",
    "id": "yang dan di itu dengan untuk tidak ini dari dalam akan pada juga ke karena ada mereka sudah kata bisa oleh atau saat telah kepada",
    "vi": "và của là có trong được cho không một các những với này đã người để khi về từ theo tại cũng như ông năm",
    "ru": "и в не на что с по он как это но из у за от о к же так для его все мы бы только или ее то был было может быть их года если при после она уже еще до сказал которые который также",
    "uk": "і в не на що з у та за до як це для від про він його але або вона вони є був було після також які який року року ми ще під",
    "bg": "и на да в се от за не че са по с който която като от още може беше към през",
    "sr": "и у је да се на за су од са као али што није који која би ће по из",
    "ar": "في من على إلى أن التي الذي عن مع هذا هذه كان كانت بعد قبل بين كما قد لا ما لم ذلك أو وقد وفي ومن حيث خلال منذ حول عند كل غير وقال قال",
    "fa": "و در به از که این را با است برای آن یک خود تا بر هم نیز اما شد شده می بود کرد های گفت",
    "ur": "اور کے کی کا میں سے ہے کو پر نے کہ یہ ہیں اس بھی وہ کر ان تھا نہیں ایک گیا",
}
SCRIPTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("he", re.compile("[\u05d0-\u05ea]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("ko", re.compile("[\uac00-\ud7a3]")),
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("bn", re.compile("[\u0980-\u09ff]")),
    ("ta", re.compile("[\u0b80-\u0bff]")),
    ("te", re.compile("[\u0c00-\u0c7f]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
    ("hy", re.compile("[\u0530-\u058f]")),
    ("am", re.compile("[\u1200-\u137f]")),
)
LEAST_OF_SCRIPT = 0.25
"""Of a text's letters; Japanese prose has at least as many kana among its Chinese characters."""

_SETS: dict[str, frozenset[str]] = {tag: frozenset(words.split()) for tag, words in COMMON.items()}


class Identified(msgspec.Struct, frozen=True):
    """A language tag, how sure it is, and the words that show it."""

    tag: str
    sure: float
    evidence: str


def identify(text: str) -> Identified | None:
    """Give the language of a text, or None where it is too short or too mixed to tell."""
    sample = text[:LOOKED_AT]
    letters = sum(map(str.isalpha, sample))
    if not letters:
        return None
    for tag, script in () if sample.isascii() else SCRIPTS:
        share = len(script.findall(sample)) / letters
        if share >= LEAST_OF_SCRIPT:
            return Identified(tag, 0.95, f"{share:.0%} of its letters")
    words = [word.lower() for word in WORD.findall(sample)]
    return _by_words(words) if len(words) >= FEWEST_WORDS else None


def _by_words(words: list[str]) -> Identified | None:
    counts = Counter(words)
    hits = {
        tag: sum(counts[word] for word in common if word in counts) for tag, common in _SETS.items()
    }
    # Longer lists catch more of any text; what counts is the share, and the lead over the next.
    (tag, best), (_, second) = sorted(hits.items(), key=lambda item: (-item[1], item[0]))[:2]
    if best < FEWEST_HITS or best / len(words) < LEAST_SHARE or best < second * LEAST_LEAD:
        return None
    top = sorted(
        ((counts[word], word) for word in _SETS[tag] if word in counts),
        key=lambda pair: (-pair[0], pair[1]),
    )[:4]
    evidence = ", ".join(word for _, word in top)
    lead = min(1.0, best / len(words) / 0.3)
    return Identified(tag, round(0.75 + 0.2 * lead, 2), evidence)
