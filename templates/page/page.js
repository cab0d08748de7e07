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
  let aim = "";
  const said = new Map();

  // What is pressed stays where it is until it is let go: whatever is drawn anew in between would swallow the click.
  let held = false;
  const waiting = [];
  const calm = () => held ? new Promise((done) => waiting.push(done)) : Promise.resolve();
  const release = () => { held = false; waiting.splice(0).forEach((done) => done()); };
  document.addEventListener("pointerdown", () => { held = true; }, true);
  // After a finger the click comes a little later.
  for (const over of ["pointerup", "pointercancel"]) document.addEventListener(over, (event) => setTimeout(release, event.pointerType === "mouse" ? 0 : 60), true);
  document.addEventListener("pointermove", (event) => { if (held && !event.buttons) release(); }, true);
  // The space bar presses a button when it is let go, as a mouse does.
  document.addEventListener("keydown", (event) => { if (event.key === " " && event.target.closest("button, summary")) held = true; }, true);
  document.addEventListener("keyup", (event) => { if (event.key === " ") setTimeout(release); }, true);
  window.addEventListener("blur", release);

  // The number of what is shown rises with every change: what was asked for earlier and comes later is not shown.
  const shown = () => Number(find("columns").dataset.number);
  const numberIn = (html) => Number((/ data-number="(\d+)"/.exec(html) || [0, 0])[1]);

  // Where whoever looks is, or wants to be: what is pressed counts from then on, and not only once it is there.
  const place = () => aim ? new URLSearchParams(aim) : there(location.search);
  const there = (search) => {
    const at = find("columns").dataset;
    const query = new URLSearchParams(search);
    query.set("tab", at.tab);
    if (at.map && at.map !== "today") query.set("map", at.map); else query.delete("map");
    return query;
  };
  const arrived = (text, query) => {
    wanted += 1;
    aim = "";
    show(text);
    history.replaceState(null, "", home + "?" + there(query));
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

  // Whoever writes on while the first words are on their way has said those: only what came behind them stays.
  const unsaid = (field) => {
    const sent = said.get(key(field));
    return sent && field.tagName === "TEXTAREA" && field.value.startsWith(sent) ? field.value.slice(sent.length).trimStart() : field.value;
  };

  // What folds, each by its name and the how-many-th of that name it is.
  const folds = () => {
    const count = {};
    return [...parts.querySelectorAll("details")].map((fold) => {
      const name = fold.className || fold.querySelector("summary").textContent;
      count[name] = (count[name] || 0) + 1;
      return [name + count[name], fold];
    });
  };

  const OPENED = ["menu", "entry", "whatif-result"];
  const searched = () => (parts.querySelector("[data-search] [name=q]") || { defaultValue: "" }).defaultValue;

  const show = (html) => {
    const kept = new Map();
    const active = parts.contains(document.activeElement) ? document.activeElement : null;
    const focus = active && active.name ? key(active) : "";
    const chosen = active ? active.dataset.step || "" : "";
    for (const field of typed()) if (said.get(key(field)) !== field.value) kept.set(key(field), unsaid(field));
    said.clear();
    const open = new Map(folds().map(([name, fold]) => [name, fold.open]));
    const scrolled = scroller().scrollTop;
    const down = parts.querySelector(".work").scrollTop;
    const opened = new Map(OPENED.map((name) => [name, find(name) ? [...find(name).childNodes] : []]));
    const search = searched();
    const old = find("columns").dataset.tab;
    const turns = find("log").textContent;
    parts.innerHTML = html;
    if (search !== searched()) opened.delete("entry");
    for (const [name, inside] of opened) if (inside.length && find(name)) find(name).replaceChildren(...inside);
    for (const field of parts.querySelectorAll("input, textarea, select")) {
      if (field.type !== "file" && kept.has(key(field))) field.value = kept.get(key(field));
      if (focus && field.type !== "hidden" && key(field) === focus) field.focus({ preventScroll: true });
    }
    if (chosen) {
      const again = [...parts.querySelectorAll("[data-step]")].find((one) => one.dataset.step === chosen);
      if (again) again.focus({ preventScroll: true });
    }
    for (const [name, fold] of folds()) if (open.has(name)) fold.open = open.get(name);
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

  const send = async (address, options, form, once = []) => {
    busy += 1;
    const buttons = form ? [...form.querySelectorAll("button")] : once;
    buttons.forEach((button) => { button.disabled = true; });
    work("Working at it …", form && form.id === "say" ? find("words").value : "");
    const sent = { place: String(place()), menu: form && form.closest("#menu") ? presses.menu : "",
      fields: form ? [...form.querySelectorAll("input, textarea, select")].map((field) => [key(field), field.value]) : [] };
    try {
      const answer = await fetch(address, { ...options, headers: { ...(options.headers || {}), "X-Parts": "1" } });
      const text = await answer.text();
      await calm();
      const html = (answer.headers.get("content-type") || "").startsWith("text/html");
      if (html && answer.ok) await came(text, sent, address);
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
  const came = async (text, sent, address) => {
    const looked = address.toString().includes("/propose");
    for (const [name, value] of sent.fields) said.set(name, value);
    if (looked || sent.menu === presses.menu) find("menu").textContent = "";
    const stayed = String(place()) === sent.place;
    if (stayed && numberIn(text) >= shown()) arrived(text, sent.place);
    else {
      await go(place());
      const told = new DOMParser().parseFromString(text, "text/html").getElementById("notice");
      if (told) find("notice").replaceChildren(...told.children);
    }
    if (looked && stayed) find("panel").scrollIntoView({ block: "start" });
  };

  const plain = (html) => [...new DOMParser().parseFromString(html, "text/html").querySelectorAll("p")].map((one) => one.textContent).join("\n");

  // What is opened within the parts, by the name of its place: the last press counts, and the parts may be new by then.
  const presses = { menu: 0, entry: 0 };
  const part = async (address, name) => {
    const mine = presses[name] += 1;
    try {
      const answer = await fetch(address);
      const text = await answer.text();
      await calm();
      if (mine !== presses[name] || !find(name)) return false;
      if (answer.ok) find(name).innerHTML = text; else say(plain(text) || text);
      return answer.ok;
    } catch (error) {
      say(SILENT);
      return false;
    }
  };

  // The parts as the address asks for them; where something else was asked for meanwhile, that counts.
  const go = async (query) => {
    const mine = wanted += 1;
    aim = String(query);
    try {
      const answer = await fetch(home + "/parts?" + query);
      const text = await answer.text();
      await calm();
      if (mine !== wanted) return;
      aim = "";
      if (answer.ok) arrived(text, query); else say(plain(text) || text);
    } catch (error) {
      if (mine === wanted) aim = "";
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
    presses.menu += 1;
    find("menu").textContent = "";
    document.dispatchEvent(new CustomEvent("map:closed"));
  };

  const step = async (name) => {
    if (await part(home + "/step/" + encodeURIComponent(name), "menu")) {
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
      const query = place();
      for (const [name, value] of new FormData(form)) query.set(name, value);
      go(query);
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
    const once = !typedIn && asked && asked.endsWith("/propose") ? [button] : [];
    send(address, { method: "POST", body: fields, headers: { "Content-Type": "application/x-www-form-urlencoded" } }, typedIn, once);
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
    else if (at.dataset.entry) part(home + "/entry/" + encodeURIComponent(at.dataset.entry), "entry").then((came) => { if (came) { size(); find("entry").scrollIntoView({ block: "start" }); } });
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

  // Of a project that is there no longer nothing can be pressed.
  const gone = (text) => {
    const told = document.createElement("div");
    told.className = "front blank";
    told.setAttribute("role", "alert");
    const first = document.querySelector(".top a[href='/']");
    for (const line of text.split("\n").filter((line) => !line.includes("`")).concat(first ? [""] : [])) {
      const paragraph = document.createElement("p");
      paragraph.append(line || "", ...(line ? [] : [Object.assign(first.cloneNode(), { textContent: "The projects there are" })]));
      told.append(paragraph);
    }
    say("");
    parts.inert = true;
    parts.style.display = "none";
    parts.before(told);
  };

  // What the program tells of the project as it happens (live.js hears it).
  const hear = async (told) => {
    last = told;
    if (told.gone) { gone(told.gone); return; }
    work(told.working, told.heard, told.lines, told.written);
    if (busy || asking || told.number <= shown()) return;
    asking = true;
    const mine = wanted, query = place();
    try {
      const answer = await fetch(home + "/parts?" + query);
      const text = await answer.text();
      await calm();
      if (!answer.ok) throw new Error(text);
      if (!busy && mine === wanted && numberIn(text) >= shown()) arrived(text, query);
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
