"""The sounds that names are spelled in here, and what it costs to take one for another.

A sound is a small number, so that costs are looked up in an array. Where a spelling leaves open what it stands for (the
Latin ``j`` is й in Polish, ж in French, дж in English), it is a sound of its own that lies close to all of these:
nobody has to guess the language of a name. Costs run from 0 (the same) to 1 (nothing in common) and were set by hand
from the transliteration tables of ICAO 9303, BGN/PCGN, ISO 9, the scholarly system and the habits of the German,
Polish, French and Turkish press. They are kept in sixteenths, which lets a whole name be added up in one byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

UNIT: Final = 16
"""What a cost of 1 is kept as."""
LONGEST: Final = 14
"""Sounds kept of a token; LONGEST * UNIT fits a byte."""


def graphemes(spellings: Iterable[str]) -> re.Pattern[str]:
    """Finds spellings in a text, the longest first. Branches by first letter: many times quicker than one long list."""
    by_first: dict[str, list[str]] = {}
    for spelling in sorted(spellings, key=len, reverse=True):
        by_first.setdefault(spelling[0], []).append(re.escape(spelling[1:]))
    alone = "".join(re.escape(first) for first, rests in by_first.items() if rests == [""])
    several = (f"{re.escape(first)}(?:{'|'.join(rests)})" for first, rests in by_first.items() if rests != [""])
    return re.compile("|".join([f"[{alone}]", *several]))


VOWELS: Final = "A E I O U AE OE UE EO EF OU OEL EEL".split()
GLIDES: Final = "J JL YL WL".split()
CONSONANTS: Final = (
    "B V G GH D ZH Z K L M N P R S T F KH TS CH SH SHCH DZH CL CS CHL HL GE GHL ZL SL VL SZL SCH RZL THL SJ CED"
).split()
ARABIC: Final = "AA WAW YEH AIN JIM GHAIN HAH HEH THEH DHAL DAD ZAH TAH SAD QAF BEH FEH TEHM".split()

SOUNDS: Final = {name: code for code, name in enumerate(["", *VOWELS, *GLIDES, *CONSONANTS, *ARABIC])}
"""Code of each sound; 0 is none."""
COUNT: Final = len(SOUNDS)
END: Final = b"\0"
"""After the sounds of each token, where many follow each other."""

# How near two sounds are when it is not a matter of course (1 for consonants, 0.45 between vowels).
_NEAR: Final = """
A:  O.25 AE.1 E.35 AA.05 AIN.15 TEHM.05
E:  I.25 AE.1 OE.15 EO.05 EF0 OEL.15 EEL.15 O.35 YEH.2 AA.2
I:  J.1 JL.15 YL.0 EEL.05 UE.15 EF.3 YEH.0
O:  U.3 OU.2 OE.1 EO0 OEL.15 A.25 WAW.05
U:  OU0 UE0 OEL.1 V.25 WL.1 EEL.4 VL.35 WAW.0
UE: I.15 OU.1 YL.2 EO.2 WAW.1
OE: EO.05 OEL0 U.25 EEL.3
EO: OEL.15 OU.3
EF: EEL.3 A.25
J:  JL0 YL0 I.1 EEL.3 YEH.0 ZH.6
JL: YL.1 ZH.25 DZH.15 KH.35 I.15 GE.15 HL.4 JIM.05 YEH.1 CH.5 G.5
YL: U.3 E.25 YEH.05 EEL.15
WL: V0 VL.05 F.3 O.35 WAW.0 HL.6
V:  VL0 F.35 B.45 WAW.2
VL: F.15 B.35 WAW.2
B:  P.4
G:  GH0 K.4 GE.05 HL.3 GHL.05 KH.45 JL.5 ZH.6 DZH.5 CL.5
GH: GE.05 HL.05 GHL.05 KH.3 K.5
GE: ZH.15 DZH.05 KH.2 GHL.1 HL.2 CH.4 J.35
GHL: V.5 HL.2 K.5 KH.3 F.5 J.4
D:  T.4 DHAL.2 DAD.0 THL.4 DZH.6 ZAH.4
ZH: Z.35 SH.4 ZL.25 DZH.3 RZL.1 SCH.3 SZL.4
Z:  ZL0 S.4 SL.15 TS.5 RZL.5 DZH.5 CS.4 SZL.4
ZL: TS.1 S.2 SL.2 CS.2 CH.35
DZH: CH.45 ZL.4 CL.3 CS.3 D.6
K:  CL0 KH.4 CHL.2 CS.4 HL.5 QAF0 TS.6
L:  R.7
M:  N.5
P:  F.5 BEH.05
R:  RZL.15
S:  SL0 CS.05 SH.4 TS.5 CL.3 SZL.15 THL.4 SCH.4 SJ.15 CH.6 SHCH.6
SL: CS.1 SH.25 SZL.15 TS.4 CL.4 SCH.3 SJ.15 ZH.4 CH.5
T:  THL0 TS.5 TAH0 CH.6
F:  THL.4 FEH0
KH: HL.1 CHL.1 SCH.5 HAH.3 HEH.3 K.4 CL.4 SH.6
TS: CL.1 CS.05 CH.4 CHL.4 SZL.4 CH.4
CH: CL.25 CS.1 CHL0 SH.4 SHCH.3 SCH.3 SZL.4 JIM.5 THL.6 SJ.4
SH: CHL.15 SHCH.2 SCH0 SZL.05 SJ.05 CS.4 CL.5
SHCH: SCH.1 CHL.3 SZL.2 SJ.2
CL: CHL.15 CS.15
CS: CHL.2
CHL: HL.2 SCH.2
HL: HEH0 HAH.05
SZL: SCH.1 SJ.1
CED: CH0 S.05 SL.05 CS.1 CL.1 CHL.1 TS.2 SHCH.3 SH.3 SCH.3 DZH.4 K.5
SCH: SJ.1
"""
_ARABIC_NEAR: Final = """
AA: E.05 I.15 O.15 U.15 AE.0 EF.05 OE.2 AIN.2 YEH.3 TEHM.1 EO.15 EEL.1 OU.2 YL.2 UE.2 HEH.4 OEL.15
WAW: V.1 WL0 VL.1 U0 O0 OU0 OE0 OEL0 UE0 EO.05 A.25 E.35 B.4
YEH: I0 E0 J0 YL0 EEL0 JL.1 EF.0 AE.05 A.2 UE.1 OEL.2 EO.1 OE.2
AIN: A.05 E.1 I.1 O.1 U.1 AE.1 AA.1 EEL.1 OU.1 EF.1
TEHM: A0 E.1 T.1 HL.15 AA.05 HEH.1 TAH.3 EF.1 THL.1
JIM: G.1 GE0 GH.1 DZH0 ZH.1 JL0 J.2 KH.5 GHL.2 CHL.4 ZL.5 ZL.4
GHAIN: G0 GH0 GE.05 GHL0 K.4 HL.2 KH.3 JIM.2 R.5 V.7
HAH: HL0 KH.1 GH.4 HEH.1 CHL.3 JL.2
HEH: HL0 KH.2 GH.3 JL.3 CHL.3
KH: CHL.1 JL.2 K.3 HL.2 QAF.5
THEH: THL0 T.1 S.2 SL.2 CS.2 TS.3 Z.3
DHAL: DZH.5 THL.3 Z.15 ZL.15 D.1 DAD.2 ZAH.1 ZH.4
DAD: Z.3 ZL.3 D0 ZAH.1 DZH.5 T.5
ZAH: Z.05 ZL.05 D.2 DAD.1 THL.2
TAH: T0 THL0 D.4 TEHM.3
SAD: S0 SL0 CS.1 SH.4 ZL.3 Z.3 SZL.2 TS.3 CL.4
QAF: K0 G.15 GH.2 CL0 KH.3 GHL.1 CHL.2 GE.3 GHAIN.2
BEH: B0 P.05 V.3 VL.3 WL.4
FEH: F0 V.05 VL0 P.3 WL.1 THL.4 B.5 GH.6
S: Z.3 SH.4 TS.3 CS0 ZL.1 TH.3 THEH.3 SAD.1
Z: ZL0 SL.1 S.3 TS.3 ZH.3
SH: CHL.05 SCH0 S.4 CH.2 ZH.3 SHCH.1 SL.3 CS.2 GE.5 SJ0 SZL.1 JL.4
K: CL0 CHL.1 CS.3 G.2 GH.2 GE.3 QAF.05
CH: SH.2
T: THL0 TAH0
"""

_DROPPED: Final = {
    "": 0.0, "J": 0.15, "JL": 0.3, "YL": 0.25, "WL": 0.7, "HL": 0.3, "GHL": 0.25, "EF": 0.12, "I": 0.35, "E": 0.35,
    "AIN": 0.2, "HEH": 0.5, "HAH": 0.7,
}  # fmt: skip
_DROPPED_BESIDE_ARABIC: Final = {"J": 0.15, "YL": 0.15, "HL": 0.3, "GHL": 0.4, "AIN": 0.1, "HEH": 0.3, "TEHM": 0.1}

Costs = NDArray[np.uint8]


def _read(near: str, into: Costs) -> Costs:
    for line in near.split("\n"):
        sound, _, others = line.partition(":")
        for other in others.split():
            name = other.rstrip("0123456789.")
            if name in SOUNDS:
                cost = round(float(other[len(name) :]) * UNIT)
                into[SOUNDS[sound], SOUNDS[name]] = into[SOUNDS[name], SOUNDS[sound]] = cost
    return into


def _taken(near: str) -> Costs:
    costs = np.full((COUNT, COUNT), UNIT, np.uint8)
    vowels = [SOUNDS[v] for v in VOWELS]
    costs[np.ix_(vowels, vowels)] = round(0.45 * UNIT)
    _read(near, costs)
    np.fill_diagonal(costs, 0)
    return costs


def _dropped(costs: dict[str, float], vowel: float, consonant: float, weak: float) -> Costs:
    by_kind = {**dict.fromkeys(VOWELS, vowel), **dict.fromkeys(("AA", "WAW", "YEH"), weak)}
    return np.array([round(costs.get(name, by_kind.get(name, consonant)) * UNIT) for name in SOUNDS], np.uint8)


TAKEN: Final = _taken(_NEAR)
"""Cost of taking one sound for another, (COUNT, COUNT)."""
DROPPED: Final = _dropped(_DROPPED, 0.4, 0.75, 0.4)
"""Cost of a sound that the other spelling lacks, (COUNT,)."""
TAKEN_BESIDE_ARABIC: Final = _taken(_NEAR + _ARABIC_NEAR)
DROPPED_BESIDE_ARABIC: Final = _dropped({**_DROPPED, **_DROPPED_BESIDE_ARABIC}, 0.12, 0.75, 0.3)
"""The same where one of the two is Arabic, which leaves short vowels out."""
