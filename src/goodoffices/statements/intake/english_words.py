"""The words of English, by class: what each may be in a sentence."""

from __future__ import annotations

from goodoffices.statements.intake.english_acts import TRIGGERS
from goodoffices.statements.intake.language import Flag


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


def _flagged() -> dict[str, int]:
    made: dict[str, int] = {}
    for flag, words in _CLASSES:
        for word in words:
            made[word] = made.get(word, 0) | flag
    return made


FLAGS = _flagged()

GENDER = (
    dict.fromkeys(_words("he him his himself mr mr. sir lord king prince spokesman father brother count baron"), "m")
    | dict.fromkeys(_words("chairman congressman fisherman emperor sultan emir sheikh statesman man son husband"), "m")
    | dict.fromkeys(
        _words("she her hers herself mrs ms miss mrs. ms. dame lady queen princess spokeswoman sister"), "f"
    )
    | dict.fromkeys(_words("chairwoman congresswoman baroness countess woman mother daughter wife widow actress"), "f")
    | dict.fromkeys(_words("it its itself"), "it")
    | dict.fromkeys(_words("they them their themselves"), "they")
)

LONG_ROLES = {
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
