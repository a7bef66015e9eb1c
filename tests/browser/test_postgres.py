"""The first steps of a round on PostgreSQL: the same pages, the same signatures."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from tests.browser import walk
from tests.browser.server import serving


def test_talks_are_opened_and_an_act_is_signed(chromium: Browser, postgres_database: str, tmp_path: Path) -> None:
    with (
        serving(tmp_path / "home", postgres_database) as server,
        walk.cast(chromium, server, tmp_path) as r,
    ):
        walk.sign_in_by_link(r, r.host)
        walk.enrol(r.host)
        walk.open_talks(r)
        walk.invite(r, r.side_a, "Side A", name="Ana Aster")
        walk.invite(r, r.side_b, "Side B", passkey=False, name="Bo Birch")
        plenary = r.rooms["plenary"]
        rules = {"publish": "host", "quote": "attributed", "notes": "everyone", "records": "given-to-each"}
        r.host.do(plenary, "propose-ground-rules", **rules)
        r.side_a.sign(plenary, "agree-ground-rules")
        r.side_b.do(plenary, "agree-ground-rules")
        r.host.go(f"/rooms/{plenary}/")
        badges = r.host.page.locator(".timeline .sentence:has-text('agreed to the ground rules') ~ .badges")
        assert badges.all_inner_texts() == ["entered by the host's server", "signed by Ana Aster"]
        assert [fault for who in r.everybody for fault in who.faults] == []
