"""The servers and the browser that other tests lean on are really there."""

import psycopg
from playwright.sync_api import Browser, BrowserContext

from tests.chromium import add_authenticator

PAGE = "https://localhost/"  # passkeys need a secure origin; nothing is fetched, the route below answers


def test_postgres_answers(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_database_starts_empty_and_takes_tables(postgres_database: str, postgres_url: str) -> None:
    assert postgres_database != postgres_url
    with psycopg.connect(postgres_database) as connection:
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        assert tables.fetchone() == (0,)
        connection.execute("CREATE TABLE entry (seq bigint PRIMARY KEY)")


def test_chromium_renders_a_page(chromium: Browser) -> None:
    page = chromium.new_page()
    page.goto("data:text/html,<h1 dir=auto>Good offices</h1>")
    assert page.locator("h1").inner_text() == "Good offices"
    page.close()


def test_a_passkey_is_made_by_the_virtual_authenticator(context: BrowserContext) -> None:
    page = context.new_page()
    page.route(PAGE, lambda route: route.fulfill(body="<title>a page</title>", content_type="text/html"))
    page.goto(PAGE)
    authenticator = add_authenticator(page)
    assert authenticator.credentials() == []
    made = page.evaluate(
        """async () => (await navigator.credentials.create({publicKey: {
            challenge: new Uint8Array(32), rp: {name: "Good offices"},
            user: {id: new Uint8Array(16), name: "a", displayName: "A"},
            pubKeyCredParams: [{type: "public-key", alg: -7}],
            authenticatorSelection: {residentKey: "required", userVerification: "required"},
        }})).type"""
    )
    assert made == "public-key"
    assert [credential["rpId"] for credential in authenticator.credentials()] == ["localhost"]
    authenticator.remove()
