"""What a first visit costs on the wire, and when it is seen, behind a slow link on a slow phone.

Chromium's own throttling: 400 ms round trip, 400 kbit/s each way, processor four times slower. It delays requests, not
connections: the two round trips that a new TCP and TLS 1.3 connection takes are added, or the figure would flatter.
Bytes are those of the answers as they travel, heads included, counted by a small reader; LCP and CLS are told by the
browser. The page is in the server's cache, as it is for everybody but the first visitor.
"""

import http.client
import re
import statistics
import tempfile
from pathlib import Path
from typing import Any

from citizen import ARGUMENTS
from playwright.sync_api import Browser, sync_playwright
from portal_server import Server

from bench.person import CHROMIUM
from bench.table import Row, at_most, plain

RUNS = 5
CONNECTING = 0.8
"""Seconds: two round trips."""
WATCH = """
window.seen = {lcp: 0, cls: 0};
new PerformanceObserver(l => { for (const e of l.getEntries()) seen.lcp = e.startTime; })
  .observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver(l => { for (const e of l.getEntries()) if (!e.hadRecentInput) seen.cls += e.value; })
  .observe({type: "layout-shift", buffered: true});
"""


def fetched(base: str, path: str) -> tuple[int, bytes]:
    """Bytes of one answer with its head, as a browser gets it, and its body as it travels."""
    connection = http.client.HTTPConnection(base.removeprefix("http://"), timeout=20)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip, deflate, br, zstd", "Accept-Language": "ko"})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    head = sum(len(name) + len(value) + 4 for name, value in answer.getheaders())
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return len(body) + head + 19, body


def painted(browser: Browser, url: str) -> tuple[float, float, int]:
    """LCP in seconds, CLS, requests of one first visit on a phone."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=2, is_mobile=True)
    try:
        page = context.new_page()
        tools = context.new_cdp_session(page)
        tools.send("Network.enable")
        tools.send(
            "Network.emulateNetworkConditions",
            {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000},
        )
        tools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.add_init_script(WATCH)
        page.goto(url, wait_until="load")
        page.wait_for_timeout(1200)
        seen: dict[str, Any] = page.evaluate("window.seen")
        return seen["lcp"] / 1000, seen["cls"], len(asked)
    finally:
        context.close()


def weight(base: str, locale: str) -> list[Row]:
    import brotli

    total, body = fetched(base, f"/{locale}/")
    html = brotli.decompress(body)
    text = html.decode()
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style
    css = len(brotli.compress(style[1].encode()))
    scripts = [fetched(base, path)[0] for path in re.findall(r'<script src="([^"]+)"', text)]
    icon = [fetched(base, path)[0] for path in re.findall(r'<link rel="icon" href="([^"]+)"', text)]
    whole, kib = total + sum(scripts) + sum(icon), 1024
    more = f" ({len(html) / kib:.1f} before compression; its CSS alone {css / kib:.1f})"
    script = f" ({len(scripts)} scripts, {sum(scripts) / kib:.1f}; icon {sum(icon) / kib:.1f})"
    found, listed = fetched(base, f"/{locale}/services")
    paths = re.findall(r'<script src="([^"]+)"', brotli.decompress(listed).decode())
    found += sum(fetched(base, path)[0] for path in paths) + sum(icon)
    return [
        at_most(f"Home in {locale}: critical HTML and CSS, br", len(body) / kib, 6, "KiB", more),
        at_most(f"Home in {locale}: first visit before htmx, with heads", total / kib, 14.6, "KiB"),
        at_most(f"Home in {locale}: the same with its script, icon", whole / kib, 20, "KiB", script),
        at_most(f"Search in {locale}: first visit with htmx, script, icon", found / kib, 20, "KiB"),
    ]


def rows() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder) / "data")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        try:
            server.wait()
            made: list[Row] = []
            for locale in ("ko", "vi"):
                for _ in range(3):
                    fetched(server.base, f"/{locale}/")
                painted(browser, f"{server.base}/{locale}/")
                made += weight(server.base, locale)
                runs = [painted(browser, f"{server.base}/{locale}/") for _ in range(RUNS)]
                lcp = statistics.median(run[0] for run in runs)
                more = f" ({lcp:.2f} in Chromium, and two round trips to connect)"
                made.append(at_most(f"Home in {locale}: LCP, slow link and phone", lcp + CONNECTING, 1.55, "s", more))
                made.append(at_most(f"Home in {locale}: CLS", max(run[1] for run in runs), 0, ""))
                made.append(plain(f"Home in {locale}: requests of a first visit", str(runs[0][2])))
            return made
        finally:
            browser.close()
            server.stop()
