"""The age keys a delegation names in a room, the test of its recovery sheet, and a lost key's replacement.

A delegation names its first keys by one delegate; later ones take their place by two, so that nobody who takes over one
account can have a paper sealed to a key of their own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from goodoffices.record.entries import Fact
from goodoffices.record.matter import Room
from goodoffices.record.seats import SEATS
from goodoffices.sealing import agekeys
from goodoffices.sealing.exchanges import SEALING, Keys
from goodoffices.talks import fields
from goodoffices.talks.fields import Asked
from goodoffices.talks.scene import Awaited, Refusal, Rule, Scene

HEX = "[0-9a-f]{64}"
AGE_KEY = "age1[0-9a-z]{58}"
WHERE = "format"  # the kind of room an exchange is carried out in

NO_SIGNING_KEY = (
    "This is signed, and no signing key of yours is named in this room. Name one first: on your account's page, or "
    "have it named when you are accredited."
)


@dataclass(frozen=True, kw_only=True)
class NamedKeys(Asked):
    """What every naming of age keys gives. A side gives all four; a holder the first alone."""

    online: str = fields.plain("Online key", AGE_KEY, "The public key, age1…; it is in everyday use.")
    recovery: str | None = fields.plain(
        "Recovery key", AGE_KEY, "The public key of the recovery sheet, kept offline.", required=False
    )
    check: str | None = fields.plain("Digest of the test", HEX, required=False)
    test: str | None = fields.words("Test for the recovery sheet", required=False, long=True)


@dataclass(frozen=True, kw_only=True)
class NameSealingKeys(NamedKeys):
    """Name the keys to which papers are sealed for your delegation in this room."""


@dataclass(frozen=True, kw_only=True)
class ProveRecovery(Asked):
    """Show that your recovery sheet opens what is sealed to it. Before that no exchange can be proposed with it."""

    keys: str = fields.ref("Keys", "sealing-keys-named", "sealing-keys-replacement-proposed")
    nonce: str = fields.plain("What the test holds", HEX, "The 64 characters that the sheet's key brings out.")


@dataclass(frozen=True, kw_only=True)
class ProposeKeyReplacement(NamedKeys):
    """Propose new keys in the place of lost ones. A second person of your delegation signs it too."""

    replaces: str = fields.ref("Keys to replace", "sealing-keys-named", "sealing-keys-replacement-proposed")


@dataclass(frozen=True, kw_only=True)
class ReplaceSealingKeys(Asked):
    """Put the proposed keys in the place of the lost ones, as the second person of your delegation to sign."""

    replacement: str = fields.ref("New keys", "sealing-keys-replacement-proposed")


def name_sealing_keys(scene: Scene, c: NameSealingKeys) -> list[Fact]:
    check_signs(scene)
    if scene.seats.kind != WHERE:
        raise Refusal("Papers are exchanged in a room of its own: the host opens one of the kind “format”.")
    if scene.room[SEALING].current(scene.acting) is not None:
        raise Refusal("Your delegation has named its keys here already. Lost ones are replaced, by two of its people.")
    return [Fact("sealing-keys-named", _body(scene, c))]


def prove_recovery(scene: Scene, c: ProveRecovery) -> list[Fact]:
    keys = scene.room[SEALING].keys.get(c.keys)
    if keys is None or keys.delegation != scene.acting:
        raise Refusal("Those are not keys of your delegation.")
    if keys.replaced is not None or keys.recovery is None or keys.tested:
        raise Refusal("There is no recovery sheet of these keys that waits for its test.")
    if hashlib.sha256(bytes.fromhex(c.nonce)).hexdigest() != keys.check:
        raise Refusal("This is not what the test holds. Open the test with the key on the sheet and try again.")
    return [Fact("recovery-tested", {"keys": keys.ref, "nonce": c.nonce})]


def propose_key_replacement(scene: Scene, c: ProposeKeyReplacement) -> list[Fact]:
    check_signs(scene)
    current = scene.room[SEALING].current(scene.acting)
    if current is None or current.ref != c.replaces:
        raise Refusal("Those are not the keys that your delegation has in this room now.")
    return [Fact("sealing-keys-replacement-proposed", _body(scene, c) | {"replaces": c.replaces})]


def replace_sealing_keys(scene: Scene, c: ReplaceSealingKeys) -> list[Fact]:
    check_signs(scene)
    new = dict(scene.room[SEALING].open_replacements()).get(c.replacement)
    if new is None or new.delegation != scene.acting:
        raise Refusal("There is no such replacement of keys that waits for your delegation.")
    if new.by == scene.who.person:
        raise Refusal("You proposed these keys yourself: a second person of your delegation signs the replacement.")
    return [Fact("sealing-keys-replaced", {"replacement": c.replacement})]


def check_signs(scene: Scene) -> None:
    """Refuses who has no key to sign with: in an exchange nothing rests on the host's server alone."""
    seat = scene.seat()
    scene.refuse_unless(seat is not None and bool(seat.keys), NO_SIGNING_KEY)


def _body(scene: Scene, c: NamedKeys) -> dict[str, str | None]:
    recovery = (c.recovery, c.check, c.test)
    if scene.is_party and None in recovery:
        raise Refusal("A side names a recovery key too, with the test of its sheet: a lost key must not lose a paper.")
    if not scene.is_party and recovery != (None, None, None):
        raise Refusal("Only a side names a recovery key: what a holder keeps, others of the holders can open too.")
    for key in (c.online, c.recovery):
        if key is not None:
            _check_key(scene, key)
    if c.online == c.recovery:
        raise Refusal("The online key and the recovery key are the same; they must be lost separately.")
    return {"online": c.online, "recovery": c.recovery, "check": c.check, "test": c.test}


def _check_key(scene: Scene, key: str) -> None:
    try:
        agekeys.recipient(key)
    except agekeys.BadKey as error:
        raise Refusal(str(error)) from error
    if key in scene.room[SEALING].known():
        raise Refusal(
            f"The key {key[:16]}… has been named in this room before. Every key is named once; make new ones."
        )


def awaiting(room: Room, delegation: str) -> Iterator[Awaited]:
    """A recovery sheet to test, and a replacement that a second person signs."""
    if not room[SEATS].present(delegation):
        return
    state = room[SEALING]
    keys = state.current(delegation)
    if keys is not None and _untested(keys):
        yield Awaited("prove-recovery", keys.ref, {"keys": keys.ref})
    for ref, new in state.open_replacements():
        if new.delegation == delegation:
            yield Awaited("replace-sealing-keys", ref, {"replacement": ref})


def _untested(keys: Keys) -> bool:
    return keys.recovery is not None and not keys.tested


def signs(scene: Scene) -> bool:
    """Whether the person acting has a signing key here, and acts for their own delegation."""
    seat = scene.seat()
    return seat is not None and bool(seat.keys) and scene.who.on_behalf is None


def _without_keys(scene: Scene) -> Iterable[Mapping[str, str]]:
    if scene.seats.kind == WHERE and signs(scene) and scene.room[SEALING].current(scene.acting) is None:
        yield {}


def _to_test(scene: Scene) -> Iterable[Mapping[str, str]]:
    keys = scene.room[SEALING].current(scene.acting)
    if keys is not None and _untested(keys) and scene.who.on_behalf is None:
        yield {"keys": keys.ref}


def _to_replace(scene: Scene) -> Iterable[Mapping[str, str]]:
    keys = scene.room[SEALING].current(scene.acting)
    if keys is not None and signs(scene):
        yield {"replaces": keys.ref}


def _to_second(scene: Scene) -> Iterable[Mapping[str, str]]:
    if signs(scene):
        for ref, new in scene.room[SEALING].open_replacements():
            if new.delegation == scene.acting and new.by != scene.who.person:
                yield {"replacement": ref}


RULES = (
    Rule(NameSealingKeys, "Name your sealing keys", name_sealing_keys, _without_keys, minutable=False, binding=True),
    Rule(ProveRecovery, "Test the recovery sheet", prove_recovery, _to_test, minutable=False),
    Rule(
        ProposeKeyReplacement,
        "Replace lost sealing keys",
        propose_key_replacement,
        _to_replace,
        minutable=False,
        binding=True,
    ),
    Rule(
        ReplaceSealingKeys,
        "Sign the replacement of keys",
        replace_sealing_keys,
        _to_second,
        minutable=False,
        binding=True,
    ),
)
