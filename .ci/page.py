"""Looks at a page of `annotate --format html` in a browser: that a click on a place goes to its first mention and the next to the next,
that keys do, that nothing in a document runs, and that no request leaves the page.

    python3 .ci/page.py target/release/toponorm [FOLDER]

FOLDER gets screenshots, wide and as a phone, light and dark, and a print. Needs Chromium (Debian's package `chromium`) and nothing
else: it is driven over a pipe, by its own protocol. Without Chromium the script says so and ends with 77.
"""

import base64
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HOSTILE = """<script>document.title = "run"</script> Shelling near Stefancart & <img src="http://127.0.0.1:9/x" onerror="document.title='run'"> in Baku.

</p></article></main><style>* { display: none }</style> From Yerevan to Stepanakert, said Nikol Pašinjan.

سافر الوزير من باكو إلى يريفان

""" + "A long story.\n\n" * 60 + "At last Stepanakert again, and Washington.\n"

# Of Martunis there are several, and nothing tells which.
AMBIGUOUS = "The news came from Yerevan and Baku that it was quiet in Martuni.\n\nMartuni was named twice.\n"

FLAGS = """--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
--disable-component-update --disable-sync --remote-debugging-pipe""".split()


class Browser:
    """Chromium with one page, spoken to in JSON that ends with NUL, over file descriptors 3 and 4."""

    def __init__(self, program, folder):
        (read_here, write_there), (read_there, write_here) = os.pipe(), os.pipe()

        def connect():
            os.dup2(os.dup(read_there), 103)
            os.dup2(os.dup(write_there), 104)
            os.dup2(103, 3)
            os.dup2(104, 4)

        command = [program, *FLAGS, f"--user-data-dir={folder}", "about:blank"]
        self.process = subprocess.Popen(command, preexec_fn=connect, close_fds=False, stderr=subprocess.DEVNULL)
        self.to, self.of = os.fdopen(write_here, "wb", 0), os.fdopen(read_here, "rb", 0)
        self.left, self.number, self.session, self.events = b"", 0, None, []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.call(f"{domain}.enable")

    def message(self):
        while b"\0" not in self.left:
            self.left += os.read(self.of.fileno(), 1 << 20) or sys.exit("the browser ended")
        message, self.left = self.left.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, **params):
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        self.to.write(json.dumps(message).encode() + b"\0")
        while True:
            answer = self.message()
            if answer.get("id") == self.number:
                if "error" in answer:
                    sys.exit(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def open(self, path):
        self.events.clear()
        self.call("Page.navigate", url=path.as_uri())
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self.message())

    def value(self, expression):
        """What an expression is on the page, once its promises and the scrolling are through."""
        code = f"(async () => {{ const value = ({expression}); await new Promise(r => setTimeout(r, 50)); return value }})()"
        answer = self.call("Runtime.evaluate", expression=code, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            sys.exit(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def key(self, key):
        codes = {"Enter": 13, "Tab": 9, "Escape": 27, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40}
        press = {"key": key, "code": key, "windowsVirtualKeyCode": codes[key]}
        text = {"text": "\r"} if key == "Enter" else {}
        self.call("Input.dispatchKeyEvent", type="keyDown", **press, **text)
        self.call("Input.dispatchKeyEvent", type="keyUp", **press)

    def click(self, selector):
        x, y = self.value(
            f"(() => {{ const box = document.querySelector({json.dumps(selector)}).getBoundingClientRect();"
            " return [box.x + box.width / 2, box.y + box.height / 2] })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def look(self, width, height, scheme="light"):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
        features = [{"name": "prefers-color-scheme", "value": scheme}, {"name": "prefers-reduced-motion", "value": "reduce"}]
        self.call("Emulation.setEmulatedMedia", features=features)

    def screenshot(self, path):
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot")["data"]))


checked = 0


def hold(what, is_true):
    global checked
    checked += 1
    if not is_true:
        sys.exit(f"page: does not hold: {what}")


HERE = "document.querySelector('.here')"
IN_VIEW = f"(b => b.top >= 0 && b.bottom <= innerHeight)({HERE}.getBoundingClientRect())"
STEPANAKERT = "[...document.querySelectorAll('nav a')].find(a => a.innerText.startsWith('Stepanakert'))"


def nothing_runs_and_nothing_is_asked_for(browser, path):
    requests = [event["params"]["request"]["url"] for event in browser.events if event.get("method") == "Network.requestWillBeSent"]
    hold(f"only the page itself is loaded, not {requests}", requests == [path.as_uri()])
    hold("the title is ours", browser.value("document.title") != "run")
    hold("one script, one style", browser.value("document.querySelectorAll('script, style, img').length") == 2)
    hold("our style counts", browser.value("getComputedStyle(document.querySelector('.skip')).position") == "absolute")
    errors = [event["params"] for event in browser.events if event.get("method") in ("Runtime.exceptionThrown", "Log.entryAdded")]
    hold(f"no errors, not {errors}", not errors)
    injected = "(() => { const s = document.createElement('script'); s.textContent = 'document.title = \"run\"'; document.body.append(s); s.remove(); return document.title })()"
    hold("the policy lets no other script run", browser.value(injected) != "run")


def clicks_go_from_mention_to_mention(browser):
    browser.value(f"{STEPANAKERT}.id = 'first'")
    browser.click("#first")
    hold("a click goes to the first mention", browser.value(f"{HERE}.textContent") == "Stefancart" and browser.value(IN_VIEW))
    browser.click("#first")
    hold("the next click to the second", browser.value(f"{HERE}.textContent") == "Stepanakert" and browser.value(IN_VIEW))
    browser.click("#first")
    hold("the next to the last, far down", browser.value("scrollY") > 500 and browser.value(IN_VIEW))
    browser.value(f"{STEPANAKERT}.scrollIntoView()")
    browser.click("#first")
    hold("and round again", browser.value(f"{HERE}.textContent") == "Stefancart")
    hold("what was done is said", browser.value("said.textContent") == "Stefancart: mention 1 of 3")
    browser.value("document.querySelector('.point').dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))")
    hold("a point of the map does it too", browser.value(f"{HERE} !== null"))


def keys_do_all_that_clicks_do(browser):
    browser.value(f"{STEPANAKERT}.focus()")
    seen = []
    for key in ("ArrowRight", "Enter", "ArrowLeft"):
        browser.key(key)
        seen.append(browser.value("said.textContent").split(": mention ")[1])
    hold(f"keys step through the mentions, not {seen}", seen == ["1 of 3", "2 of 3", "1 of 3"])
    browser.key("ArrowDown")
    hold("arrows go through the list", browser.value(f"document.activeElement.dataset.s !== {STEPANAKERT}.dataset.s"))
    browser.value("document.querySelector('.mark').focus()")
    hold("a focused mention shows details", browser.value("!tip.hidden && tip.innerText.includes('Stepanakert')"))
    hold("details tell all", browser.value("['kind', 'coordinates', 'entry', 'status', 'would be written'].every(l => tip.innerText.includes(l))"))
    browser.key("ArrowRight")
    hold("an arrow goes to the next mention", browser.value("document.activeElement.textContent") == "Stepanakert")
    browser.key("Escape")
    hold("Escape closes the details", browser.value("tip.hidden"))
    browser.key("Tab")
    hold("Tab goes to the next mention", browser.value("document.activeElement.matches('.mark') && !tip.hidden"))
    hold("focus is seen", browser.value("getComputedStyle(document.activeElement).outlineStyle") != "none")


def rings_are_seen(browser):
    style = "getComputedStyle(document.querySelector('.map .doubt circle'))"
    hold("an ambiguous name has several rings", browser.value("document.querySelectorAll('.map .doubt').length") > 1)
    hold("rings are dashed and empty", browser.value(f"{style}.strokeDasharray !== 'none' && {style}.fill === 'none'"))
    hold("rings stand out from the land", browser.value(f"{style}.stroke !== getComputedStyle(document.querySelector('.land')).fill"))
    over = '''(() => {
        const boxes = selector => [...document.querySelectorAll(selector)].map(e => e.getBoundingClientRect());
        const rings = boxes('.map .doubt circle');
        return boxes('.map .label').some(l => rings.some(r => l.left < r.right && r.left < l.right && l.top + 2 < r.bottom && r.top < l.bottom - 2));
    })()'''
    hold("no name stands over a ring", not browser.value(over))
    hold("the list tells the candidates apart", browser.value("(small => new Set(small).size === small.length)(document.querySelector('nav.ambiguous small').textContent.split(' or '))"))
    browser.value("document.querySelector('.map').scrollIntoView()")
    browser.click(".map .doubt circle")
    hold("a click on a ring goes to the mention", browser.value(f"{HERE}.textContent.startsWith('Martuni')") and browser.value(IN_VIEW))


def it_fits(browser, width):
    hold(f"nothing is wider than {width} pixels", browser.value("document.documentElement.scrollWidth <= innerWidth"))


def main():
    toponorm, pictures = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not program:
        print("page: NOT RUN: no Chromium here (Debian: apt-get install chromium)")
        sys.exit(77)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        folder = pathlib.Path(folder)
        (folder / "<script>document.title='run'<").write_text(HOSTILE)
        (folder / "ambiguous.txt").write_text(AMBIGUOUS)
        page, rings = folder / "page.html", folder / "rings.html"
        for name, made in (("<script>document.title='run'<", page), ("ambiguous.txt", rings)):
            with made.open("wb") as out:
                subprocess.run([toponorm, "annotate", "--format", "html", name], cwd=folder, stdout=out, check=True)
        browser = Browser(program, folder / "profile")
        try:
            browser.look(1280, 900)
            browser.open(page)
            nothing_runs_and_nothing_is_asked_for(browser, page)
            clicks_go_from_mention_to_mention(browser)
            browser.open(page)
            keys_do_all_that_clicks_do(browser)
            for width, height in ((1280, 900), (360, 740)):
                for scheme in ("light", "dark"):
                    browser.look(width, height, scheme)
                    browser.open(page)
                    it_fits(browser, width)
                    if pictures:
                        browser.screenshot(pictures / f"{width}-{scheme}.png")
                    browser.open(rings)
                    rings_are_seen(browser)
                    if pictures:
                        browser.value("document.querySelector('.map').scrollIntoView()")
                        browser.screenshot(pictures / f"rings-{width}-{scheme}.png")
            if pictures:
                (pictures / "print.pdf").write_bytes(base64.b64decode(browser.call("Page.printToPDF")["data"]))
        finally:
            browser.process.terminate()
            browser.process.wait()
    print(f"page: {checked} passed, 0 failed")


if __name__ == "__main__":
    main()
