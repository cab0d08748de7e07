// What lies over the map: colours by waiting, cost or load, and a play of the simulation, case by case. Both come from
// the program's own simulation of what is drawn; nothing is made up here.
"use strict";
(() => {
  const map = window.theMap;
  const find = (name) => document.getElementById(name);
  const SHADES = 5;
  const SECONDS = 45;
  const CROSSING = 0.45;
  const MOST_DOTS = 6;
  let by = "";
  let heat = null;
  let play = null;
  let chosen = 0;
  let coming = null;

  const drawing = () => (map.which() === "today" ? map.shown()[0] : null);
  const fetched = async (address) => {
    const answer = await fetch(map.home + address).catch(() => null);
    if (!answer) return { told: "The page's program does not answer." };
    return answer.ok ? answer.json() : { told: await answer.text().then((text) => new DOMParser().parseFromString(text, "text/html").body.textContent.trim()) };
  };
  const line = (text, kind) => {
    const told = document.createElement("p");
    told.className = kind || "";
    told.textContent = text;
    return told;
  };

  const cool = () => {
    const on = drawing();
    if (!on || !on.data) return;
    on.box.classList.remove("heated");
    on.get("overlays").remove({ type: "heat" });
    for (const id of Object.keys(on.data.shapes)) {
      if (on.element(id)) for (let shade = 1; shade <= SHADES; shade += 1) on.get("canvas").removeMarker(id, "heat-" + shade);
    }
  };

  const warm = () => {
    cool();
    const on = drawing();
    if (!on || !heat || !heat.steps) return;
    on.box.classList.add("heated");
    for (const [id, shape] of Object.entries(on.data.shapes)) {
      const told = heat.steps[shape.block];
      if (!told || !on.element(id)) continue;
      on.get("canvas").addMarker(id, "heat-" + told.shade);
      on.badge(id, told.text, told.told, "is-heat", { bottom: 10, left: 4 }, "heat");
    }
  };

  const told = () => {
    const box = find("layer");
    if (!box) return;
    if (play) { if (!box.contains(play.panel)) box.replaceChildren(play.panel); return; }
    if (!heat || !drawing()) { box.replaceChildren(); return; }
    const legend = document.createElement("p");
    legend.className = "legend";
    legend.append(heat.by ? heat.by + ": little " : "");
    if (heat.by) for (let shade = 1; shade <= SHADES; shade += 1) { const field = document.createElement("span"); field.className = "shade heat-" + shade; legend.append(field); }
    if (heat.by) legend.append(" much. ");
    legend.append(heat.told);
    box.replaceChildren(legend, line(heat.play || "", "soft small"));
  };

  const choose = async (kind) => {
    const mine = chosen += 1;
    by = kind;
    heat = kind ? { told: "Playing it to see …", steps: null } : null;
    told();
    if (kind) {
      const found = await fetched("/heat?by=" + kind);
      if (mine !== chosen) return;
      heat = found;
    }
    warm();
    told();
  };

  // The way from one shape to another along the arrows, as the points a case goes by; straight where there is none.
  const way = (on, from, to) => {
    const key = from.id + ">" + to.id;
    if (on.ways.has(key)) return on.ways.get(key);
    const before = new Map([[from, null]]), queue = [from];
    while (queue.length && !before.has(to)) {
      for (const flow of queue.shift().outgoing) {
        if (flow.type === "bpmn:SequenceFlow" && !before.has(flow.target)) { before.set(flow.target, flow); queue.push(flow.target); }
      }
    }
    let points = [];
    for (let at = to; before.get(at); at = before.get(at).source) points = [...before.get(at).waypoints, ...points];
    if (!points.length) points = [from, to].map((end) => ({ x: end.x + end.width / 2, y: end.y + end.height / 2 }));
    on.ways.set(key, points);
    return points;
  };
  const along = (points, part) => {
    const lengths = points.slice(1).map((point, at) => Math.hypot(point.x - points[at].x, point.y - points[at].y));
    let left = part * lengths.reduce((sum, length) => sum + length, 0);
    for (let at = 0; at < lengths.length; at += 1) {
      if (left <= lengths[at]) {
        const share = lengths[at] ? left / lengths[at] : 0;
        return { x: points[at].x + (points[at + 1].x - points[at].x) * share, y: points[at].y + (points[at + 1].y - points[at].y) * share };
      }
      left -= lengths[at];
    }
    return points[points.length - 1];
  };

  const clock = (seconds) => {
    const day = Math.floor(seconds / 86400), rest = Math.floor(seconds % 86400 / 60);
    return "Day " + (day + 1) + ", " + String(Math.floor(rest / 60)).padStart(2, "0") + ":" + String(rest % 60).padStart(2, "0");
  };

  // Each visit knows where its case came from: the visit of the same case that was over last before it began.
  const prepared = (data) => {
    const visits = data.visits.map(([number, step, came, left]) => ({ number, step, came, left, from: null }));
    const byCase = new Map();
    for (const visit of visits) {
      const earlier = byCase.get(visit.number) || [];
      visit.from = earlier.filter((other) => other.left <= visit.came + 1e-6).reduce((last, other) => (!last || other.left > last.left ? other : last), null);
      byCase.set(visit.number, [...earlier, visit]);
    }
    return visits;
  };

  const panel = (data, end) => {
    const box = document.createElement("div");
    box.className = "player";
    const button = document.createElement("button");
    const range = document.createElement("input");
    const output = document.createElement("output");
    button.type = "button";
    range.type = "range";
    Object.assign(range, { min: 0, max: 1000, value: 0 });
    range.setAttribute("aria-label", "Where in the play");
    const row = document.createElement("div");
    row.className = "row";
    row.append(button, range, output);
    box.append(row, line(data.told, "soft small"), ...data.notes.map((note) => line(note, "soft small")));
    return { box, button, range, output, end };
  };

  const lit = (on) => {
    if (!find("playing")) return;
    find("playing").setAttribute("aria-pressed", String(on));
    find("playing").textContent = on ? "Stop the play" : "Play it";
  };

  const start = async () => {
    const mine = coming = {};
    lit(true);
    const data = await fetched("/play");
    if (mine !== coming) return;
    coming = null;
    const on = drawing();
    lit(Boolean(on && data.visits && data.visits.length));
    if (!data.visits || !data.visits.length) { heat = { told: data.told || "There is nothing to play." }; told(); return; }
    if (!on) return;
    const ends = data.visits.map((visit) => visit[3]);
    const first = data.starts[0], end = Math.max(...ends);
    const made = panel(data, end);
    play = { data, visits: prepared(data), first, end, now: first, running: true, last: 0, panel: made.box, ...made };
    made.button.addEventListener("click", () => { play.running = !play.running; if (play.now >= end) play.now = first; tick(); });
    made.range.addEventListener("input", () => { play.now = first + (end - first) * made.range.value / 1000; play.running = false; draw(); });
    told();
    play.last = performance.now();
    requestAnimationFrame(tick);
  };

  const stop = () => {
    play = coming = null;
    for (const on of map.shown()) on.get("canvas").getLayer("play").replaceChildren();
    lit(false);
    told();
  };

  const tick = (now) => {
    if (!play) return;
    if (typeof now !== "number") { play.last = performance.now(); requestAnimationFrame(tick); return; }
    if (play.running) {
      play.now += (now - play.last) / 1000 * (play.end - play.first) / SECONDS;
      if (play.now >= play.end) { play.now = play.end; play.running = false; }
    }
    play.last = now;
    draw();
    if (play.running) requestAnimationFrame(tick);
  };

  const draw = () => {
    const on = drawing();
    if (!on || !play) return;
    on.ways = on.ways || new Map();
    const layer = on.get("canvas").getLayer("play", 20), here = new Map(), dots = [];
    const crossing = CROSSING * (play.end - play.first) / SECONDS;
    for (const visit of play.visits) {
      if (visit.came > play.now || visit.left + crossing < play.now) continue;
      const element = on.elementOf(visit.step);
      if (!element) continue;
      const from = visit.from && on.elementOf(visit.from.step);
      const part = Math.min(1, (play.now - visit.came) / crossing);
      if (from && part < 1) dots.push({ ...along(way(on, from, element), part), number: visit.number });
      else if (visit.left >= play.now) here.set(element, [...(here.get(element) || []), visit.number]);
    }
    for (const [element, numbers] of here) {
      numbers.slice(0, MOST_DOTS).forEach((number, at) => dots.push({ x: element.x + 9 + at * 13, y: element.y + element.height + 9, number }));
      if (numbers.length > MOST_DOTS) dots.push({ x: element.x + 9 + MOST_DOTS * 13, y: element.y + element.height + 13, text: "+" + (numbers.length - MOST_DOTS) });
    }
    layer.replaceChildren(...dots.map((dot) => {
      const made = document.createElementNS("http://www.w3.org/2000/svg", dot.text ? "text" : "circle");
      if (dot.text) { made.textContent = dot.text; made.setAttribute("x", dot.x); made.setAttribute("y", dot.y); }
      else { made.setAttribute("cx", dot.x); made.setAttribute("cy", dot.y); made.setAttribute("r", 6); }
      made.setAttribute("class", dot.text ? "dotcount" : "dot dot-" + dot.number % 6);
      return made;
    }));
    const came = play.data.starts.filter((at) => at <= play.now).length;
    const over = play.data.ends.filter((at) => at !== null && at <= play.now).length;
    play.output.textContent = clock(play.now) + " · " + (came - over) + " under way, " + over + " done";
    play.range.value = String(Math.round(1000 * (play.now - play.first) / (play.end - play.first || 1)));
    play.button.textContent = play.running ? "Pause" : play.now >= play.end ? "Again" : "Go on";
  };

  document.addEventListener("change", (event) => { if (event.target.id === "colours") choose(event.target.value); });
  document.addEventListener("click", (event) => { if (event.target.id === "playing") { if (play || coming) stop(); else start(); } });

  // What was drawn anew is coloured anew; what is no longer the process that was played is not played on.
  map.onShown((fresh) => {
    const on = drawing();
    if (on && fresh) on.ways = new Map();
    if (find("colours")) find("colours").value = by;
    if (play && fresh) stop();
    if (coming && fresh) start(); else if (play || coming) lit(true);
    if (fresh && by && on) choose(by); else if (fresh) told();
    if (!fresh) told();
  });
})();
