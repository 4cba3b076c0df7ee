"""Takes the pictures of the README from the real thing: starts a portal on an empty data folder and photographs it.

python tools/pictures.py            writes docs/pictures/*.png
"""

import re
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests/e2e"), str(ROOT / "tests")]

from citizen import ARGUMENTS, Citizen  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402
from portal_server import Server  # noqa: E402

FOLDER = ROOT / "docs/pictures"


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        server = Server(Path(data) / "var")
        server.wait()
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium") or "", args=ARGUMENTS)
        try:
            with Citizen(browser, server.base, "ko", width=1280) as desk:
                desk.page.set_viewport_size({"width": 1280, "height": 860})
                desk.go("/ko/")
                desk.page.screenshot(path=FOLDER / "home-ko.png")
            with Citizen(browser, server.base, "vi", width=390) as phone:
                phone.page.set_viewport_size({"width": 390, "height": 844})
                phone.go("/vi/services/alien-registration")
                phone.page.screenshot(path=FOLDER / "guide-vi.png")
                phone.press("apply")
                phone.sign_in("nguyen-van-an")
                phone.page.screenshot(path=FOLDER / "question-vi.png")
                phone.choose("purpose")
                phone.press("continue")
                phone.press("continue")
                phone.choose("consent")
                phone.press("continue")
                phone.press("submit")
                phone.page.screenshot(path=FOLDER / "done-vi.png")
                number = phone.page.locator("#document-number").inner_text()
                pdf = phone.download("download", Path(data))
            with Citizen(browser, server.base, "en", width=1280) as bank:
                bank.page.set_viewport_size({"width": 1280, "height": 860})
                bank.go(f"/en/verify?number={number}")
                bank.page.screenshot(path=FOLDER / "verify-en.png")
            _picture_of(pdf, FOLDER / "certificate-vi.png")
            with Citizen(browser, server.base, "en", width=1280) as reader:
                reader.page.set_viewport_size({"width": 1280, "height": 860})
                reader.go("/en/services?q=moving house")
                reader.page.screenshot(path=FOLDER / "services-en.png")
            with Citizen(browser, server.base, "ja", width=1280) as reader:
                reader.page.set_viewport_size({"width": 1280, "height": 860})
                reader.go("/ja/life-events")
                reader.page.screenshot(path=FOLDER / "life-events-ja.png")
            with Citizen(browser, server.base, "ko", width=390) as phone:
                phone.page.set_viewport_size({"width": 390, "height": 844})
                phone.go("/ko/sign-in?to=/ko/my-information")
                phone.sign_in("han-garam")
                phone.page.screenshot(path=FOLDER / "my-information-ko.png")
            _looks(browser, server.base)
            _helped(browser, server.base)
        finally:
            browser.close()
            server.stop()


def _looks(browser: Browser, base: str) -> None:
    """Yellow on black at 150 %, a guide in easy words, and the first page of a kiosk."""
    with Citizen(browser, base, "ko", width=1280) as desk:
        desk.page.set_viewport_size({"width": 1280, "height": 860})
        desk.context.add_cookies([{"name": "madang-look", "value": "size-150.theme-yellow", "url": base}])
        desk.go("/ko/preferences")
        desk.page.screenshot(path=FOLDER / "preferences-ko.png")
    with Citizen(browser, base, "th", width=390) as phone:
        phone.page.set_viewport_size({"width": 390, "height": 844})
        phone.context.add_cookies([{"name": "madang-look", "value": "words-easy", "url": base}])
        phone.go("/th/services/alien-registration")
        phone.page.screenshot(path=FOLDER / "easy-th.png")
    with Citizen(browser, base, "ko", width=900) as kiosk:
        kiosk.page.set_viewport_size({"width": 900, "height": 1180})
        kiosk.context.add_cookies([{"name": "madang-kiosk", "value": "ko", "url": base}])
        kiosk.go("/ko/kiosk")
        kiosk.page.screenshot(path=FOLDER / "kiosk-ko.png")


def _helped(browser: Browser, base: str) -> None:
    """A citizen in Vietnamese and an agent in Korean on the same question."""
    with Citizen(browser, base, "vi", width=390) as phone, Citizen(browser, base, "ko", width=1280) as desk:
        phone.page.set_viewport_size({"width": 390, "height": 844})
        desk.page.set_viewport_size({"width": 1280, "height": 1000})
        desk.go("/ko/desk")
        desk.sign_in("baek-noeul")
        phone.go("/vi/services/alien-registration")
        phone.press("foot-support")
        phone.press("support-code")
        code = re.search(r"(\d{3})\s+(\d{3})\s+(\d{3})", phone.page.inner_text("main"))
        assert code
        desk.type("code", " ".join(code.groups()), enter=True)
        phone.page.wait_for_url("**/agree")
        phone.choose("level:suggest")
        phone.press("support-yes")
        phone.press("apply")
        phone.sign_in("nguyen-van-an")
        if phone.ref("start").count():  # somebody who has applied before is asked whether to begin anew
            phone.press("start")
        desk.page.locator("[data-elements] option").first.wait_for(state="attached")
        phone.choose("purpose")
        desk.page.locator("[data-elements]").select_option("purpose")
        desk.page.locator("[data-ref='do:highlight']").click()
        phone.page.locator("[data-support-said]").first.wait_for()
        desk.page.wait_for_timeout(500)
        desk.page.screenshot(path=FOLDER / "desk-ko.png")
        phone.page.screenshot(path=FOLDER / "helped-vi.png")


def _picture_of(pdf: Path, picture: Path) -> None:
    import subprocess

    name = str(picture.with_suffix(""))
    subprocess.run(["pdftoppm", "-png", "-r", "80", "-singlefile", str(pdf), name], check=True)


if __name__ == "__main__":
    main()
