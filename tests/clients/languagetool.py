"""The Python client of LanguageTool, pointed at `dignity serve`. Argument: the port."""

import sys

import language_tool_python

tool = language_tool_python.LanguageTool("en-GB", remote_server=f"http://127.0.0.1:{sys.argv[1]}")
found = tool.check("She \U0001f600 is non-compliant with her tablets.")
assert len(found) == 1, found
assert found[0].offset == 9, "a character behind the emoji"
assert found[0].replacements
assert not tool.check('He said: "I am a schizo and a nutter, that is what they call me."')
print("ok: language_tool_python shows:", found[0].message[:70], "…")
