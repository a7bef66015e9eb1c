"""English: its words by class, its patterns, its speech acts. British and American spelling alike."""

from __future__ import annotations

import re

from goodoffices.statements.intake.english_acts import HARM, TRIGGERS
from goodoffices.statements.intake.language import Flag, Language, Small


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_DETERMINERS = _words(
    "the a an his her its their our my your this these those some several many both two three four five six one"
    " another each every all no any multiple various most few other neither either"
)
_PREPOSITIONS = _words(
    "of for to with in on at by from about into over under between among against after before during through"
    " without within behind beyond near outside inside above below despite since until upon toward towards via"
    " around across alongside citing including"
)
_CONJUNCTIONS = _words(
    "and or but nor so yet if unless while when where because although though whereas as than that whether once"
)
_AUXILIARIES = _words(
    "am is are was were be been being has have had do does did will would shall should can could may might must"
    " hasn't haven't hadn't isn't aren't wasn't weren't won't wouldn't can't cannot couldn't didn't doesn't don't"
)
_PRONOUNS = _words("he she they it we i you")
_OTHER_PRONOUNS = _words(
    "him them us me himself herself itself themselves who whom which what there here everybody everyone nobody"
    " somebody someone anybody anyone nothing everything something that this these those neither others"
)
_ADVERBS = _words(
    "reportedly allegedly apparently later also then already now again still immediately repeatedly privately"
    " publicly previously recently earlier once only just even however meanwhile yesterday today tomorrow flatly"
    " firmly formally officially jointly separately reluctantly swiftly promptly finally initially simply bluntly"
    " quickly angrily dryly drily quietly calmly subsequently since never ever often always long further too thus"
    " therefore explicitly categorically consistently unanimously early late tentatively provisionally yet so far"
    " effectively"
)
_NOT = _words(
    "not never no neither n't cannot hasn't haven't hadn't isn't aren't wasn't weren't won't wouldn't can't"
    " couldn't didn't doesn't don't without nor"
)
_ROLES = _words(
    "minister president premier chancellor secretary spokesman spokeswoman spokesperson envoy negotiator ambassador"
    " chief head leader official mediator delegate adviser advisor commander general colonel major captain"
    " lieutenant admiral commodore marshal brigadier sergeant king queen prince princess emperor sultan emir sheikh"
    " pope cardinal archbishop bishop father pastor imam rabbi patriarch governor mayor senator congressman"
    " congresswoman lawmaker mp deputy legislator diplomat source analyst expert historian teacher professor"
    " director chairman chairwoman chairperson chair counterpart facilitator moderator observer aide representative"
    " economist lawyer judge prosecutor attorney commissioner councillor councilor elder chieftain activist"
    " campaigner dissident journalist correspondent editor author writer doctor nurse engineer scientist researcher"
    " consul attache attaché emissary interlocutor interpreter rapporteur coordinator administrator treasurer"
    " speaker founder member colleague president-elect pope-elect vice-president ex-president ex-minister statesman"
    " politician strategist candidate nominee appointee inspector monitor soldier officer fighter veteran guard"
    " resident farmer fisherman shepherd waiter driver worker shopkeeper refugee villager witness neighbour neighbor"
    " mother son daughter brother sister husband wife widow man woman person boss executive manager owner banker"
    " trader broker investor tsar czar superintendent sheriff policeman detective coach player master principal dean"
    " rector academic scholar fellow pollster consultant entrepreneur chef artist singer actor actress publisher"
    " columnist"
)
_PLURAL_ROLES = _words(
    "ministers presidents premiers chancellors secretaries spokesmen spokeswomen spokespeople envoys negotiators"
    " ambassadors chiefs heads leaders officials mediators delegates advisers advisors commanders generals diplomats"
    " sources analysts experts observers aides representatives lawmakers legislators councillors elders activists"
    " journalists people residents villagers monitors soldiers officers rebels fighters militants gunmen drivers"
    " workers miners farmers relatives families guards inspectors insurgents separatists protesters lawyers judges"
    " witnesses members women men critics opponents supporters counterparts colleagues operators researchers"
    " scientists economists investors politicians campaigners senators parents students doctors survivors organisers"
    " organizers reports"
)
_BEFORE_ROLES = _words(
    "foreign defence defense prime deputy vice special chief senior junior interior finance justice energy"
    " transport fisheries fishing trade economy economic information health education culture agriculture labour"
    " labor former acting lead shadow permanent military presidential government state top high first assistant"
    " under general opposition security intelligence policy planning press rebel union army navy naval police"
    " religious tribal environment water development national federal regional local parliamentary party executive"
    " managing political rear lieutenant field associate ex-foreign homeland humanitarian human rights technical"
    " legal communications media personal main principal"
)
_HONORIFICS = _words(
    "mr mrs ms miss mx dr prof sir dame lord lady baroness baron count countess rev reverend sen gov rep gen col lt"
    " capt sgt adm maj cmdr hon brig cpl mr. mrs. ms. dr. prof. rev. sen. gov. rep. gen. col. lt. capt. sgt. adm."
    " maj. hon. brig. st. madam madame monsieur señor herr frau"
)
_GROUPS = _words(
    "government ministry army council commission delegation side party movement front union company society bloc"
    " alliance league federation republic kingdom state navy military parliament congress senate assembly cabinet"
    " court agency office organisation organization committee coalition opposition junta regime administration"
    " embassy presidency kremlin command force guild community group team mission guerrilla militia faction"
    " authority bank association institute university foundation network department board bureau city town country"
    " nation concord newspaper broadcaster report statement weekly daily magazine channel radio television paper"
    " chamber secretariat consortium firm church fleet police watchdog charity operator letter communique communiqué"
)
_PLURAL_GROUPS = _words(
    "parties sides governments delegations countries states nations rebels armies republics ministries forces"
    " councils authorities capitals companies factions groups members allies powers neighbours neighbors navies"
    " fleets unions"
)
_HEARERS = _words(
    "reporters journalists parliament mps lawmakers delegates allies counterparts viewers listeners readers media"
    " press audience crowd supporters colleagues us them him her me broadcaster congress cabinet council house court"
    " conference rally briefing people diplomats followers everyone everybody you reporter journalist assembly"
    " senate"
)
_DAYS = _words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december jan feb mar apr jun jul aug sept sep oct nov dec christmas easter ramadan"
    " mon tue tues wed thu thurs fri sat sun today tonight yesterday tomorrow"
)
_NO_NAMES = _words(
    "only ask following former early also meanwhile however instead perhaps maybe please such like unlike about around"
    " over out up off into through "
    "the a an talks officials asked speaking good thank yes no ladies gentlemen this that these those there here"
    " how why what when where who which under according earlier later still nobody everybody each both neither all"
    " some most many several hours days weeks months statement transcript press release joint question then but and"
    " if unless for in on at by from to with after before during not now letters observers negotiators people elders"
    " tolls trains threats patience families remove keep until once as while although because despite he she they it"
    " we i you his her its their our my your may will would could one two three four five six seven eight nine ten"
    " tired first second third last next only is are was were do does did has have had let's today tonight yesterday"
    " tomorrow ms mr mrs i'm i've i'd i'll we're we've we'll we'd it's that's there's they're he's she's you're"
    " don't isn't can't won't didn't doesn't multiple another so yet or nor than just even every any since"
)
_SPEECH = _words(
    "said says say saying told tells tell telling added adds adding asked asks wrote writes writing announced"
    " announces announcing declared declares declaring stated states stating noted notes noting explained explains"
    " explaining insisted insists insisting argued argues arguing claimed claims claiming confirmed confirms"
    " confirming denied denies denying warned warns warning replied replies replying answered answers answering"
    " responded responds responding remarked remarks remarking observed observes commented comments commenting"
    " continued continues continuing concluded concludes concluding recalled recalls recalling acknowledged"
    " acknowledges acknowledging admitted admits admitting conceded concedes conceding stressed stresses stressing"
    " emphasised emphasized emphasises emphasizes underlined underlines underscored reiterated reiterates repeated"
    " repeats suggested suggests suggesting indicated indicates indicating predicted predicts cautioned cautions"
    " cautioning complained complains complaining joked jokes joking quipped quips shouted shouts retorted retorts"
    " countered counters vowed vows promised promises pledged pledges urged urges urging demanded demands tweeted"
    " tweets posted posts reported reports reporting revealed reveals disclosed alleged alleges believes believed"
    " hopes hoped maintained maintains asserted asserts contended contends proclaimed boasted boasts"
    " lamented laments mused muses fumed fumes snapped whispered cried interjected"
    " interrupted protested protests testified agreed advised advises assured assures reassured informed"
    " informs briefed hinted hints signalled signaled proposed proposes offered threatened threatens ordered"
    " recounted recounts summarised summarized opined texted emailed cabled read reads concurred elaborated"
    " clarified clarifies speculated marvelled marveled exclaimed pleaded begged implored volunteered agrees"
    " expects expected estimated reckons reckoned feels recommended grumbled chimed pronounced wondered"
    " wonders enthused scoffed yells yelled screamed screams sings sang chanted chants cries barked growled murmured"
    " muttered cracked beamed crowed gushed intoned ventured offers challenged objected demurred counselled"
    " counseled"
)
_NAMING = _words(
    "called calls calling described describes describing dismissed dismisses dismissing praised praises praising"
    " denounced denounces denouncing condemned condemns condemning hailed hails hailing welcomed welcomes accused"
    " accuses accusing criticised criticized criticises criticizes spoke speaks speaking labelled labeled labels"
    " branded brands characterised characterized likened compared blamed blames blasted slammed slams derided mocked"
    " rejected rejects rejecting expressed expresses voiced cited cites citing regrets regretted refused refuses"
    " deplored lauded applauded thanked saluted termed deemed considered considers viewed views referred refers"
    " referring attributed decried attacked attacks lambasted ridiculed urging vowing promising pledging threatening"
    " demanding offering called-for conveyed pointed admitted promised painted framed defended defends touted"
    " signalled committed declared seized"
)
_HARM = HARM

_CLASSES: tuple[tuple[int, tuple[str, ...]], ...] = (
    (Flag.DETERMINER, _DETERMINERS),
    (Flag.PREPOSITION | Flag.FUNCTION, _PREPOSITIONS),
    (Flag.FUNCTION, _CONJUNCTIONS),
    (Flag.AUXILIARY | Flag.FUNCTION, _AUXILIARIES),
    (Flag.PRONOUN | Flag.FUNCTION, _PRONOUNS),
    (Flag.FUNCTION, _OTHER_PRONOUNS),
    (Flag.ADVERB, _ADVERBS),
    (Flag.NOT, _NOT),
    (Flag.ROLE, _ROLES),
    (Flag.ROLE | Flag.PLURAL, _PLURAL_ROLES),
    (Flag.BEFORE_ROLE, _BEFORE_ROLES),
    (Flag.HONORIFIC, _HONORIFICS),
    (Flag.GROUP, _GROUPS),
    (Flag.GROUP | Flag.PLURAL, _PLURAL_GROUPS),
    (Flag.HEARER, _HEARERS),
    (Flag.DAY, _DAYS),
    (Flag.NO_NAME, _NO_NAMES),
    (Flag.SPEECH, _SPEECH),
    (Flag.NAMING, _NAMING),
    (Flag.RELATIVE, _words("who which whose whom where")),
    (Flag.OF, _words("of for at")),
    (Flag.PARTICLE, _words("al el bin ibn de da di du la le van von der den ter del della dos abu ben")),
    (Flag.CONTRAST, _words("and but then")),
    (Flag.AFTER_ROLE, _words("familiar close briefed involved present speaking loyal authorised authorized")),
    (
        Flag.SUBORDINATE,
        _words("that while as because although though whereas since whether when where after before until"),
    ),
    (Flag.TRIGGER, tuple(TRIGGERS)),
    (
        Flag.HEDGE,
        _words(
            "reportedly allegedly apparently purportedly supposedly possibly perhaps probably likely unlikely"
            " presumably may might could appears appear seems seem appeared seemed is are in it unconfirmed so ready"
            " prepared willing expected believed multiple"
        ),
    ),
    (
        Flag.TIME,
        _words(
            "for to within in over after during by until till from before starting as no past since indefinitely next"
            " this"
        ),
    ),
    (
        Flag.CONDITION,
        _words(
            "only even if unless until till once so as provided providing on in subject contingent conditional pending"
            " after"
        ),
    ),
    (Flag.SETTING, _words("in at during after by")),
    (Flag.CHANNEL, _words("on via over wrote posted tweeted writing said")),
    (
        Flag.MEETING,
        _words(
            "talks meeting meetings met meets negotiation negotiations session round summit conference consultation"
            " consultations signed brokered emerged returned gathered presented convened stormed envoys reached held"
            " lasted lasting took ran"
        ),
    ),
)


def _flags() -> dict[str, int]:
    made: dict[str, int] = {}
    for flag, words in _CLASSES:
        for word in words:
            made[word] = made.get(word, 0) | flag
    return made


_GENDER = (
    dict.fromkeys(_words("he him his himself mr mr. sir lord king prince spokesman father brother count baron"), "m")
    | dict.fromkeys(_words("chairman congressman fisherman emperor sultan emir sheikh statesman man son husband"), "m")
    | dict.fromkeys(
        _words("she her hers herself mrs ms miss mrs. ms. dame lady queen princess spokeswoman sister"), "f"
    )
    | dict.fromkeys(_words("chairwoman congresswoman baroness countess woman mother daughter wife widow actress"), "f")
    | dict.fromkeys(_words("it its itself"), "it")
    | dict.fromkeys(_words("they them their themselves"), "they")
)

_LONG_ROLES = {
    "secretary": (
        ("of", "state"),
        ("of", "defense"),
        ("of", "defence"),
        ("of", "the", "treasury"),
        ("of", "the", "interior"),
        ("of", "the", "navy"),
        ("of", "war"),
        ("general",),
        ("-", "general"),
    ),
    "minister": (
        ("of", "state"),
        ("of", "foreign", "affairs"),
        ("for", "foreign", "affairs"),
        ("of", "defence"),
        ("of", "defense"),
        ("of", "the", "interior"),
        ("of", "finance"),
        ("of", "justice"),
        ("of", "energy"),
        ("of", "health"),
        ("of", "trade"),
    ),
    "chief": (("of", "staff"), ("of", "the", "general", "staff"), ("of", "police"), ("of", "protocol"), ("executive",)),
    "head": (("of", "state"), ("of", "government"), ("teacher",)),
    "director": (("general",), ("-", "general")),
    "commander": (("in", "chief"), ("-", "in", "-", "chief")),
    "speaker": (("of", "the", "house"), ("of", "parliament"), ("of", "the", "parliament")),
    "attorney": (("general",),),
    "adviser": (("to", "the", "president"),),
}

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
    r"|terms|proposals?|papers?|measures?|people|lands?|districts?|towns?|islands?|prisoners|names|figures?)\b",
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
    elision=re.compile(r"(?:\d\ds?|[Tt](?:is|was|would)|em|n|[Tt]il|[Cc]ause|[Bb]out|cos)\b"),
    flags=_flags().get,
    gender=_GENDER,
    first_person=frozenset(_words("we i our us my me")),
    long_roles=_LONG_ROLES,
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
    unresolved=_UNRESOLVED,
)
