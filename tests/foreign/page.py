"""A page that opens BPMN files in bpmn-js, saves them again and writes what happened into its own text."""

from __future__ import annotations

import base64
import json
import re
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
MODELER = HERE / "node_modules" / "bpmn-js" / "dist" / "bpmn-modeler.production.min.js"
CHROMIUM = Path("/usr/bin/chromium")
_PAGE = """<!doctype html><meta charset="utf-8"><div id="canvas" style="width:1600px;height:900px"></div>
<pre id="result"></pre><script src="{modeler}"></script><script>
const files = {files};
const bytes = (text) => new TextDecoder().decode(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)));
const coded = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
(async () => {{
  const found = {{}};
  for (const [name, data] of Object.entries(files)) {{
    const modeler = new BpmnJS({{ container: '#canvas' }});
    try {{
      const {{ warnings }} = await modeler.importXML(bytes(data));
      let drawn = modeler.get('elementRegistry').getAll().length;
      const {{ xml }} = await modeler.saveXML({{ format: true }});
      let saved = '';
      for (let i = 0; i < xml.length; i += 20000) saved += coded(xml.slice(i, i + 20000)) + ' ';
      found[name] = {{ warnings: warnings.map((w) => String(w.message)), drawn, saved }};
    }} catch (error) {{ found[name] = {{ warnings: [String(error)], drawn: 0, saved: '' }}; }}
    modeler.destroy();
  }}
  document.getElementById('result').textContent = 'RESULT' + JSON.stringify(found) + 'END';
}})();
</script>"""


def open_and_save(files: dict[str, bytes], folder: Path) -> dict[str, dict]:
    """What bpmn-js says of each file: its warnings, how many elements it drew, and the file as it saves it."""
    coded = {name: base64.b64encode(data).decode() for name, data in files.items()}
    page = folder / "page.html"
    page.write_text(_PAGE.format(modeler=MODELER.as_uri(), files=json.dumps(coded)), encoding="utf-8")
    run = subprocess.run(
        [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
         "--allow-file-access-from-files", f"--user-data-dir={folder / 'browser'}", "--virtual-time-budget=120000",
         "--timeout=100000", "--dump-dom", page.as_uri()],
        capture_output=True, text=True, timeout=150, check=False,
    )  # fmt: skip
    match = re.search(r"RESULT(\{.*\})END", run.stdout, re.DOTALL)
    assert match, run.stderr[-2000:]
    text = match.group(1).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    found = json.loads(text)
    for entry in found.values():
        entry["saved"] = b"".join(base64.b64decode(part) for part in entry["saved"].split())
    return found
