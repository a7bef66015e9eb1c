/* The order of a sealed exchange (docs/design/sealing.md), with ideal encryption: who can read whose paper, and when.
 *
 * A is honest. B wants A's paper without giving its own; an accomplice runs a second exchange with the same holders.
 * Holders below BAD are B's: what their keys open B knows, and they put on the record whatever serves B. The record is
 * one sequence of entries, as a room's record is; an atomic step is one entry, or what somebody does on their own.
 *
 * E of a paper, which opens its outer layer, comes out once K different holders have peeled it, in any order: every
 * order of every chain was sealed.
 *
 * Switches: 1 as the protocol is, 0 with that part taken out. tools/prove.py runs both.
 *   CTX_ESCROW    the exchange is named inside every escrow layer, and a holder looks
 *   CTX_OUTER     the exchange is named inside the outer layer, and whoever obtains E looks before giving E out
 *   EARLY_ONLY    a side withdraws only before the second seal
 *   UNTIL_OPEN    releases are taken until both papers are open, not just the first K of them
 *   FINAL         a seal is not replaced
 */

#ifndef BAD
#define BAD 1
#endif
#ifndef CTX_ESCROW
#define CTX_ESCROW 1
#endif
#ifndef CTX_OUTER
#define CTX_OUTER 1
#endif
#ifndef EARLY_ONLY
#define EARLY_ONLY 1
#endif
#ifndef UNTIL_OPEN
#define UNTIL_OPEN 1
#endif
#ifndef FINAL
#define FINAL 1
#endif

#define N 3
#define K 2 /* two() below counts to it */

/* The record of the exchange. */
bool sealedA, sealedB, withdrawn
bool released[N]
bool givesA[N], givesB[N]    /* holder i's peels of A's paper, and of B's, are on the record and are what they should be */
byte releases
bool attested                /* a holder has said on the record that B's layers do not open */

/* B sealed layers of which only the outermost ones open. */
bool garbageB

/* B's paper was replaced by one written after A's was read. */
bool lateB

/* The accomplice's exchange: A's blobs sealed there as the accomplice's own, and holders' peels of them. */
bool replayed
bool elsewhere[N]
bool refused[N]              /* holder i has seen that they belong to another exchange, and gives nothing there */

#define both (sealedA && sealedB)
#define good(i) (i >= BAD)
#define two(p) ((p(0) && p(1)) || (p(0) && p(2)) || (p(1) && p(2)))
#define peeled(i) (i < BAD || givesA[i] || elsewhere[i])
#define onRecordA(i) givesA[i]
#define onRecordB(i) givesB[i]

/* B reads A's paper: K holders have peeled it, here or elsewhere, or are B's own. */
#define bReads (sealedA && two(peeled))
/* A reads B's paper: K holders' peels of it are on the record, and what is under them opens. */
#define aReads (both && !garbageB && two(onRecordB))
#define open (aReads && two(onRecordA))

#define mayWithdraw (!withdrawn && (!EARLY_ONLY || !both) && !open)
#define mayRelease (both && !withdrawn && ((UNTIL_OPEN && !open) || (!UNTIL_OPEN && releases < K)))
/* An honest holder other than i has released before. */
#define afterHonest(i) ((i != 0 && good(0) && released[0]) || (i != 1 && good(1) && released[1]) || (i != 2 && released[2]))

active proctype SideA()
{
	if
	:: atomic { !withdrawn -> sealedA = true }
	:: skip                                 /* A may also never seal */
	fi
	do
	:: atomic { sealedA && mayWithdraw && !both -> withdrawn = true }
	:: break
	od
}

active proctype SideB()
{
	do
	:: atomic { !sealedB && !withdrawn -> sealedB = true; if :: garbageB = true :: skip fi }
	:: atomic { mayWithdraw -> withdrawn = true }
	:: atomic { !FINAL && sealedB && bReads && !lateB -> lateB = true }
	:: break
	od
}

/* What A sealed is there to copy for whoever sits in the room. */
active proctype Accomplice()
{
	atomic { sealedA -> if :: replayed = true :: skip fi }
}

proctype Honest(byte i)
{
	bool first
	do
	/* Peels its own layers of both papers in one entry. Where it comes last of a chain and B's layers are found not to
	 * open, it gives nothing and says so. After a release by B's holder it cannot tell whose fault that is, and gives
	 * the chains that begin with itself. */
	:: atomic {
		mayRelease && !released[i] && !(garbageB && afterHonest(i)) ->
		released[i] = true; givesA[i] = true; givesB[i] = true; releases++
	   }
	:: atomic { mayRelease && !released[i] && garbageB && afterHonest(i) && !attested -> attested = true }
	/* In the accomplice's exchange. The first of a chain sees escrow layers only; the last opens outer too. */
	:: atomic {
		replayed && !elsewhere[i] && !refused[i] && !CTX_ESCROW ->
		first = !(elsewhere[0] || elsewhere[1] || elsewhere[2]);
		if
		:: first || !CTX_OUTER -> elsewhere[i] = true
		:: else -> refused[i] = true
		fi
	   }
	:: (open || withdrawn) -> break
	od
}

/* Needs no record to peel for B. On the record it may give right peels, wrong ones of B's paper, or none. */
proctype Bad(byte i)
{
	do
	:: atomic {
		mayRelease && !released[i] ->
		released[i] = true; givesA[i] = true; releases++;
		if :: givesB[i] = true :: skip fi
	   }
	:: break
	od
}

init
{
	byte i
	atomic {
		for (i : 0 .. N - 1) {
			if
			:: good(i) -> run Honest(i)
			:: else -> run Bad(i)
			fi
		}
	}
}

/* B reads nothing before both have sealed. */
ltl secrecy { [] (bReads -> both) }
/* Whoever is read can read, or the record says why not. */
ltl fairness { [] (bReads -> <> (aReads || attested)) }
/* What A comes to read was sealed before B had read A's paper. */
ltl binding { [] !lateB }
/* A bad or silent holder does not keep the papers of two honest sides from opening. */
ltl opens { [] ((both && !garbageB && !withdrawn) -> <> (aReads && bReads)) }
/* Must be found false: that the exchange never opens. It shows that the runs above come to anything. */
ltl idle { [] !open }
