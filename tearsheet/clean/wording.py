"""The wordings by which furniture is known: general ones, of no one publisher.

Each wording says which fate a unit with it has, why in words a reader understands, how sure
that is, and whether it opens a section: what follows it at the end of a page is then of
the same kind, until another wording says otherwise.
"""

import re
from functools import cache

import msgspec

from tearsheet.model import Fate

# A wording is looked for in the beginning and the end of a unit only: furniture is short,
# and this bounds the work on an 8 MB paragraph.
HEAD, TAIL = 300, 160
# What stands around a button's word and says nothing.
DECORATION = " \t\xa0|/\\•·●▪►▶‣*#>»«<‹›←→↑↓–—-_:.,;!?…()[]{}\"'“”‘’„×✕✖+=~^"
# Wordings of these fates may begin or end in a sign that decoration otherwise is.
PUNCTUATED = frozenset({Fate.PLACEHOLDER, Fate.LEGAL})


def stands_in(hints: tuple[str, ...], text: str) -> bool:
    """Say whether one of the hints stands in a text (a plain loop: this is called most of all)."""
    for hint in hints:  # noqa: SIM110  # any() with a generator takes twice the time
        if hint in text:
            return True
    return False


class Wording(msgspec.Struct, frozen=True):
    """A pattern over a unit's text in lower case, and what it means where it matches."""

    fate: Fate
    pattern: str
    reason: str
    confidence: float
    opens: bool = False
    most_words: int = 60
    """A unit with more words than this is not known by this wording."""
    hints: tuple[str, ...] = ()
    """Where given, one of these stands in every unit that the pattern matches: a quick test."""

    def matches(self, text: str) -> bool:
        """Say whether a text in lower case has this wording."""
        if self.hints and not stands_in(self.hints, text):
            return False
        pattern = _compiled(self.pattern)
        if self.pattern.startswith("^"):
            return pattern.match(text) is not None
        return pattern.search(text) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern when it is first asked: all of them take 40 ms, and few are."""
    return re.compile(pattern, re.VERBOSE)


def _wording(
    fate: Fate,
    pattern: str,
    reason: str,
    confidence: float = 0.9,
    *,
    opens: bool = False,
    most_words: int = 60,
    hints: tuple[str, ...] = (),
) -> Wording:
    return Wording(fate, pattern, reason, confidence, opens, most_words, hints)


WORDINGS: tuple[Wording, ...] = (
    # ------------------------------------------------------------------ placeholders
    _wording(
        Fate.PLACEHOLDER,
        r"""^(?: \[ (?!\d|update|correct|editor|video|photo|image|source|read|watch|laugh|applau|cheer|music|pause|silence|sigh|cough|inaudible|unintelligible|crosstalk|audio|sic\b|break\b)[\w:/=.-]{3,40} \] (?:\s*\[[^\]]{3,40}\])*
        | \{\{?[^{}]{1,80}\}\}? | %%?\w{2,40}%%? | \[/?\w+_\w+[^\]]{0,80}\]
        | (?:image|photo|video|audio|img|icon|logo|thumbnail|avatar)(?:\s*(?:\d+|placeholder|caption|not\ available))?
        | [\w-]{3,40}\.(?:jpe?g|png|gif|webp|svg|mp4) | undefined | null | nan | lorem\ ipsum.* | loading(?:\s*(?:\.\.\.|…|comments.*|more.*))?
        | \w+(?:[-_]\w+)+_[a-z]{2} )$""",
        "a leftover of the page's template or of the scraper",
        most_words=8,
    ),
    _wording(
        Fate.PLACEHOLDER,
        r"^[–—-]{1,3}\s?(?:ends?|30)\s?[–—-]{1,3}$",
        "marks where an office's or an agency's text ends",
        most_words=1,
    ),
    # ------------------------------------------------------------------ adverts
    _wording(
        Fate.ADVERT,
        r"""^(?: ad(?:vert(?:isement|ising|orial)?)?s? | publicit(?:y|é|a|ade) | publicidad(?:e)? | anzeige | werbung | reklam[ae]? | annonse?
        | реклама | إعلان | sponsored(?:\ (?:content|post|links?|by.{0,40}))? | promoted(?:\ (?:content|stories))? | paid\ (?:content|post|advertisement)
        | (?:story|article|content)\ continues\ (?:below|after).{0,40} | continue(?:s)?\ (?:reading\ )?(?:below|after)\ (?:the\ )?advert.{0,20}
        | (?:scroll\ (?:down\ )?to|keep)\ (?:continue|reading)(?:\ with.{0,30})? | skip\ (?:ad|advert(?:isement)?)
        | (?:this\ )?advertisement\ (?:has\ not\ loaded|\d+).{0,80} | report\ (?:this\ )?ad | remove\ ads? | ad\ feedback | ad\ choices )$""",
        "the label of an advertisement",
        0.95,
        most_words=14,
    ),
    _wording(
        Fate.ADVERT,
        r"""^(?:sponsored|advertisement|advert|advertorial|anzeige|werbung|publicité|promoted|paid\ post)\s?[:|–—]\s?\S""",
        "begins with the label of an advertisement",
        0.9,
        most_words=40,
    ),
    # ------------------------------------------------------------------ related
    _wording(
        Fate.RELATED,
        r"""^(?: (?:read|see|watch|view|learn|find\ out|show|load|see)\ (?:more|less|all|full\ (?:article|story))(?:\ (?:here|now|stories|articles|news|about\ this))?
        | more(?:\ (?:info|details?))? | continue\ reading | keep\ reading | lire\ la\ suite | en\ savoir\ plus | weiterlesen | mehr | leer\ más | ver\ más | leggi\ tutto | saiba\ mais | читать\ далее
        )$""",
        "a button that leads to more",
        most_words=7,
    ),
    _wording(
        Fate.RELATED,
        r"""^(?: (?:(?:read|see|watch|listen|look)\ (?:also|too|next)|also\ (?:read|see|watch|on)|(?:read|see|watch)\ more)(?:\ ?[:–—|>-]|\ +\S)
        | (?:à\ lire|lire\ aussi|à\ lire\ aussi|voir\ aussi|lea\ también|lee\ también|te\ puede\ interesar|leia\ (?:também|mais)|leggi\ anche|lesen\ sie\ (?:auch|hier|mehr)|mehr\ zum\ thema|auch\ interessant|lees\ ook|läs\ (?:också|mer)|les\ også|читайте\ также|читайте\ ещё|اقرأ\ أيضا|اقرأ\ أيضًا)\b.*
        | (?:read|related|see|watch|more|recommended|don['’]t\ miss|must\ read|explained|in\ pictures|in\ pics|opinion|analysis)\s?[:|]\s.+ | related\ (?:article|story|stories|news|reading|video)s?\s?[:–—-].+
        )""",
        "points to another article",
        0.85,
        most_words=32,
    ),
    _wording(
        Fate.RELATED,
        r"""^(?: (?:related|recommended|similar|latest|recent|popular|trending|other|further|featured|top|best|previous|next|new|newest|top\ rated|breaking|suggested|sponsored|most)\ (?:articles?|stor(?:y|ies)|posts?|news|reads?|reading|videos?|headlines|content|topics|links|coverage|items|products|entries|comments|now|today|this\ week|read|viewed|popular|watched|shared|commented|discussed|emailed|recent)(?:\ .{0,40})?
        | related | recommended | trending | popular | latest | recommendations | most\ (?:read|popular|viewed|recent|shared|commented)
        | more\ (?:from|on|in|about|by|like\ this|stories|news|articles|posts|top\ stories|headlines|coverage|to\ read|reading|for\ you|great)(?:\ .{0,60})?
        | you\ (?:may|might|could|will|['’]ll)\ (?:also\ )?(?:like|enjoy|be\ interested|love|have\ missed|want\ to\ (?:read|see)).{0,30} | (?:in\ )?case\ you\ missed\ (?:it|this) | editor['’]?s['’]?\ (?:picks?|choices?) | what\ to\ read\ next | up\ next | read\ (?:these\ )?next | also\ (?:in|on)\ .{0,40}
        | around\ the\ web | from\ (?:around|across|the)\ (?:the\ )?web | from\ our\ (?:partners|sponsors|network) | (?:further|related)\ reading | see\ also | next\ (?:article|post|story|up) | previous\ (?:article|post|story) | promoted\ stories | today['’]s\ (?:top|headlines).{0,30} | top\ stories | latest | headlines | elsewhere | don['’]t\ miss | must[- ]reads? | on\ this\ (?:story|topic)
        | articles?\ (?:liés|similaires|relacionados|recommandés) | sur\ le\ même\ (?:sujet|thème) | notícias\ relacionadas | noticias\ relacionadas | artículos?\ relacionad.* | das\ könnte\ sie\ auch\ interessieren | meistgelesen | mehr\ zum\ thema | (?:les\ )?plus\ lus | lo\ más\ (?:leído|visto) | più\ letti | похожие\ .* | مواضيع\ ذات\ صلة | أخبار\ ذات\ صلة | الأكثر\ قراءة )$""",
        "a list of other articles begins",
        0.9,
        opens=True,
        most_words=12,
    ),
    # ------------------------------------------------------------------ comments
    _wording(
        Fate.COMMENTS,
        r"""^(?: \(?\d*\)?\s*(?:comments?|replies|responses|kommentare|commentaires|comentarios|comentários|commenti|комментарии|تعليقات|التعليقات|yorumlar|reacties|kommentarer)\s*\(?\d*\)?(?:\ .{0,30})?
        | (?:(?:leave|post|add|write|submit|make|share|have\ your|join\ the|view|show|read|see|hide|load|start\ the)\ (?:a|an|your|the|all|us\ your|us)?\ ?\d*\ ?(?:reply|comments?|conversation|discussion|say|response|opinion|thoughts|feedback|review)).{0,40}
        | (?:be\ the\ first\ to\ comment|no\ comments(?:\ yet)?|comments\ (?:are|have\ been)\ (?:closed|disabled|off|moderated)|comment\ (?:now|here|on\ this|policy|rules)|discussion|join\ the\ (?:conversation|discussion)|what\ do\ you\ think|have\ your\ say|cancel\ reply|click\ here\ to\ cancel\ reply|reply|post\ comment|add\ comment|view\ comments|community\ guidelines|log\ ?in\ to\ (?:comment|reply|leave).{0,30}|(?:you\ must|please)\ (?:be\ )?(?:log(?:ged)?|sign(?:ed)?)\ ?in\ to\ (?:comment|post|leave|reply).{0,40})
        | (?:لا\ توجد\ تعليقات|اترك\ تعليق.*|أضف\ تعليق.*|добавить\ комментарий|laisser\ un\ commentaire|deja\ (?:un\ comentario|una\ respuesta)|schreib(?:e|en\ sie)?\ (?:einen|ihren)\ kommentar) )$""",
        "the comments of readers, or the form for them",
        0.92,
        opens=True,
        most_words=12,
    ),
    _wording(
        Fate.COMMENTS,
        r"""(?: ^please\ enter\ your\ (?:comment|name|email|e-mail) | ^(?:required|name|e-?mail|website|your\ (?:name|email|comment))\s?\*?(?:\ \(required\))?$ | \bcaptcha\b | your\ e-?mail\ address\ will\ not\ be\ (?:published|shown)
        | required\ fields\ are\ marked | save\ my\ name,?\ e?-?mail | notify\ me\ of\ (?:new|follow) | moderates?\ (?:all\ )?comments | comments?\ (?:must|that\ do\ not|should)\ (?:meet|comply|be)\b | comments\ are\ (?:moderated|not\ edited|subject\ to) | (?:reserve|reserves)\ the\ right\ to\ (?:delete|remove|edit).{0,30}comments
        | this\ site\ uses\ akismet | you\ have\ entered\ an\ incorrect\ email )""",
        "belongs to the form or the rules for comments",
        0.92,
        most_words=70,
        hints=(
            "comment",
            "enter",
            "name",
            "mail",
            "website",
            "captcha",
            "required",
            "notify",
            "akismet",
        ),
    ),
    # ------------------------------------------------------------------ subscribe
    _wording(
        Fate.SUBSCRIBE,
        r"""(?: ^(?:you\ have|il\ vous\ reste|you['’]ve\ read|te\ queda).{0,20}\d[\d.,]*\s?%.{0,60} | \d[\d.,]*\s?%\ (?:of\ (?:this|the)\ (?:article|story|text|content)|de\ cet\ article|del\ artículo) | (?:rest|remainder|suite)\ (?:of\ (?:this|the)\ (?:article|story)\ )?is\ (?:reserved|available\ only|only\ available|for\ subscribers).{0,60} | (?:reserved|exclusively|only\ available|available\ only)\ (?:for|to)\ (?:our\ )?(?:subscribers|members|registered) )""",
        "a paywall: the rest of the article is kept for subscribers",
        0.97,
        opens=True,
        most_words=50,
        hints=("%", "rest", "remainder", "suite", "reserved", "only", "exclusive"),
    ),
    _wording(
        Fate.SUBSCRIBE,
        r"""^(?: to\ (?:read|see|unlock|access|finish|enjoy)\b.{0,60}(?:rest|remainder|full|whole|article|story).{0,80}(?:subscri|regist|sign|log\ in|account|member) | (?:this|the)\ (?:article|story|text|report|rest)\b.{0,30}\bcontinues?\ (?:for|with)\ .{0,20}(?:subscri|member|regist).{0,40} | (?:to\ )?continue\ (?:reading|your).{0,50}(?:regist|subscri|sign|log|account|free) | (?:register|subscribe|sign\ (?:up|in)|log\ in|create\ (?:a|an|your)\ (?:free\ )?account|become\ a\ (?:member|subscriber))\ (?:now\ |today\ |here\ |for\ free\ )?(?:to|and|for)\ (?:continue|keep|read|get|access|unlock|enjoy|view|see|receive).{0,120} | this\ (?:article|content|story|post)\ is\ (?:for|only\ for|available\ to|reserved|exclusive|locked|premium).{0,60}(?:subscri|member|register|premium|reader)?
        | (?:already\ (?:a\ )?(?:subscrib|member|registered|have\ an\ account)|not\ a\ (?:subscriber|member)|don['’]t\ have\ an\ account|want\ to\ read\ more|you['’]ve\ reached\ your|you\ have\ (?:reached|read|\d+\ free)|unlock\ this|unlimited\ (?:digital\ )?access|get\ unlimited|subscribe\ now\ to).{0,80} | (?:réservé\ aux\ abonnés|cet\ article\ est\ réservé|contenido\ exclusivo|nur\ für\ abonnenten|weiterlesen\ mit).{0,80} )""",
        "a wall: one is to register or subscribe before reading on",
        0.93,
        opens=True,
        most_words=40,
    ),
    _wording(
        Fate.SUBSCRIBE,
        r"""(?: ^(?:(?:free\ |our\ |daily\ |the\ |weekly\ )*newsletters?\b.{0,120}|(?:i\ )?subscribe(?:\ (?:now|today|here|to\ .{0,80}|for\ .{0,60}|via\ .{0,40}))?|subscribed|unsubscribe.{0,60}|sign\ (?:me\ )?up(?:\ (?:now|here|today|free|for\ .{0,100}|to\ .{0,100}))?|sign\ up\ .{0,30}newsletter.{0,60}|abonne[zr].{0,60}|s['’]abonner.{0,40}|je\ m['’]abonne|suscr[íi]b.{0,60}|inscr(?:ivez|íbete|eva)[\w-]*.{0,80}|jetzt\ (?:abonnieren|anmelden).{0,40}|iscriviti.{0,80}|подпис(?:ывайтесь|аться|ка).{0,80}|اشترك.{0,60}|(?:enter|type)\ your\ e-?mail.{0,60}|your\ e-?mail(?:\ address)?|e-?mail\ (?:address|alerts?|updates?)\*?|get\ (?:the|our|breaking|daily|news|email|e-mail|more|updates|alerts|unlimited).{0,40}(?:newsletter|inbox|e-?mail|alerts?|mailbox|delivered|app).{0,80}|download\ (?:the|our)\ .{0,40}\bapp\b.{0,40}|(?:support|donate|contribute|make\ a\ donation|become\ a\ (?:patron|member|supporter|subscriber))(?:\ (?:us|now|today|to|our|the)\b.{0,100})?|(?:manage|choose)\ (?:your\ )?(?:newsletters?|subscriptions?|alerts).{0,40}|start\ (?:your\ )?(?:free\ )?trial.{0,60}|gift\ (?:this\ )?(?:article|subscription).{0,40})$
        | \b(?:straight|directly|delivered|right|sent)\ (?:in|into|to|in\ to)\ (?:your\ )?(?:inbox|mailbox|e-?mail) | \b(?:in|to)\ your\ (?:inbox|mailbox)\b | ^follow\ .{3,60}\ by\ downloading\b | \bapp\b.{0,30}\b(?:google\ play|app\ store) | ^(?:google|app(?:le)?)[-\ ](?:play|store).{0,30}$ | ^receive\ .{3,60}(?:inbox|mailbox|e-?mail) | you\ can\ unsubscribe\ at\ any\ time | by\ (?:signing\ up|subscribing|registering|clicking|submitting|providing).{0,30}(?:you|i)\ (?:agree|accept|consent|confirm|acknowledge) | thank\ you\ for\ (?:subscribing|signing\ up|registering) )""",
        "a pitch for a newsletter, an app or a subscription",
        0.9,
        opens=True,
        most_words=45,
        hints=(
            "newsletter",
            "subscri",
            "sign",
            "abon",
            "suscr",
            "inscr",
            "iscri",
            "anmelden",
            "подпис",
            "اشترك",
            "mail",
            "get ",
            "download",
            "support",
            "donat",
            "contribut",
            "become",
            "manage",
            "choose",
            "trial",
            "gift",
            "inbox",
            "app",
            "google",
            "unsub",
            "agree",
            "accept",
            "consent",
            "confirm",
            "acknowledge",
            "register",
        ),
    ),
    # ------------------------------------------------------------------ share
    _wording(
        Fate.SHARE,
        r"""^(?=.*(?:share|tweet|pin|mail|print|save|book|copy|like|follow|send|post|whats|face|twit|link|reddit|gram|tub|tik|mess|flip|pocket|viber|rss|gift|url|skype|sky|threads|mastodon))(?> (?:share|tweet|pin|e-?mail|print|save|bookmark|copy|like|follow|send|post|whatsapp|facebook|twitter|x|linkedin|pinterest|reddit|telegram|tumblr|instagram|youtube|tiktok|messenger|flipboard|pocket|viber|vk|ok|rss|mail|link|sms|threads|bluesky|mastodon|google\+?|google\ plus|line|skype|wechat|weibo|snapchat|url|copied|listen|gift|buffer|digg|delicious|stumbleupon|flip|embed|and|on|to|via|this|article|story|page|us|shares|likes|\d+(?:[.,]\d+)?k?)(?:[\s|/·•,&:+-]+|$))+$""",
        "buttons to share, print, save or follow",
        0.9,
        most_words=24,
    ),
    _wording(
        Fate.SHARE,
        r"""^(?: (?:share|tweet|send|email|print|save|like|bookmark|pin|post)\ (?:this|on|via|to|by|it|with|the\ (?:article|story|post)).{0,50} | click\ to\ (?:share|print|email|copy|tweet|follow).{0,60} | opens\ in\ (?:a\ )?new\ (?:window|tab) | copy\ (?:link|url|short\ ?link)(?:\ to\ clipboard)? | link\ copied.{0,20} | (?:follow|find|join|like|connect\ with|add)\ (?:us|me|.{2,40})\ on\ (?:facebook|twitter|x|instagram|linkedin|youtube|telegram|whatsapp|google|tiktok|social|our|pinterest|mastodon|bluesky|threads)\b.{0,80} | (?:follow|find)\ us.{0,40} | partage[rz].{0,40} | compartir.{0,40} | compartilh.{0,40} | teilen.{0,30} | condividi.{0,30} | поделиться.{0,40} | مشاركة.{0,20} | شارك.{0,20} | \d+\ shares? | share(?:d)?\ \d+ | facebook\ twitter.{0,80} | share\ options | print\ (?:article|page|friendly).{0,20} )$""",
        "buttons to share, print, save or follow",
        0.9,
        most_words=20,
    ),
    # ------------------------------------------------------------------ legal
    _wording(
        Fate.LEGAL,
        r"""(?: ^(?:copyright|©|\(c\)\s)\s?.{0,160}$ | ^.{0,80}\ ©\ ?(?:19|20)\d\d.{0,120}$ | \ball\ rights\ reserved\b | ^(?:privacy(?:\ (?:policy|notice|statement|settings|center|manager|preferences))?|terms(?:\ (?:of\ (?:use|service|sale)|and\ conditions|\&\ conditions|\&\ privacy))?|cookie(?:s|\ (?:policy|settings|notice|preferences|consent))?|legal(?:\ notice)?|disclaimer|imprint|impressum|datenschutz(?:erklärung)?|agb|mentions\ légales|aviso\ legal|accessibility(?:\ (?:statement|help))?|do\ not\ sell.{0,60}|your\ (?:privacy|ad|cookie)\ (?:choices|rights).{0,30}|cookie-einstellungen|user\ agreement|editorial\ (?:policy|standards|guidelines)|manage\ cookies|site\ ?map)$
        | \b(?:may\ not|cannot|must\ not)\ be\ (?:published|reproduced|copied|republished|rewritten|used).{0,40}(?:broadcast|redistribut|permission|consent|rewritten|copied|republish) | without\ (?:the\ )?(?:prior|express|our)?\ ?(?:express\ |written\ )+(?:permission|consent|authori[sz]ation) | ^(?:we|this\ (?:site|website)|our\ (?:site|website)s?(?:\ and\ our\ partners)?)\ use[s]?\ cookies | \bquotes\ (?:displayed|delayed).{0,60}minutes | ^this\ material\ may\ not | is\ not\ responsible\ for\ the\ content\ of\ external | \b(?:views|opinions)\ expressed\b.{0,120}(?:own\b|necessarily|of\ the\ author) )""",
        "a legal notice of the site",
        0.9,
        most_words=90,
        hints=(
            "expressed",
            "copyright",
            "©",
            "(c)",
            "rights",
            "privacy",
            "terms",
            "cookie",
            "legal",
            "disclaimer",
            "imp",
            "datenschutz",
            "agb",
            "mentions",
            "accessib",
            "do not sell",
            "your ",
            "agreement",
            "editorial",
            "map",
            "be ",
            "without",
            "quotes",
            "material",
            "responsible",
        ),
    ),
    # ------------------------------------------------------------------ notices
    _wording(
        Fate.NOTICE,
        r"""^(?: (?:editor(?:['’]s|s['’]|ial)?\ note|correction|clarification|corrections\ and\ clarifications|note\ to\ readers|publisher['’]s\ note|nota\ del\ editor|note\ de\ la\ rédaction|anmerkung\ der\ redaktion)\b(?:\ \(.{0,40}\))?\s?[:.–—-].* | (?:this\ is\ an?\ )?(?:rough|rush|unedited|unofficial|automatic(?:ally\ generated)?|machine(?:[- ]made)?)\ transcript\b.* | this\ (?:article|story|post|page|report|piece|version)\ (?:has\ been|was|is\ being)\ (?:updated|corrected|amended|edited|first\ published|originally\ published|translated|republished|produced|revised|modified).* | an\ earlier\ version\ of\ this\ (?:article|story|post|report).* | (?:the\ )?(?:article|story|post)\ (?:has\ been|was)\ (?:updated|corrected|amended)\b.* | \(?this\ story\ has\ (?:not\ been\ edited|been\ published\ from).* | originally\ (?:published|appeared)\ (?:on|in|at|by).{0,100} | (?:source|quelle|fuente)\ ?:\ \S+(?:\ \S+){0,9}$ | \(?(?:additional\ )?(?:reporting|writing|editing)\ by\ \S.{3,200}$ )""",
        "a note of the editors on the article",
        0.9,
        most_words=120,
    ),
    # ------------------------------------------------------------------ topics
    _wording(
        Fate.TOPIC,
        r"""^(?: (?:topics?|tags?|tagged|keywords|filed\ under|categories|category|posted\ in|topics?\ (?:covered|discussed|in\ this.{0,30})|(?:related|explore)\ (?:topics|tags|more\ on\ these\ topics)|more\ on\ these\ topics|subjects?|in\ this\ story|thèmes?|sujets|mots[- ]clés|etiquetas|temas(?:\ relacionados)?|themen|schlagw[oö]rter|schlagworte|stichwörter|argomenti|теги|الوسوم|كلمات\ مفتاحية|وسوم)(?:\ (?:in|with|as))?\s?(?:[:|].{0,200})? | tagged(?:\ (?:with|in|as|under))?\ .{0,160} | filed\ (?:under|to|in)\ .{0,160} | (?:posted|published)\ in\ (?!january|february|march|april|may|june|july|august|september|october|november|december).{0,60} )$""",
        "the article's topics, as the page lists them",
        0.88,
        opens=True,
        most_words=40,
    ),
    # ------------------------------------------------------------------ navigation
    _wording(
        Fate.NAVIGATION,
        r"""^(?: home(?:\ ?page)? | menu | main\ menu | search(?:\ .{0,20})? | close(?:\ .{0,20})? | skip\ to\ .{0,40} | jump\ to\ .{0,30} | back(?:\ to\ .{0,40})? | (?:scroll\ to\ )?top | next | previous | prev | older(?:\ .{0,10})? | newer(?:\ .{0,10})? | toggle\ .{0,30} | log\ ?(?:in|out) | sign\ ?(?:in|out) | register | my\ account | account | contact(?:\ us)? | about(?:\ us)? | help | faq | careers | jobs | feedback | site\ ?map | (?:e|a)-?paper | live(?:\ (?:tv|now|radio))? | a\s?[+-]\s?(?:a\s?[+-]?\s?){0,3} | aa+ | font\ size.{0,20} | (?:print|text)\ size.{0,20} | (?:follow|unfollow)(?:ing)? | edit | cancel | submit | send | go | ok | yes | no | expand.{0,20} | collapse.{0,20} | open.{0,12} | view | play(?:\ (?:video|audio))? | pause | mute | unmute | fullscreen | enlarge.{0,20} | hide(?:\ caption)? | toggle\ caption | show(?:\ (?:caption|menu))? | page\ \d+(?:\ of\ \d+)? | \d+\ ?/\ ?\d+ | \d+\ of\ \d+ | [\W\d_]+ | listen\ to\ (?:this\ )?(?:article|story).{0,30} | (?:watch|listen)(?:\ (?:live|now))? | current\ time.{0,30} | duration.{0,20} | getting\ (?:your|audio).{0,60} | report\ (?:an\ error|a\ typo|error).{0,30} | all\ sections | sections | more\ sections | subscribe | newsletters | podcasts? | videos? | photos? | gallery | galleries | english | español | français | deutsch | العربية | русский | accueil | startseite | inicio | الرئيسية | главная | \d+\ min(?:ute)?s?\ (?:read|ago).{0,10} | reading\ time.{0,30} | temps\ de\ lecture.{0,20} | lesezeit.{0,20} | tiempo\ de\ lectura.{0,20} | est(?:imated)?\ (?:reading\ )?time.{0,20} | (?:\d+|an?)\ (?:hour|day|week|month|year|minute)s?\ ago )$""",
        "a button or a link of the site's navigation",
        0.85,
        most_words=8,
    ),
)


def clipped(text: str) -> str:
    """Give the part of a unit in which wordings are looked for, in lower case."""
    if len(text) > HEAD + TAIL:
        text = f"{text[:HEAD]} \n {text[-TAIL:]}"
    return " ".join(text.lower().split())


class _Step(msgspec.Struct, frozen=True):
    """One look at a text for several wordings at once: `pattern` has a group for each."""

    pattern: str
    first: int
    hints: tuple[str, ...] = ()

    def found_in(self, text: str) -> Wording | None:
        """Give the first wording of this step that a text has."""
        if self.hints:
            found = _compiled(self.pattern).search(text) if stands_in(self.hints, text) else None
        else:
            found = _compiled(self.pattern).match(text)
        return WORDINGS[self.first + (found.lastindex or 1) - 1] if found else None


def _steps() -> tuple[_Step, ...]:
    """Join neighbouring wordings that begin a text into one pattern: half the work."""
    steps: list[_Step] = []
    run: list[str] = []
    for index, wording in enumerate(WORDINGS):
        if wording.hints:
            if run:
                steps.append(_Step(_joined(run), index - len(run)))
            steps.append(_Step(_joined([wording.pattern]), index, wording.hints))
            run = []
        else:
            run.append(wording.pattern)
    if run:
        steps.append(_Step(_joined(run), len(WORDINGS) - len(run)))
    return tuple(steps)


def _joined(patterns: list[str]) -> str:
    return "|".join(f"({pattern})" for pattern in patterns)


STEPS = _steps()


def wording_of(text: str, words: int) -> Wording | None:
    """Give the first wording that a unit matches, or None."""
    if words > 120:
        return None
    lowered = clipped(text.strip())
    core = lowered.strip(DECORATION)
    for step in STEPS:
        found = step.found_in(core)
        if found is None:
            continue
        if words <= found.most_words:
            return found
        return _first_that_fits(core, lowered, words)
    if core is not lowered:
        for wording in WORDINGS:
            fits = wording.fate in PUNCTUATED and words <= wording.most_words
            if fits and wording.matches(lowered):
                return wording
    return None


def _first_that_fits(core: str, lowered: str, words: int) -> Wording | None:
    """Look one by one where the first wording found is of shorter units."""
    for wording in WORDINGS:
        if words > wording.most_words:
            continue
        if wording.matches(core) or (wording.fate in PUNCTUATED and wording.matches(lowered)):
            return wording
    return None
