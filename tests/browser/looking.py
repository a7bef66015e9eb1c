"""What is asked of every page, whoever looks: nothing that axe objects to, nothing wider than the screen.

The pages' content policy forbids scripts from elsewhere; the tools of these tests reach a page past it, through the
browser's own protocol, so the policy stays as it is while they look.
"""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}

# The size of the page in CSS pixels, and what sticks out of it: an element that scrolls by itself is not the page's.
WIDER = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const out = [...document.body.querySelectorAll("*")].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width && (box.right > root.clientWidth + 1 || box.left < -1);
  });
  return [`${root.scrollWidth} of ${root.clientWidth} px`, ...out.slice(0, 5).map((e) => e.outerHTML.slice(0, 200))];
}"""

# Words people wrote stand in elements whose direction follows the words, or are isolated from their surroundings.
UNDIRECTED = """(words) => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.data.includes(words) && !node.parentElement.closest('[dir="auto"], bdi, pre, code, option, textarea')) {
      found.push(node.parentElement.outerHTML.slice(0, 200));
    }
  }
  return found;
}"""


def violations(page: Page) -> list[str]:
    """What axe objects to on this page: a line for each element."""
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate("() => axe.run({resultTypes: ['violations']}).then((results) => results.violations)")
    return [
        f"{page.url} {fault['id']}: {', '.join(map(str, node['target']))}: {node['html'][:200]}"
        for fault in found
        for node in fault["nodes"]
    ]


def wider(page: Page) -> list[str]:
    """What makes the page scroll sideways; empty where nothing does."""
    return [f"{page.url} {one}" for one in page.evaluate(WIDER)]


def from_the_right(page: Page) -> None:
    """Set the page as in a language written from right to left."""
    page.evaluate("() => { document.documentElement.dir = 'rtl'; }")


def undirected(page: Page, words: str) -> list[str]:
    """Where these words stand without a direction of their own."""
    return [f"{page.url} {one}" for one in page.evaluate(UNDIRECTED, words)]
