"""What every page says of itself to a browser, and the files it loads."""

from __future__ import annotations

import re

from tests.handlers.webchat.driver import Browser


def test_every_page_says_what_may_be_loaded_kept_and_framed(asha: Browser) -> None:
    for path in ("/", "/sign-in/token", "/chat/updates"):
        headers = asha.client.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'self'; ")
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["referrer-policy"] == "same-origin"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


def test_pages_load_only_our_own_files_and_those_may_be_kept_for_ever(asha: Browser) -> None:
    page = asha.client.get("/").text
    loaded = re.findall(r'(?:src|href)="(?!/"|#)([^"]+)"', page)
    assert len(loaded) >= 3
    for address in loaded:
        assert address.startswith("/static/")
        response = asha.client.get(address)
        assert response.status_code == 200
        assert "immutable" in response.headers["cache-control"]
        assert "://" not in response.text.replace("http://www.w3.org/2000/svg", "")
        assert "cache-control" not in asha.client.get(address.partition("?")[0]).headers
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script>", page)
