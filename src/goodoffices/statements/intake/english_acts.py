"""English words by which people demand, offer, agree, refuse, request, threaten and commit themselves."""

from __future__ import annotations

from goodoffices.statements.intake.language import GAP, Trigger, Ways, by_first


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _ways(text: str) -> Ways:
    return by_first(tuple(way.split()) for way in text.split("|"))


# Deeds that are a threat when somebody says they will do them if …
HARM = frozenset(
    _words(
        "seize close ban expel strike attack bomb shell fire shoot destroy invade blockade block cut suspend halt"
        " retaliate respond impose sanction flood walk leave end cancel boycott sever arrest execute kill punish"
        " escalate annex occupy storm resume freeze jail raid advance capture take withdraw abandon quit sink burn"
        " deploy stop act consequences retaliation war sanctions face hit shut break sabotage starve bombard mobilise"
        " mobilize hang torch evict deport scrap tear collapse suffer regret pay price move"
    )
)
# Deeds that bind whoever says that they will do them.
_DEEDS = _words(
    "release open provide hand pay withdraw send deliver allow let exchange swap return remove free present publish"
    " staff grant admit readmit lift share begin halt stop cease reopen give transfer build leave dismantle open reduce"
    " cut keep respect observe continue supply restore rebuild compensate disarm evacuate start resume extend issue"
    " notify inform report answer sign ratify recognise recognize refrain clear demine repatriate vacate disclose"
    " submit spell meet establish set"
)
_WILLED = _words(
    "accept sign withdraw agree negotiate leave recognise recognize allow give cede return release tolerate yield"
    " surrender apologise apologize pay talk discuss hand retreat meet attend permit admit concede join share submit"
    " move go sell let bow bend cross disarm stop hold compromise relinquish abandon back take"
)
_NOBODY_COMMITS = _words("be have")

_DEMAND, _OFFER, _AGREEMENT = "demands", "offers", "agreements"
_REFUSAL, _REQUEST, _THREAT, _COMMITMENT = "refusals", "requests", "threats", "commitments"

_G = GAP


def _table() -> dict[str, tuple[Trigger, ...]]:
    made: dict[str, list[Trigger]] = {}

    def put(firsts: str, *ways: Trigger) -> None:
        for first in firsts.split():
            made.setdefault(first, []).extend(ways)

    put("demanded demanding", Trigger(_DEMAND))
    put(
        "demand demands",
        Trigger(_DEMAND, noun=True, after=_ways("is|was|were|are|included|includes|include|remains|that")),
        Trigger(_DEMAND, noun=True, preceded=frozenset(_words("made makes make making presented raised repeated"))),
        Trigger(_DEMAND),
    )
    put(
        "insisted insists insist insisting",
        Trigger(_DEMAND, after=_ways(f"on|upon|that {_G} be|that {_G} must|that {_G} should|that {_G} not")),
    )
    put("called calls call calling", Trigger(_DEMAND, after=_ways(f"for|on {_G} to|upon {_G} to|again for")))
    put("urged urges urge urging", Trigger(_DEMAND))
    put("must", Trigger(_DEMAND, never=_ways("have|not have"), not_first_person=True))
    put("requires require", Trigger(_DEMAND, after=_ways(f"that|{_G} to")))
    put("ordered orders", Trigger(_DEMAND, after=_ways(f"{_G} to|that")))
    put("pressed presses pressing pushed pushes pushing", Trigger(_DEMAND, after=_ways("for")))
    put("wants want", Trigger(_DEMAND, after=_ways(f"{_G} removed|{_G} lifted|{_G} released|{_G} reopened")))

    put("offered offers offering", Trigger(_OFFER, never=_ways("no|little|few")))
    put("offer", Trigger(_OFFER, after=_ways("to"), never=_ways("to whether")))
    put(
        "proposed proposes proposing",
        Trigger(_OFFER, after=_ways("to|that|a|an|the|its|his|her|two|three|sending|holding|creating|one|using")),
    )
    put("propose", Trigger(_OFFER))
    put(
        "ready prepared willing",
        Trigger(_THREAT, after=_ways("to"), needs="harm", copula=True),
        Trigger(_OFFER, after=_ways("to"), negated=_REFUSAL, copula=True, never=_ways("to fight|to comment|to say")),
    )
    put("floated tabled", Trigger(_OFFER))
    put("put puts putting", Trigger(_OFFER, after=_ways("forward")))
    put("suggested suggests", Trigger(_OFFER, after=_ways("marking|using|holding|sending|creating|sharing|moving")))
    put("could", Trigger(_OFFER, after=_ways("use|keep|have|retain|receive"), told=True))

    put(
        "agreed agree agrees agreeing",
        Trigger(_AGREEMENT, after=_ways("in principle"), degree="in principle"),
        Trigger(_AGREEMENT, after=_ways("ad referendum"), degree="ad referendum"),
        Trigger(_AGREEMENT, after=_ways("to"), negated=_REFUSAL),
        Trigger(_AGREEMENT, after=_ways("that|on|upon|a|an|the|early|late|also|today|not")),
        Trigger(_AGREEMENT, after=_ways(f"{_G} to|{_G} on|{_G} that|, to|, on|, that")),
    )
    put(
        "agreement deal accord compromise",
        Trigger(_AGREEMENT, noun=True, after=_ways("reached|was reached|has been reached|had been reached|struck")),
    )
    put(
        "reached struck clinched reach",
        Trigger(
            _AGREEMENT,
            after=_ways(
                "agreement|an agreement|a deal|an accord|a compromise|an understanding|a settlement|a tentative"
                "|a preliminary|a provisional"
            ),
        ),
    )
    put(
        "signed signs initialed initialled",
        Trigger(_AGREEMENT, after=_ways(f"a|an|{_G} accord|{_G} treaty|{_G} truce|{_G} protocol"), degree="signed"),
    )
    put("settled", Trigger(_AGREEMENT, after=_ways(f"on|{_G} dispute|{_G} quarrel")))
    put(
        "accepted accepts",
        Trigger(_AGREEMENT, after=_ways(f"{_G} offer|{_G} proposal|{_G} terms|{_G} plan"), negated=_REFUSAL),
    )

    put("refused refuses refuse refusing", Trigger(_REFUSAL, never=_ways("to comment|to be named|to say who")))
    put("rejected rejects reject rejecting", Trigger(_REFUSAL))
    put(
        "declined declines decline declining",
        Trigger(
            _REFUSAL,
            after=_ways(f"to|the|its|an|a|any|{_G} request|{_G} offer"),
            never=_ways("to be|to comment|to give|to say|to elaborate|to discuss|to identify|to provide"),
        ),
    )
    put("ruled rules rule ruling", Trigger(_REFUSAL, after=_ways("out")))
    put("turned turns", Trigger(_REFUSAL, after=_ways("down")))
    put("balked balks", Trigger(_REFUSAL, after=_ways("at")))
    put(
        "dismissed dismisses",
        Trigger(
            _REFUSAL,
            after=_ways(f"{_G} proposal|{_G} demand|{_G} offer|{_G} idea|{_G} request|{_G} call|{_G} calls"),
        ),
    )
    put("unwilling", Trigger(_REFUSAL, after=_ways("to")))
    put("will would", Trigger(_REFUSAL, after=by_first(("not", verb) for verb in _WILLED)))
    put("will would", Trigger(_REFUSAL, after=by_first(("never", verb) for verb in _WILLED)))
    put("won't wouldn't", Trigger(_REFUSAL, after=by_first((verb,) for verb in _WILLED), said_no=True))
    put("cannot can't", Trigger(_REFUSAL, after=_ways("accept|agree|sign|allow|recognise|recognize"), said_no=True))

    put("requested requesting", Trigger(_REQUEST, never=_ways("by")))
    put("request requests", Trigger(_REQUEST, after=_ways("that|the|an|a")))
    put(
        "asked asks ask asking",
        Trigger(
            _REQUEST,
            after=_ways(f"for|that|{_G} to|{_G} for"),
            never=_ways("about|whether|if|what|how|why|when|who|where|him|her|for nothing"),
        ),
    )
    put("appealed appeals appealing", Trigger(_REQUEST, after=_ways("to|for")))
    put("sought seeks", Trigger(_REQUEST, never=_ways("to")))

    put("threatened threatens threaten threatening", Trigger(_THREAT, never=_ways("by")))
    put("warned warns warn warning", Trigger(_THREAT, needs="harm", never=_ways("against")))
    put("vowed vows", Trigger(_THREAT, after=_ways("to"), needs="harm"), Trigger(_COMMITMENT))
    put("will", Trigger(_THREAT, needs="harm if", never=_ways("not|never")))
    put("would", Trigger(_THREAT, needs="harm if", told=True, never=_ways("not|never|be")))

    put(
        "promised promises promise pledged pledges pledge pledging promising",
        Trigger(_COMMITMENT, never=_ways("land|by")),
    )
    put("undertook undertakes undertaken", Trigger(_COMMITMENT, after=_ways("to|that|a|an|the")))
    put("committed commits commit", Trigger(_COMMITMENT, after=_ways("to|itself|themselves"), degree="promised"))
    put("guaranteed guarantees guarantee", Trigger(_COMMITMENT))
    put("will", Trigger(_COMMITMENT, after=by_first((verb,) for verb in _DEEDS), party=True))
    put("would", Trigger(_COMMITMENT, after=by_first((verb,) for verb in _DEEDS), under=True))
    put("will", Trigger(_COMMITMENT, after=_ways("be"), needs="there time"))
    return {first: tuple(ways) for first, ways in made.items()}


TRIGGERS = _table()
