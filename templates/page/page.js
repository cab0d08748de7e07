// The page without a library: forms are sent in the background, and the parts that come back take the place of the old
// ones; what others do at the project comes in by live.js. It loads nothing from elsewhere.
"use strict";
(() => {
  const body = document.body;
  const home = "/p/" + encodeURIComponent(body.dataset.project);
  const parts = document.getElementById("parts");
  const find = (name) => document.getElementById(name);
  let busy = 0;
  let asking = false;
  let last = null;
  let wanted = 0;

  // What is pressed stays where it is until it is let go: whatever is drawn anew in between would swallow the click.
  let held = false;
  const waiting = [];
  const calm = () => held ? new Promise((done) => waiting.push(done)) : Promise.resolve();
  const release = () => { held = false; waiting.splice(0).forEach((done) => done()); };
  document.addEventListener("pointerdown", () => { held = true; }, true);
  for (const over of ["pointerup", "pointercancel"]) document.addEventListener(over, () => setTimeout(release), true);
  document.addEventListener("pointermove", (event) => { if (held && !event.buttons) release(); }, true);
  window.addEventListener("blur", release);

  // The number of what is shown rises with every change: what was asked for earlier and comes later is not shown.
  const shown = () => Number(find("columns").dataset.number);
  const numberIn = (html) => Number((/ data-number="(\d+)"/.exec(html) || [0, 0])[1]);

  const place = () => {
    const at = find("columns").dataset;
    const query = new URLSearchParams(location.search);
    query.set("tab", at.tab);
    if (at.map && at.map !== "today") query.set("map", at.map); else query.delete("map");
    return query;
  };

  // What somebody is typing must not be swept away by what comes in from another browser.
  const typed = () => [...parts.querySelectorAll("input, textarea, select")].filter(
    (field) => field.type !== "hidden" && field.type !== "file" && (field.value !== start(field) || field === document.activeElement));
  const start = (field) => field.tagName === "SELECT"
    ? ([...field.options].find((option) => option.defaultSelected) || field.options[0] || { value: "" }).value : field.defaultValue;
  const key = (field) => {
    const form = field.form;
    const told = form ? [...form.querySelectorAll("input[type=hidden]")].map((one) => one.value).join("|") : "";
    return (form ? form.getAttribute("action") : "") + "|" + told + "|" + field.name;
  };

  const show = (html, sent) => {
    const kept = new Map();
    const active = parts.contains(document.activeElement) ? document.activeElement : null;
    const focus = active && active.name ? key(active) : "";
    const chosen = active ? active.dataset.step || "" : "";
    for (const field of typed()) if (!sent || field.form !== sent) kept.set(key(field), field.value);
    const open = [...parts.querySelectorAll("details")].map((one) => one.open);
    const scrolled = scroller().scrollTop;
    const down = parts.querySelector(".work").scrollTop;
    const menu = !sent || !sent.closest("#menu") ? find("menu").innerHTML : "";
    const result = find("whatif-result") ? find("whatif-result").innerHTML : "";
    const old = find("columns").dataset.tab;
    const turns = find("log").textContent;
    parts.innerHTML = html;
    if (menu) find("menu").innerHTML = menu;
    if (result && find("whatif-result")) find("whatif-result").innerHTML = result;
    for (const field of parts.querySelectorAll("input, textarea, select")) {
      if (field.type !== "file" && kept.has(key(field))) field.value = kept.get(key(field));
      if (focus && field.type !== "hidden" && key(field) === focus) field.focus({ preventScroll: true });
    }
    if (chosen) {
      const again = [...parts.querySelectorAll("[data-step]")].find((one) => one.dataset.step === chosen);
      if (again) again.focus({ preventScroll: true });
    }
    const fresh = [...parts.querySelectorAll("details")];
    if (fresh.length === open.length) fresh.forEach((one, at) => { one.open = open[at]; });
    if (old === find("columns").dataset.tab) parts.querySelector(".work").scrollTop = down;
    const log = find("log");
    if (last && last.working) work(last.working, last.heard, last.lines, last.written);
    if (log.textContent !== turns) newest(); else scroller().scrollTop = scrolled;
    size();
  };

  // An answer longer than the window is read from its beginning.
  // What is asked stands below it, in sight where there is room.
  const scroller = () => getComputedStyle(find("log")).overflowY === "auto" ? find("log") : find("turns");
  const newest = () => {
    const box = scroller();
    const last = find("log").lastElementChild;
    const reply = last && (last.querySelector(".reply") || last);
    const rest = last ? box.scrollHeight - last.offsetTop : 0;
    box.scrollTop = rest > box.clientHeight ? (last.offsetHeight > box.clientHeight ? reply : last).offsetTop : box.scrollHeight;
  };

  const SILENT = "The page's program does not answer. What was confirmed is kept.";
  const say = async (text) => {
    await calm();
    const notice = find("notice");
    notice.textContent = "";
    for (const line of text ? text.split("\n") : []) {
      const told = document.createElement("p");
      told.textContent = line;
      notice.append(told);
    }
  };

  // A turn on its way: what is done, since how many seconds, whose words it is about and what came of them so far.
  let since = 0;
  let doing = "";
  const work = (text, heard = "", lines = [], written = []) => {
    if (text !== doing) since = Date.now();
    doing = text;
    if (find("working").textContent !== text) find("working").textContent = text;
    const old = parts.querySelector(".coming");
    if (old) old.remove();
    if (!text || !(heard || lines.length || written.length)) { tick(); return; }
    const log = find("log"), box = scroller(), atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 60;
    const turn = document.createElement("article");
    turn.className = "turn coming";
    turn.setAttribute("aria-live", "off");
    const head = written.length ? [["soft small", "The model is writing; nothing of it is taken over before it was checked:"]] : [];
    const told = [...lines.map((one) => ["soft", one]), ...head, ...written.map((one) => ["written", one])];
    for (const [kind, line] of [["said", heard], ...told]) {
      if (!line) continue;
      const told = document.createElement("p");
      told.className = kind;
      told.textContent = line;
      turn.append(told);
    }
    log.append(turn);
    if (atEnd || !old) newest();
    tick();
  };
  const tick = () => { find("since").textContent = doing && Date.now() - since > 1500 ? Math.round((Date.now() - since) / 1000) + " s" : ""; };
  setInterval(tick, 1000);

  const send = async (address, options, form) => {
    busy += 1;
    const buttons = form ? [...form.querySelectorAll("button")] : [];
    buttons.forEach((button) => { button.disabled = true; });
    work("Working at it …", form && form.id === "say" ? find("words").value : "");
    const before = String(place());
    try {
      const answer = await fetch(address, { ...options, headers: { ...(options.headers || {}), "X-Parts": "1" } });
      const text = await answer.text();
      await calm();
      const html = (answer.headers.get("content-type") || "").startsWith("text/html");
      if (html && answer.ok) await came(text, form, address, before);
      else say(html ? plain(text) : text);
    } catch (error) {
      say(SILENT + "\nStart `assistant page` again: this page then goes on, or open the link it prints.");
    } finally {
      busy -= 1;
      buttons.forEach((button) => { button.disabled = false; });
      work("");
      again();
    }
  };

  // Whoever chose a tab while a turn was read stays there; what there is to tell of the turn is told all the same.
  const came = async (text, form, address, before) => {
    const looked = address.toString().includes("/propose");
    if (looked) find("menu").textContent = "";
    if (String(place()) === before) {
      wanted += 1;
      if (numberIn(text) >= shown()) show(text, form);
      if (looked) find("panel").scrollIntoView({ block: "start" });
      return;
    }
    await go(place(), form);
    const told = new DOMParser().parseFromString(text, "text/html").getElementById("notice");
    if (told) find("notice").replaceChildren(...told.children);
  };

  const plain = (html) => [...new DOMParser().parseFromString(html, "text/html").querySelectorAll("p")].map((one) => one.textContent).join("\n");

  const part = async (address, into) => {
    try {
      const answer = await fetch(address);
      const text = await answer.text();
      await calm();
      if (answer.ok) into.innerHTML = text; else say(plain(text) || text);
      return answer.ok;
    } catch (error) {
      say(SILENT);
      return false;
    }
  };

  // The parts as the address asks for them; where something else was asked for meanwhile, that counts.
  const go = async (query, sent) => {
    const mine = wanted += 1;
    try {
      const answer = await fetch(home + "/parts?" + query);
      const text = await answer.text();
      await calm();
      if (mine !== wanted) return;
      if (!answer.ok) { say(plain(text) || text); return; }
      history.replaceState(null, "", home + "?" + query);
      show(text, sent);
    } catch (error) {
      say(SILENT);
    }
  };

  // A tab that was chosen is of no use below the edge of the window.
  const near = () => {
    if (find("panel").getBoundingClientRect().top > window.innerHeight * 0.6) find("panel").scrollIntoView({ block: "start" });
  };

  // Several files are taken in one after the other, as if they had been brought one by one.
  const upload = async (files) => { for (const file of [...files].slice(0, 20)) await bring(file); };
  const bring = (file) => {
    if (file.size > 20000000) { say(file.name + " is too large: at most 20 MB are taken."); return null; }
    return send(home + "/upload?name=" + encodeURIComponent(file.name) + "&" + place(), { method: "POST", body: file });
  };

  // To the first question that has no answer yet.
  const ask = () => {
    const form = parts.querySelector(".questions");
    form.open = true;
    const fields = [...form.querySelectorAll("input")];
    (fields.find((field) => !field.value) || fields[0]).focus();
    form.scrollIntoView({ block: "nearest" });
  };

  const close = () => {
    find("menu").textContent = "";
    document.dispatchEvent(new CustomEvent("map:closed"));
  };

  const step = async (name) => {
    if (await part(home + "/step/" + encodeURIComponent(name), find("menu"))) {
      const menu = find("menu");
      const first = menu.querySelector("form input:not([type=hidden]), form select") || menu.querySelector("button");
      if (first) first.focus({ preventScroll: true });
      find("menu").scrollIntoView({ block: "nearest" });
    }
  };

  // A drawing of the library: as wide as there is room for.
  const size = () => {
    for (const canvas of parts.querySelectorAll(".canvas")) {
      const drawing = canvas.querySelector("svg");
      const box = drawing.viewBox.baseVal;
      const wide = (canvas.clientWidth - 4) / box.width;
      const scale = Math.min(1, wide, Math.max(wide, (window.innerHeight * 0.5) / box.height));
      drawing.setAttribute("width", Math.round(box.width * scale));
      drawing.setAttribute("height", Math.round(box.height * scale));
    }
  };
  document.addEventListener("map:step", (event) => step(event.detail));

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if ("search" in form.dataset) {
      event.preventDefault();
      go(new URLSearchParams(new FormData(form)));
      return;
    }
    if (!("live" in form.dataset)) return;
    event.preventDefault();
    const button = event.submitter;
    const fields = new URLSearchParams(new FormData(form));
    if (button && button.name) fields.set(button.name, button.value);
    const asked = button && button.getAttribute("formaction");
    const address = new URL(asked || form.getAttribute("action"), location.href);
    for (const [name, value] of place()) if (!address.searchParams.has(name)) address.searchParams.set(name, value);
    const typedIn = button && "word" in button.dataset ? null : form;
    send(address, { method: "POST", body: fields, headers: { "Content-Type": "application/x-www-form-urlencoded" } }, typedIn);
  });

  document.addEventListener("click", (event) => {
    const at = event.target.closest("[data-tab], a[data-map], [data-close], [data-fill], [data-ask], [data-step], [data-entry]");
    if (!at || at.id === "columns") return;
    if (at.matches("a[data-tab]")) { event.preventDefault(); const query = place(); query.set("tab", at.dataset.tab); go(query).then(near); }
    else if (at.matches("a[data-map]")) { event.preventDefault(); const query = place(); query.set("map", at.dataset.map); go(query); }
    else if (at.dataset.fill) { find("words").value = at.dataset.fill; find("words").focus(); }
    else if ("ask" in at.dataset) ask();
    else if ("close" in at.dataset) close();
    else if (at.dataset.step) step(at.dataset.step);
    else if (at.dataset.entry) part(home + "/entry/" + encodeURIComponent(at.dataset.entry), find("entry")).then(() => { size(); find("entry").scrollIntoView({ block: "start" }); });
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && find("menu").firstChild) close();
    if (event.target.id === "words" && event.key === "Enter" && (event.ctrlKey || event.metaKey)) find("say").requestSubmit(find("say").querySelector(".main"));
  });

  document.addEventListener("change", (event) => {
    if ("upload" in event.target.dataset) { upload(event.target.files); event.target.value = ""; }
    else if (event.target.form && "cell" in event.target.form.dataset) event.target.form.requestSubmit();
  });
  const files = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
  document.addEventListener("dragover", (event) => { if (files(event)) { event.preventDefault(); body.classList.add("dropping"); } });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) body.classList.remove("dropping"); });
  document.addEventListener("drop", (event) => {
    if (!files(event)) return;
    event.preventDefault();
    body.classList.remove("dropping");
    if (find("file")) upload(event.dataTransfer.files);
  });

  // What the program tells of the project as it happens (live.js hears it).
  const hear = async (told) => {
    last = told;
    if (told.gone) { say(told.gone); return; }
    work(told.working, told.heard, told.lines, told.written);
    if (busy || asking || told.number === shown()) return;
    asking = true;
    const mine = wanted;
    try {
      const answer = await fetch(home + "/parts?" + place());
      const text = await answer.text();
      await calm();
      if (!answer.ok) throw new Error(text);
      if (!busy && mine === wanted && numberIn(text) >= shown()) show(text);
    } catch (error) {
      setTimeout(again, 2000);
      return;
    } finally {
      asking = false;
    }
    again();
  };
  const again = () => { if (last && !busy && last.number > shown()) hear(last); };
  window.page = { home, hear, say, calm };
  window.addEventListener("resize", size);
  size();
  newest();
})();
