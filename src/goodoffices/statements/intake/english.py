"""English: its patterns, and all that a ``Language`` holds. British and American spelling alike.

The words are in ``english_words``, what people do by speaking in ``english_acts``.
"""

from __future__ import annotations

import re

from goodoffices.statements.intake.english_acts import HARM, TRIGGERS
from goodoffices.statements.intake.english_words import FLAGS, GENDER, LONG_ROLES
from goodoffices.statements.intake.language import Language, Small


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_ABBREVIATIONS = (
    "Mr Mrs Ms Dr Prof Sen Gov Rep Gen Col Lt Capt Sgt Adm Maj Hon Brig St Rev Jr Sr No vs Jan Feb Mar Apr Jun Jul"
    " Aug Sept Sep Oct Nov Dec Ltd Inc Co etc"
)
_WORD = re.compile(
    rf"(?=[A-Z])(?:(?:{'|'.join(_ABBREVIATIONS.split())})\.(?=\s)"
    r"|(?:[A-Z]\.){2,}|(?<!\bon )\b[A-Z]\.(?= [A-Z][a-z]))"
    r"|\d+(?:[.,]\d+)+"
    r"|\w+(?:-\w+|[’'](?!s\b)\w+)*"
    r"|[’']s\b"
    r"|--+|\.\.\.|\S"
)

_NUMBER = (
    r"(?:\d+(?:[.,]\d+)*|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|twenty"
    r"|thirty|forty|fifty|sixty|ninety|a\s+hundred|several|a\s+few|a\s+couple\s+of|many|half\s+an?)"
)
_UNIT = (
    r"(?:minutes?|hours?|days?|nights?|weeks?|fortnights?|months?|years?|decades?|seasons?|winters?|terms?|harvests?)"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_ORDINAL = r"(?:\d{1,2}(?:st|nd|rd|th)?|first|second|third|fourth|fifth|tenth|fifteenth|last)"
_DATE = (
    rf"(?:(?:{_WEEKDAY},?\s+)?(?:the\s+)?{_ORDINAL}\s+(?:and\s+\d{{1,2}}\s+)?(?:of\s+)?{_MONTH}(?:,?\s+\d{{4}})?"
    rf"|{_MONTH}\s+\d{{1,2}}(?:,\s+\d{{4}})?(?!\d)"
    rf"|{_WEEKDAY}(?:\s+(?:morning|afternoon|evening|night))?"
    r"|(?:this|last|next)\s+(?:week|month|year|spring|summer|autumn|fall|winter)"
    r"|midnight|noon|dawn|tonight|tomorrow|yesterday|today"
    rf"|the\s+(?:end|beginning|start|middle)\s+of\s+(?:the\s+|next\s+|this\s+)?(?:week|month|year|{_MONTH}|{_WEEKDAY})"
    rf"|(?:{_MONTH}\s+)?(?:19|20)\d\d)"
)
_AMOUNT = rf"(?:{_NUMBER}[\s-]+(?:(?:consecutive|full|working|more|further|whole|calendar)\s+)?{_UNIT})"
_ABOUT = (
    r"(?:(?:at\s+least|at\s+most|up\s+to|about|around|nearly|almost|roughly|some|more\s+than|less\s+than|under|over"
    r"|no\s+more\s+than|another|an\s+initial|the\s+next|the\s+past|the\s+coming|the\s+first)\s+)?"
)
_DURATION = re.compile(
    rf"\b(?:"
    rf"for\s+{_ABOUT}{_AMOUNT}(?:\s+a\s+(?:day|week|month|year))?"
    rf"|(?:to\s+)?(?:within|in|over|after|during)\s+{_ABOUT}{_AMOUNT}(?:\s+of\s+\w+(?:\s+\w+){{0,4}})?"
    rf"|(?:to|for)\s+{_AMOUNT}\s+an?\s+(?:day|week|month|year)"
    rf"|for\s+as\s+long\s+as\s+it\s+takes|for\s+life|indefinitely|for\s+good"
    rf"|(?:in|over|within|during)\s+the\s+(?:coming|next|following)\s+(?:few\s+)?(?:minutes|hours|days|weeks|months|years)"
    rf"|within\s+(?:days|hours|weeks|months|minutes)"
    rf"|(?:for\s+)?(?:next|this)\s+(?:year|month|week|season|term)"
    rf"|for\s+(?:the\s+)?(?:weekend|winter|summer|duration)"
    rf"|(?:by|until|till|from|before|starting|starting\s+on|as\s+of|no\s+later\s+than|past|since)"
    rf"\s+(?:the\s+)?(?:end\s+of\s+)?{_DATE}"
    rf"|{_NUMBER}-(?:minute|hour|day|week|month|year)(?:-long)?"
    rf")\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?P<word>only\s+if|even\s+if|if\s+and\s+only\s+if|if\s+and\s+when|if|unless|until|till|once|so\s+long\s+as"
    r"|as\s+long\s+as|as\s+soon\s+as|provided(?:\s+that)?|providing|on\s+condition\s+that|on\s+the\s+condition\s+that"
    r"|in\s+return\s+for|in\s+exchange\s+for|as\s+a\s+condition\s+for|in\s+case|subject\s+to|only\s+when"
    r"|only\s+after|only\s+once|contingent\s+on|conditional\s+on|pending"
    r"|after(?=[^,.;]{3,70}?\s(?:has|have|had)\b))\b",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"\b(?:(?:took|take|taken|takes)\s+note\b"
    r"|(?:accepted|declined|rejected|refused|deferred|granted|denied|approved|turned\s+down|noted|ignored|dismissed"
    r"|considered|answered|acknowledged)\b"
    r"|(?:would|will|to)\s+(?:consider|study|examine|look\s+at|pass|answer|reply|respond)"
    r"|(?:has|have|had)\s+(?:not\s+)?(?:yet\s+)?(?:answered|replied|responded|agreed)"
    r"|(?:did|has|have)\s+not\s+(?:respond|reply|answer|comment)"
    r"|(?:said|answered|replied)\s+(?:yes|no)\b|replied\s+that|agreed\s+to)",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:reportedly|allegedly|apparently|purportedly|supposedly|possibly|perhaps|probably|likely|unlikely|presumably"
    r"|may|might|could|appears?\s+to|seems?\s+to|appeared\s+to|seemed\s+to|is\s+said\s+to|are\s+said\s+to"
    r"|is\s+understood\s+to|in\s+principle|in\s+theory|it\s+is\s+(?:not\s+clear|unclear)|it\s+remains\s+unclear"
    r"|could\s+not\s+be\s+(?:independently\s+)?(?:confirmed|verified)|unconfirmed|so\s+far|ready\s+to|prepared\s+to"
    r"|willing\s+to|expected\s+to|believed\s+to|multiple\s+reports)\b",
    re.IGNORECASE,
)
_CHANNEL = re.compile(
    r"\b(?:on|via|over)\s+(?P<name>X|Twitter|Telegram|Facebook|Instagram|Truth\s+Social|Threads|WhatsApp|Signal|YouTube"
    r"|TikTok|Bluesky|Mastodon|LinkedIn|WeChat|Weibo|VK|(?:[A-Z][\w-]+\s+){0,2}(?:Radio|Television|TV)"
    r"|(?:(?:state|national|public|local|the)\s+)+(?:television|radio|TV|broadcaster)|social\s+media|television|radio)\b"
    r"|\b(?:wrote|posted|tweeted|writing|said)\s+on\s+(?P<name2>(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
    rf"(?!{_MONTH}\b)(?!the\b)[A-Z]\w*)"
)
_SETTING = re.compile(
    r"\b(?:in\s+an?\s+(?:\w+\s+){0,2}(?:statement|interview|speech|letter|message|telephone\s+call|phone\s+call|address"
    r"|briefing|session|fax|post|tweet|video|broadcast|email|report)"
    r"|at\s+an?\s+(?:\w+\s+){0,2}(?:news\s+conference|press\s+conference|conference|briefing|rally|ceremony|summit"
    r"|hearing|meeting)|at\s+the\s+(?:ceremony|table|talks|meeting|summit)"
    r"|during\s+the\s+(?:\w+\s+){0,2}(?:negotiations|talks|meeting|session|summit|round|call|visit)"
    r"|after\s+(?:an?|the)\s+(?:\w+\s+){0,2}(?:negotiations|talks|meeting|session|summit|round|call|vote|visit)"
    r"(?:\s+with\s+[\w, ]{3,80}?(?=\s+that\b|[.,;]))?"
    r"|by\s+(?:tele)?phone)\b",
    re.IGNORECASE,
)
_BOILERPLATE = (
    (
        "newsletter",
        re.compile(
            r"\b(?:newsletters?|sign\s+up\b|signing\s+up|subscribe(?:rs)?\b(?!\s+to\s+the\s+view)|in\s+your\s+inbox"
            r"|your\s+inbox|daily\s+briefing\s+email|unsubscribe)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "link",
        re.compile(
            r"^\W*(?:read\s+(?:more|also|next)|see\s+also|related(?:\s+\w+)?\s*:|more\s+on\s+this|also\s+read|click\s+here"
            r"|follow\s+us|share\s+(?:this|on)|listen\s+to|watch\s*:|recommended|most\s+read|skip\s+to|back\s+to\s+top"
            r"|download\s+(?:our|the)\s+app|comments?\s*$|print\s*$|share\s*$|save\s*$|advertisement|sponsored)",
            re.IGNORECASE,
        ),
    ),
    (
        "notice",
        re.compile(
            r"all\s+rights\s+reserved|©|\(c\)\s+\d{4}|\bcopyright\b|\bcookies?\s+(?:policy|settings)|we\s+use\s+cookies"
            r"|privacy\s+policy|terms\s+of\s+(?:use|service)|^\W*advertisement\W*$",
            re.IGNORECASE,
        ),
    ),
    ("breadcrumb", re.compile(r"^[\w &'’-]{1,30}(?:\s*[/⁄>›»|]\s*[\w &'’-]{1,30}){1,5}$")),
    (
        "address",
        re.compile(r"^(?:https?://\S+|(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|info|eu|int|[a-z]{2}))/?$"),
    ),
)
_DATELINE = re.compile(
    r"[A-Z][A-Z'’. -]+(?:,\s+[A-Z][\w.]*(?:\s+[A-Z]\w*)?(?:\s+\d{1,2})?)?(?:\s+\([\w .-]{2,40}\))?\s+(?:[-–—]|--)\s+"
)
_LABEL = re.compile(r"(?P<who>(?:[A-Z][\w.'’-]*)(?:\s+(?:[A-Z][\w.'’-]*|of|the|de|van|al)){0,4})\s?:\s+")
_UNRESOLVED = re.compile(
    r"\b(?:those|these|that|this)\s+(?:areas?|regions?|places?|demands?|requests?|conditions?|lists?|territor(?:y|ies)"
    r"|terms|proposals?|papers?|measures?|people|lands?|districts?|towns?|islands?|prisoners|names|figures?)\b"
    r"|\b(?:those|these)\s+(?!days|times|talks|hours|weeks|months|years|is|was|has)[a-z]{3,}s\b",
    re.IGNORECASE,
)
_PLAIN = r"(?!(?:to|of|for|with|the|by|from|in|on|at|as|that|which|who)\b)[\w-]+"
_BODY = r"(?:delegation|team|mission|deputation)"
_SENT = re.compile(
    rf"\b(?:sent|sends|dispatched|fielded|brought)\s+an?\s+"
    rf"(?P<level>{_PLAIN}(?:,?\s+{_PLAIN}){{0,6}}?\s+)?{_BODY}\b",
    re.IGNORECASE,
)
_REPRESENTED = re.compile(
    r"\b(?:is|are|was|were|had\s+been|has\s+been|have\s+been|being)\s+represented\s+(?:\w+\s+the\s+\w+\s+)?by\s+",
    re.IGNORECASE,
)
_OUTCOME = re.compile(
    r"\b(?:(?:yield|produc|deliver|bring|achiev|mak|secur)(?:e|es|ed|ing|s)?|brought|made)\s+(?:only\s+|just\s+)?"
    r"(?:few|little|no|scant|some|limited|modest|slight|significant|tangible)\b"
    r"(?:\s+[\w-]+){0,3}?\s+(?:results?|progress|headway|breakthroughs?|agreements?|outcomes?)\b"
    r"|\b(?:ended|ends|broke\s+(?:up|off)|closed|concluded|adjourned|collapsed|failed|stalled|foundered)\b"
    rf"(?:\s+(?:on\s+)?{_DATE})?"
    r"(?:\s+(?:without|with\s+(?:no|few|little|only)|in\s+(?:failure|deadlock|stalemate|acrimony|disarray))\b"
    r"|\s+inconclusively\b)"
    r"|\b(?:had|have|has|held)\s+(?:high|low|few|little|no|scant|modest)\s+(?:hopes?|expectations?)\b"
    r"|\b(?:hopes|expectations)\s+(?:\w+\s+){0,4}?(?:were|are|remained)\s+(?:high|low|modest|slim)\b",
    re.IGNORECASE,
)

ENGLISH = Language(
    code="en",
    name="English",
    small=Small(
        that="that",
        joins="and",
        by="by",
        to="to",
        of="of",
        belongs=frozenset(_words("of for from to with on at in by")),
        belongs_later=frozenset(_words("in on by")),
        owned_by=frozenset(_words("of for from")),
        known=frozenset(_words("the his her")),
        owner_marks=frozenset(("'s", "’s")),
        both=frozenset(_words("both all")),
        after_insertion=frozenset((",", ".", ";", ":", "—", "–", ")", "and")),
        no_condition=("even", "as if"),
        participle=("ing",),
        passive=("ed",),
        short_be=("'re", "’re", "'m", "’m", "'s", "’s"),
        finite=("ed", "es"),
        there="there",
        under="under",
        but=(";", " but "),
        plural=frozenset(_words("they we")),
    ),
    script=re.compile("[A-Za-z]"),
    word=_WORD,
    acronyms=frozenset(("US", "WHO", "IT", "AM")),
    elision=re.compile(r"(?:\d\ds?|[Tt](?:is|was|would)|em|n|[Tt]il|[Cc]ause|[Bb]out|cos)\b"),
    flags=FLAGS.get,
    gender=GENDER,
    first_person=frozenset(_words("we i our us my me")),
    long_roles=LONG_ROLES,
    triggers=TRIGGERS,
    harm=HARM,
    condition=_CONDITION,
    duration=_DURATION,
    answer=_ANSWER,
    hedge=_HEDGE,
    channel=_CHANNEL,
    setting=_SETTING,
    boilerplate=_BOILERPLATE,
    dateline=_DATELINE,
    label=_LABEL,
    according=re.compile(r"\baccording\s+to\s+", re.IGNORECASE),
    names_a_thing=re.compile(
        r"(?:known\s+as|so-called|nicknamed|dubbed|titled|entitled|headlined|named|called)\s+(?:the\s+|an?\s+)?$",
        re.IGNORECASE,
    ),
    clause_end=re.compile(
        r";|\s[–—]\s|\s--?\s|,\s+(?:adding|saying|calling|ending|citing|according\s+to|prompting|raising|describing"
        r"|insisting|noting|warning|while|whereas|but|a\s+day\s+after)\b",
        re.IGNORECASE,
    ),
    length=re.compile(
        rf"\b(?:(?:lasted|lasting|took|went\s+on\s+for|ran\s+for)\s+(?:for\s+)?(?:just\s+)?"
        rf"|after\s+(?={_ABOUT}{_AMOUNT}\s+of\s+(?:talks|negotiations)))(?P<length>{_ABOUT}{_AMOUNT})\b",
        re.IGNORECASE,
    ),
    hosted=re.compile(
        r"\b(?:hosted|chaired|brokered|convened|organised|organized|mediated|facilitated)\s+by\s+"
        r"|\bunder\s+the\s+auspices\s+of\s+",
        re.IGNORECASE,
    ),
    says_bare=frozenset(
        _words(
            "said says say saying added adds adding insisted insists believes believed confirmed denied denies"
            " stressed stating stated declared claimed claims conceded acknowledged admitted thinks hopes predicted"
        )
    ),
    cites_as=(frozenset(_words("quoted quotes quoting cited cites citing")), "as"),
    told=frozenset(_words("told tells telling")),
    relays=frozenset(_words("reported reports reporting quoted quotes quoting cited wrote seen")),
    hearsay=frozenset(_words("reportedly allegedly purportedly supposedly apparently")),
    indefinite=frozenset(_words("a an one another its their some any several")),
    definite=frozenset(_words("the his her its their")),
    to_be=frozenset(_words("is are was were be been being am")),
    plain_titles=frozenset(_words("mr mrs ms miss mx mr. mrs. ms. sir dame lord lady madam madame monsieur herr frau")),
    on_to=frozenset(
        _words("to on goes went go going began begins started starts sought seeks tried tries continued by")
    ),
    speech_nouns=frozenset(
        _words(
            "claim claims statement remark remarks comment comments assertion promise pledge demand call warning"
            " argument suggestion insistence description words reply answer offer proposal threat view belief"
            " observation contention complaint admission accusation allegation declaration question slogan vow"
        )
    ),
    also_nouns=frozenset(
        _words(
            "claims notes comments answers tweets posts remarks views reads estimates hopes thought states cites"
            " demands offers requests promises pledges calls rules guarantees vows reports commits demand offer"
            " request promise pledge call rule guarantee ask asks decline declines proposes"
        )
    ),
    gathered=re.compile(
        r"\b(?:talks|met|meets|held|round|returned|gathered|convened|emerged|meeting)\b(?!\s+the\b)", re.IGNORECASE
    ),
    venue=re.compile(
        r"\b(?:in|at|outside|inside|near|left|(?:returned|travelled|traveled|came|flew|went)\s+to|emerged\s+from"
        r"|stormed\s+out\s+of)\s+"
    ),
    places=frozenset(
        _words(
            "house hotel palace lodge school schoolhouse mill embassy abbey village building centre center hall"
            " castle villa monastery church capital resort ship port mansion residence flat headquarters tent"
            " barracks airport university museum town city border"
        )
    ),
    when=re.compile(rf"\b(?:on|in|from)\s+(?P<when>{_DATE})", re.IGNORECASE),
    anonymous=re.compile(
        r"on\s+(?:the\s+)?condition\s+of\s+anonymity|declined\s+to\s+be\s+(?:named|identified)|asked\s+not\s+to\s+be"
        r"|not\s+authori[sz]ed\s+to\s+speak|\banonymous|\bunnamed|well-placed",
        re.IGNORECASE,
    ),
    sent=_SENT,
    represented=_REPRESENTED,
    led_by=re.compile(r"\b(?:led|headed)\s+by\s+", re.IGNORECASE),
    leads=re.compile(r"\b(?:led|leads|headed|heads)\s+(?=(?:the|a|an|its|his|her|their)\b)", re.IGNORECASE),
    heads=frozenset(_words("head heads leader chief")),
    bodies=frozenset(_words("delegation delegations team mission deputation")),
    outcome=_OUTCOME,
    separate=re.compile(
        r"\bseparate(?:ly)?\b|\bapart\s+from\b|\b(?:bi|tri)laterals?\b|\bon\s+the\s+sidelines\b", re.IGNORECASE
    ),
    met_with=re.compile(
        r"\b(?:met|meets|meet|meetings?|talks|talked|conferred|session)\s+(?:separately\s+|again\s+|apart\s+)?with\s+",
        re.IGNORECASE,
    ),
    unresolved=_UNRESOLVED,
)
