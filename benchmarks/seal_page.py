"""Sealing and opening in the page, 10 MB a paper, beside the bare age library doing the same layers in the same page.

An exchange whole: two papers of 10,000,000 bytes in buckets of 16 MiB, each through both layers with an escrow of 2 of
3 holders; two holders release, both papers are opened. Ours is the module as pages run it, worker and checks included:
digests, contexts, signatures, proofs of releases, and that the last holder sees that E opens both papers. The other is
npm's `age-encryption` making and opening the same layers and nothing else. They take turns; medians are printed.

The page is a bare one under our content policy, in Debian's Chromium. Key files here have no passphrase: scrypt takes a
second or two on purpose, each time one is unlocked.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks import _ground
from tests.chromium import FLAGS
from tests.node import node

SIZE = 10_000_000
ROUNDS = 5
GOAL = 1.5
STEPS = ("seal", "release", "open")
Taken = list[dict[str, float]]


def measured(rounds: int) -> dict[str, Taken]:
    """What ours and the bare library took, in milliseconds by step."""
    with tempfile.TemporaryDirectory() as folder, _ground.home():
        bundle = Path(folder, "bench.js")
        hybrid = "--alias:@noble/post-quantum/hybrid.js=./src/no-hybrid.ts"
        esbuild = "node_modules/esbuild/bin/esbuild"
        node(esbuild, "bench/page.ts", "--bundle", "--format=esm", "--log-level=error", hybrid, f"--outfile={bundle}")
        return in_page(bundle.read_bytes(), rounds)


def in_page(bundle: bytes, rounds: int) -> dict[str, Taken]:
    from tests.browser_module.site import serving  # once Django is set up

    with serving() as site, sync_playwright() as playwright:
        site.scripts["bench.js"] = bundle
        site.page = '<script type="module" src="/static/bench.js"></script>'
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(FLAGS), chromium_sandbox=os.geteuid() != 0
        )
        page = browser.new_page()
        page.goto(site.url)
        page.wait_for_function("() => globalThis.run")
        taken: dict[str, Taken] = page.evaluate("([size, rounds]) => run(size, rounds)", [SIZE, rounds])
        browser.close()
        return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    taken = measured(parser.parse_args().rounds)
    print(f"two papers of {SIZE:,} bytes, 2 of 3 holders, in Chromium; medians of {len(taken['ours'])} rounds")
    for step in STEPS:
        ours, bare = (statistics.median(one[step] for one in taken[who]) for who in ("ours", "bare"))
        print(f"  {step:8} {ours:7,.0f} ms   age-encryption {bare:7,.0f} ms")
    whole = {who: statistics.median(sum(one[step] for step in STEPS) for one in taken[who]) for who in taken}
    ratio = whole["ours"] / whole["bare"]
    print(f"  {'whole':8} {whole['ours']:7,.0f} ms   age-encryption {whole['bare']:7,.0f} ms")
    print(f"  {ratio:.2f} times the bare library (goal: at most {GOAL})")


if __name__ == "__main__":
    main()
