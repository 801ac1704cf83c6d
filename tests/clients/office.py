"""LibreOffice's own grammar checker, pointed at `dignity serve`. Argument: the port. Runs with the system's python3 (uno)."""

import pathlib
import subprocess
import sys
import tempfile
import time

import uno
from com.sun.star.lang import Locale

PORT = sys.argv[1]
TEXT = "She \U0001f600 is non-compliant with her tablets."

with tempfile.TemporaryDirectory() as profile:
    user = pathlib.Path(profile, "user")
    user.mkdir()
    path = "/org.openoffice.Office.Linguistic/GrammarChecking/LanguageTool"
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for name, value in [("BaseURL", f"http://127.0.0.1:{PORT}/v2"), ("IsEnabled", "true")]
    )
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">' + items + "</oor:items>"
    )
    pipe = "dignity" + PORT
    office = subprocess.Popen(
        ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--norestore", f"--accept=pipe,name={pipe};urp;"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for _ in range(120):
            try:
                context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                break
            except Exception:
                time.sleep(0.5)
        manager = context.ServiceManager
        checker = manager.createInstanceWithContext("org.openoffice.lingu.LanguageToolGrammarChecker", context)
        found = []
        for _ in range(20):
            result = checker.doProofreading("1", TEXT, Locale("en", "GB", ""), 0, len(TEXT.encode("utf-16-le")) // 2, ())
            found = result.aErrors
            if found:
                break
            time.sleep(0.5)
        assert len(found) == 1, found
        assert found[0].nErrorStart == 10 and found[0].nErrorLength == 13, found[0]
        assert found[0].aSuggestions, "other wordings are offered"
        print("ok: LibreOffice shows:", found[0].aFullComment[:70], "…")
    finally:
        office.terminate()
        office.wait(timeout=30)
