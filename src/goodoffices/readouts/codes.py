"""Codes of the record in plain words. A code this version does not know is shown as it stands."""

from __future__ import annotations

from goodoffices.readouts.views import Translate


def _look_up(table: dict[str, str], code: object) -> str:
    return table.get(str(code), str(code))


def role(code: object, _: Translate) -> str:
    return _look_up({"host": _("host"), "party": _("party"), "third-party": _("third party")}, code)


def room_kind(code: object, _: Translate) -> str:
    table = {
        "plenary": _("plenary"),
        "caucus": _("caucus"),
        "delegation-room": _("delegation room"),
        "host-room": _("host room"),
        "format": _("format"),
        "public": _("public room"),
    }
    return _look_up(table, code)


def level(code: object, _: Translate) -> str:
    table = {
        "head-of-state-or-government": _("head of state or government"),
        "minister": _("minister"),
        "deputy-minister-or-envoy": _("deputy minister or envoy"),
        "technical": _("technical"),
    }
    return _look_up(table, code)


def degree(code: object, _: Translate) -> str:
    table = {
        "in-principle": _("in principle"),
        "ad-referendum": _("ad referendum"),
        "in-writing": _("in writing"),
        "signed": _("signed"),
        "not-stated": _("degree not stated"),
    }
    return _look_up(table, code)


def answer(code: object, _: Translate) -> str:
    """As in “Ruritania {answered} the request”."""
    table = {
        "taken-note-of": _("took note of"),
        "accepted": _("accepted"),
        "declined": _("declined"),
        "deferred": _("deferred"),
    }
    return _look_up(table, code)


def answer_given(code: object, _: Translate) -> str:
    """As the state a request is in."""
    table = {
        "open": _("not answered"),
        "withdrawn": _("withdrawn"),
        "disowned": _("minuted, objected to"),
        "taken-note-of": _("taken note of"),
        "accepted": _("accepted"),
        "declined": _("declined"),
        "deferred": _("deferred"),
    }
    return _look_up(table, code)


def reply(code: object, _: Translate) -> str:
    """What a delegation answered to something put to all; empty while it has not."""
    table = {
        "": _("no answer on record"),
        "confirmed": _("confirmed"),
        "objected": _("objected"),
        "consented": _("consented"),
        "declined": _("declined"),
        "agreed": _("agreed"),
    }
    return _look_up(table, code)


def how(code: object, _: Translate) -> str:
    """How an answer came about."""
    table = {
        "signed": _("signed"),
        "entered": _("entered by the host's server"),
        "minuted": _("minuted, not confirmed"),
        "minuted-confirmed": _("minuted, confirmed"),
    }
    return _look_up(table, code)


def barred(code: object, _: Translate) -> str:
    """Why a wording takes no more answers."""
    table = {"corrected": _("corrected"), "disowned": _("minuted, objected to")}
    return _look_up(table, code)


def length(bound: object, minutes: object, _: Translate) -> str:
    """``under two hours``: a bound stays a bound."""
    table = {
        "exactly": _("exactly {length}"),
        "about": _("about {length}"),
        "under": _("under {length}"),
        "at-least": _("at least {length}"),
    }
    return _look_up(table, bound).format(length=_duration(minutes, _))


def _duration(minutes: object, _: Translate) -> str:
    if not isinstance(minutes, int):
        return str(minutes)
    hours, rest = divmod(minutes, 60)
    if minutes == 60:
        return _("one hour")
    if rest == 0 and hours == 2:
        return _("two hours")
    if rest == 0 and hours:
        return _("{hours} hours").format(hours=hours)
    if hours == 0 or minutes < 120:
        return _("{minutes} minutes").format(minutes=minutes)
    return _("{hours} hours {minutes} minutes").format(hours=hours, minutes=rest)


def erasure(code: object, _: Translate) -> str:
    table = {
        "personal-data": _("personal data"),
        "named-in-error": _("named in error"),
        "agreed": _("as agreed"),
        "ordered": _("as ordered"),
    }
    return _look_up(table, code)


def publish(code: object, _: Translate) -> str:
    table = {
        "host": _("the host may publish"),
        "each-side": _("each side may publish its own account"),
        "jointly": _("nothing is published unless all parties agree"),
        "nobody": _("nobody publishes"),
    }
    return _look_up(table, code)


def quote(code: object, _: Translate) -> str:
    table = {
        "attributed": _("words may be quoted with the speaker's name"),
        "unattributed": _("words may be quoted without the speaker's name"),
        "nobody": _("nobody is quoted"),
    }
    return _look_up(table, code)


def notes(code: object, _: Translate) -> str:
    table = {
        "everyone": _("everyone may take notes"),
        "host": _("the host alone takes notes"),
        "nobody": _("nobody takes notes"),
    }
    return _look_up(table, code)


def records(code: object, _: Translate) -> str:
    table = {
        "given-to-each": _("afterwards the record is given to each"),
        "kept-by-host": _("afterwards the host keeps the record"),
        "destroyed": _("afterwards the record is destroyed"),
    }
    return _look_up(table, code)


def event(code: object, _: Translate) -> str:
    table = {
        "call": _("a call"),
        "meeting-elsewhere": _("a meeting elsewhere"),
        "departure": _("a departure"),
        "arrival": _("an arrival"),
        "publication": _("a publication"),
        "other": _("an event"),
    }
    return _look_up(table, code)


def expected_event(code: object, _: Translate) -> str:
    """One that was expected when it was noted, not seen."""
    table = {
        "call": _("an expected call"),
        "meeting-elsewhere": _("an expected meeting elsewhere"),
        "departure": _("an expected departure"),
        "arrival": _("an expected arrival"),
        "publication": _("an expected publication"),
        "other": _("an expected event"),
    }
    return _look_up(table, code)


def purpose(code: object, _: Translate) -> str:
    table = {
        "conditions": _("conditions"),
        "proposal": _("proposal"),
        "letter": _("letter"),
        "credentials": _("credentials"),
        "other": _("paper"),
    }
    return _look_up(table, code)


def topic(code: object, _: Translate) -> str:
    """A topic of conditions (``papers.topics``)."""
    table = {
        "ceasefire": _("Ceasefire"),
        "withdrawal": _("Withdrawal"),
        "prisoners": _("Prisoners"),
        "territory": _("Territory"),
        "security-guarantees": _("Security guarantees"),
        "sanctions": _("Sanctions"),
        "monitoring": _("Monitoring"),
        "sequencing": _("Sequencing"),
        "other": _("Other"),
    }
    return _look_up(table, code)


def topic_meaning(code: object, _: Translate) -> str:
    """What belongs under a topic, in one line."""
    table = {
        "ceasefire": _("When, where and how fire stops, and what counts as breaking it."),
        "withdrawal": _("Forces and weapons that pull back, from where, to where."),
        "prisoners": _("Prisoners, detainees, the missing and the dead: exchange, release, return."),
        "territory": _("Who holds, governs or claims which land; borders and lines."),
        "security-guarantees": _("Who protects whom afterwards, and how; alliances, arms and forces allowed."),
        "sanctions": _("Restrictive measures: keeping, easing, lifting or bringing them back."),
        "monitoring": _("Who watches that it is kept, with which access, and to whom they report."),
        "sequencing": _("What comes before what, and by when."),
        "other": _("What belongs under no other topic."),
    }
    return _look_up(table, code)


def holders(k: object, n: object, _: Translate) -> str:
    """How many of how many holders open; a single one is said to be weaker wherever it is shown."""
    if k == 1:
        return _("any one of them opens alone: weaker") if n != 1 else _("alone: weaker")
    return _("{k} of {n} open").format(k=k, n=n)


def fault(code: object, _: Translate) -> str:
    """What is wrong with a seal or an opened paper (``sealing.events``)."""
    table = {
        "malformed": _("it is not in the form that was agreed"),
        "cannot-open": _("the key it should be sealed to does not open it"),
        "wrong-content": _("what was given out is not what the layer holds"),
        "wrong-context": _("it was made for another exchange, side, holder or layer"),
        "wrong-key": _("what the holders hold does not open the paper"),
        "wrong-size": _("its size is not what it says"),
        "wrong-digest": _("it is not the paper whose digest was sealed"),
        "wrong-signature": _("the signature inside is not the side's"),
    }
    return _look_up(table, code)


def stage(code: object, _: Translate) -> str:
    """How far a sealed exchange has come."""
    table = {
        "proposed": _("proposed"),
        "agreed": _("waiting for papers"),
        "sealed": _("both sealed"),
        "released": _("both papers are out"),
        "opened": _("both papers opened"),
        "failed": _("failed: neither opens"),
        "declined": _("declined"),
        "withdrawn": _("withdrawn"),
        "lapsed": _("lapsed"),
        "key-replaced": _("ended: a key was replaced"),
    }
    return _look_up(table, code)


def observed(code: object, _: Translate) -> str:
    """What was observed of a person at a handover point, after their manifest number."""
    table = {
        "boarded": _("boarded"),
        "received": _("was received"),
        "refused-at-point": _("was refused at the point"),
        "not-produced": _("was not produced"),
        "died": _("is reported to have died"),
    }
    return _look_up(table, code)


def outcome(code: object, _: Translate) -> str:
    """What became of persons at a handover, after their number or as a heading."""
    table = {
        "boarded": _("boarded"),
        "received": _("received"),
        "refused-at-point": _("refused at the point"),
        "not-produced": _("not produced"),
        "died": _("reported dead"),
        "in-another-stage": _("in another stage"),
        "taken-back": _("taken back"),
    }
    return _look_up(table, code)


def stage_stands(code: object, _: Translate) -> str:
    """How far a stage of a handover is (``prisoners.handover.course.standing``)."""
    table = {
        "planned": _("nothing observed yet"),
        "under-way": _("under way"),
        "contradicted": _("observations contradict each other"),
        "complete": _("complete, to be countersigned"),
        "countersigned": _("countersigned"),
        "reopened": _("opened again, to be countersigned anew"),
    }
    return _look_up(table, code)


def setting(code: object, _: Translate) -> str:
    table = {
        "here": _("in this room"),
        "in-room": _("in the room"),
        "public": _("in public"),
        "elsewhere": _("elsewhere"),
        "not-stated": _("setting not stated"),
    }
    return _look_up(table, code)


def order(code: object, _: Translate) -> str:
    """A pattern with ``what``."""
    table = {"before": _("before {what}"), "during": _("during {what}"), "after": _("after {what}")}
    return _look_up(table, code)


def verb(code: object, _: Translate) -> str:
    """As in “the minister {said}:”."""
    table = {
        "said": _("said"),
        "demanded": _("demanded"),
        "threatened": _("threatened"),
        "offered": _("offered"),
        "announced": _("announced"),
        "expected": _("expected"),
        "described": _("described"),
        "asked": _("asked"),
        "took-note": _("took note"),
        "proposed": _("proposed"),
        "promised": _("promised"),
        "agreed": _("agreed"),
        "refused": _("refused"),
        "denied": _("denied"),
        "confirmed": _("confirmed"),
        "warned": _("warned"),
    }
    return _look_up(table, code)


def channel(code: object, _: Translate) -> str:
    """By which way public words were said, or others came out."""
    table = {
        "press-conference": _("press conference"),
        "to-the-media": _("to the media"),
        "interview": _("interview"),
        "written-statement": _("written statement"),
        "speech": _("speech"),
        "broadcast": _("broadcast"),
        "social-media": _("social media"),
        "call": _("call"),
        "leak": _("leak"),
        "report": _("report"),
        "not-stated": _("channel not stated"),
    }
    return _look_up(table, code)


def relay(code: object, _: Translate) -> str:
    """What one is by whom a statement came to us."""
    table = {
        "agency": _("agency"),
        "outlet": _("outlet"),
        "official": _("official"),
        "person": _("person"),
        "other": _("other"),
    }
    return _look_up(table, code)


def left_open(code: object, _: Translate) -> str:
    """What a statement leaves open."""
    table = {
        "reference": _("Left open, whom or what it means"),
        "measure": _("Left open, what the figure measures"),
        "other": _("Left open"),
    }
    return _look_up(table, code)


def bearing(code: object, outgoing: bool, _: Translate) -> str:
    """How one account bears on another, as read from the one (``outgoing``) or from the other."""
    table = {
        "supports": (_("supports"), _("is supported by")),
        "contradicts": (_("contradicts"), _("is contradicted by")),
        "corrects": (_("corrects"), _("is corrected by")),
        "repeats": (_("repeats"), _("is repeated by")),
    }
    return table.get(str(code), (str(code), str(code)))[0 if outgoing else 1]


def relation(code: object, _: Translate) -> str:
    """A pattern with ``who`` says how one account bears on another."""
    table = {
        "supports": _("{who} said that one account supports another."),
        "contradicts": _("{who} said that one account contradicts another."),
        "corrects": _("{who} said that one account corrects another."),
        "repeats": _("{who} said that one account repeats another."),
    }
    return _look_up(table, code)


def known(code: object, _: Translate) -> str:
    table = {
        "on-record": _("on the record"),
        "reported": _("reported"),
        "anonymous": _("anonymous source"),
        "not-stated": _("not stated how it is known"),
    }
    return _look_up(table, code)


def precondition(code: object, _: Translate) -> str:
    table = {
        "papers-presented-by-each-party": _("each party has presented its paper"),
        "understanding-stands": _("an understanding stands by every party's confirmation"),
        "stated": _("what is stated here has come about"),
    }
    return _look_up(table, code)


def change(code: object, _: Translate) -> str:
    """What became of a condition since the paper before."""
    table = {
        "unchanged": _("unchanged"),
        "added": _("added"),
        "dropped": _("dropped"),
        "reworded": _("reworded"),
        "moved": _("moved here from another topic"),
        "renamed": _("under another code"),
        "explained": _("explained otherwise"),
        "depends": _("depends on other conditions than before"),
        "erased": _("words erased: cannot be compared"),
    }
    return _look_up(table, code)


def brought(code: object, _: Translate) -> str:
    """As in “Ruritania's paper was {brought}”: how a paper came that was not handed in here."""
    table = {
        "sent-ahead": _("sent ahead, openly"),
        "brought-to-the-table": _("brought to the table"),
        "read-out": _("read out"),
        "not-stated": _("presented; how is not stated"),
    }
    return _look_up(table, code)


def way(code: object, _: Translate) -> str:
    """As in “Ruritania: {way}”: how a paper came that must come first."""
    table = {
        "here": _("presented openly in this room"),
        "described": _("presented without being handed in here, as described"),
        "presented-openly": _("presented openly in another room, as reported here"),
        "sealed-exchange": _("opened in a sealed exchange of papers, as reported here"),
    }
    return _look_up(table, code)


def meeting_status(code: object, _: Translate) -> str:
    table = {"called": _("called"), "open": _("open"), "adjourned": _("adjourned"), "closed": _("closed")}
    return _look_up(table, code)


def commitment_degree(code: object, _: Translate) -> str:
    table = {
        "announced": _("announced"),
        "promised": _("promised"),
        "agreed": _("agreed"),
        "signed": _("signed"),
    }
    return _look_up(table, code)


def ceasefire_class(code: object, _: Translate) -> str:
    table = {
        "cessation-of-hostilities": _("a cessation of hostilities"),
        "preliminary": _("preliminary, with monitoring or verification"),
        "definitive": _("definitive, with disarmament or demobilisation"),
        "not-stated": _("of a class that is not stated"),
    }
    return _look_up(table, code)


def ceasefire_declared(code: object, _: Translate) -> str:
    table = {
        "unilateral": _("declared by one side"),
        "bilateral": _("declared by two sides"),
        "multilateral": _("declared by several"),
        "not-stated": _("by whom is not stated"),
    }
    return _look_up(table, code)


def ceasefire_purpose(code: object, _: Translate) -> str:
    table = {
        "humanitarian": _("for humanitarian ends"),
        "peace-process": _("for the talks"),
        "holiday": _("for a holiday"),
        "election": _("for an election"),
        "other": _("for another purpose"),
        "not-stated": _("for a purpose that is not stated"),
    }
    return _look_up(table, code)


def ceasefire_coverage(code: object, _: Translate) -> str:
    table = {
        "whole-conflict": _("over the whole of the conflict"),
        "part-of-it": _("over part of it"),
        "not-stated": _("over what is not stated"),
    }
    return _look_up(table, code)


def ceasefire_end(code: object, _: Translate) -> str:
    table = {
        "expired": _("its time ran out"),
        "violated": _("it was violated"),
        "withdrawn": _("a side withdrew from it"),
        "replaced": _("another took its place"),
        "peace-agreement": _("a peace agreement took its place"),
        "other": _("in another way"),
        "not-stated": _("how is not stated"),
    }
    return _look_up(table, code)


def happening(code: object, _: Translate) -> str:
    """A pattern with ``who`` reported it, the ``event`` and, of committing, ``whose``."""
    table = {
        "happened": _("{who} reported that this has come about: {event}."),
        "committed": _("{who} reported that {whose} committed to this: {event}."),
        "began": _("{who} reported that this began: {event}."),
        "ended": _("{who} reported that this ended: {event}."),
        "interrupted": _("{who} reported that this was interrupted: {event}."),
    }
    return _look_up(table, code)


def compliance(code: object, _: Translate) -> str:
    """A pattern with ``who`` reported it."""
    table = {
        "kept": _("{who} reported that a commitment was kept."),
        "broken": _("{who} reported that a commitment was broken."),
        "in-part": _("{who} reported that a commitment was kept in part."),
    }
    return _look_up(table, code)


def report_answer(code: object, _: Translate) -> str:
    """A pattern with ``who`` answered and ``whose`` report it is."""
    table = {
        "confirmed": _("{who} confirmed the report of {whose}."),
        "disputed": _("{who} disputed the report of {whose}."),
        "not-verified": _("{who} could not verify the report of {whose}."),
        "access-denied": _("{who} was denied the access needed to verify the report of {whose}."),
    }
    return _look_up(table, code)


def commitment_status(code: object, _: Translate) -> str:
    table = {
        "not-yet-binding": _("not yet binding"),
        "binding": _("binding"),
        "due": _("due"),
        "fulfilled": _("fulfilled"),
        "failed": _("failed"),
        "released": _("released"),
        "disputed": _("disputed"),
        "unknown": _("unknown"),
    }
    return _look_up(table, code)


def commitment_reason(code: object, _: Translate) -> str:
    """A pattern with the ``condition`` as terms say it, and ``when``, which may be empty."""
    table = {
        "no-condition": _("Nothing more has to come first."),
        "after-not-met": _("This has not been reported: {condition}."),
        "of-not-met": _("This has not been reported: {condition}."),
        "after-open": _("The reports leave open whether this is so: {condition}."),
        "of-open": _("The reports leave open whether this is so: {condition}."),
        "unless-open": _("The reports leave open whether this is so: {condition}."),
        "until-open": _("The reports leave open whether this is so: {condition}."),
        "after-met": _("This has been reported: {condition}."),
        "of-met": _("This has been reported: {condition}."),
        "unless-met": _("Nothing is owed any more, since this has been reported: {condition}."),
        "until-met": _("It was owed until this, which has been reported: {condition}."),
        "lasts": _("It is owed until {when}."),
        "over-open": _("Its time may be over; the reports do not say exactly when it began."),
        "over-not-reported": _("Its time was over on {when}, and nobody has reported whether it was kept."),
        "due-at": _("It is due by {when}."),
        "due-passed": _("It was due by {when}, and nobody has reported whether it was kept."),
        "due-open": _("It may be due already; the reports do not say exactly when."),
        "released": _("Those it was owed to released from it."),
        "reported-kept": _("It was reported as kept, and nobody disputes that."),
        "reported-broken": _("It was reported as broken, and nobody disputes that."),
        "reports-differ": _("Reports of how it was kept differ, or one is disputed."),
        "circular": _("Its terms hang on themselves."),
    }
    return _look_up(table, code)


def category(code: object, _: Translate) -> str:
    """Of a prisoner: what decides who goes first or under other terms."""
    table = {
        "severely-wounded": _("severely wounded"),
        "ill": _("ill"),
        "wounded": _("wounded"),
        "woman": _("women"),
        "minor": _("minors"),
        "young": _("aged 18 to 25"),
        "civilian": _("civilians"),
        "long-held": _("held for long"),
        "deceased": _("deceased"),
    }
    return _look_up(table, code)


def holds(code: object, _: Translate) -> str:
    """Whom a list of prisoners names."""
    table = {"we-hold": _("prisoners it holds"), "they-hold": _("prisoners it says the other side holds")}
    return _look_up(table, code)


def leave(code: object, _: Translate) -> str:
    """What the intermediary may tell of people on a list, as in “leave: {…}”."""
    table = {
        "holding-may-be-told": _("that somebody on it is held may be told to who looks for that person"),
        "absence-may-be-told": _("that a name is not on it may be told to who looks for that person"),
        "claim-may-be-told": _("that somebody on it is looked for may be told to who holds that person"),
        "may-be-named": _("people on it may be named in the room where both sides sit"),
    }
    return _look_up(table, code)
