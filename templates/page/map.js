// The map of the page: fetches what is to be drawn whenever the parts of the page change, and keeps the drawing when the
// rest is swapped, so that zoom, place and focus stay.
"use strict";
(() => {
  const parts = document.getElementById("parts");
  const find = (name) => document.getElementById(name);
  const home = "/p/" + encodeURIComponent(document.body.dataset.project);
  const boxes = [];
  const drawings = [];
  const listeners = [];
  let wanted = "";
  let drawn = "";
  let asking = new AbortController();
  let following = false;
  let which = "";
  let caption = "";
  let focus = "";

  const asks = {
    writes: () => Boolean(find("mapedit")),
    menu: (block) => document.dispatchEvent(new CustomEvent("map:step", { detail: block })),
    edit: (what, step, value) => {
      const form = find("mapedit");
      if (!form) return;
      for (const [name, told] of Object.entries({ what, step, value })) form.elements[name].value = told;
      form.requestSubmit();
    },
    shown: () => listeners.forEach((hear) => hear(true)),
  };

  // The boxes live here and move into whatever stage the page has now.
  const place = (count) => {
    const stage = find("canvas");
    while (boxes.length < count) {
      const box = document.createElement("div");
      box.className = "drawing";
      boxes.push(box);
    }
    stage.replaceChildren(...boxes.slice(0, count));
    stage.classList.toggle("two", count === 2);
    for (let at = drawings.length; at < count; at += 1) drawings.push(new MapDrawing(boxes[at], asks));
    drawings.slice(0, count).forEach((drawing) => drawing.get("canvas").resized());
  };

  const shown = () => drawings.slice(0, find("canvas") ? find("canvas").children.length : 0);

  const titles = (data) => boxes.forEach((box, at) => {
    box.dataset.title = data.drawings.length > 1 && data.drawings[at] ? data.drawings[at].title : "";
  });

  const together = () => {
    if (shown().length !== 2) return;
    shown().forEach((drawing, at) => drawing.get("eventBus").on("canvas.viewbox.changed", () => {
      const other = drawings[1 - at];
      const { x, y, width, height } = drawing.get("canvas").viewbox();
      if (shown().length !== 2 || !other.data || together.held || ![x, y].every(Number.isFinite) || !(width > 0 && height > 0)) return;
      together.held = true;
      other.get("canvas").viewbox({ x, y, width, height });
      together.held = false;
    }));
  };

  // The map the parts ask for. One is drawn after the other, and what was asked for last is what is drawn in the end,
  // however late the answer to an earlier wish comes.
  const refresh = () => {
    const stage = find("canvas");
    const at = find("columns").dataset;
    const before = wanted;
    wanted = stage ? [at.number, at.map, at.tab === "findings"].join("|") : "";
    if (wanted !== before) asking.abort();
    if (!stage) { drawn = ""; return; }
    if (boxes.length && !stage.firstChild) { place(boxes.filter((box) => box.dataset.used).length || 1); again(); }
    find("caption").textContent = caption;
    stage.setAttribute("aria-busy", String(wanted !== drawn));
    if (wanted === drawn) listeners.forEach((hear) => hear(false)); else follow();
  };

  const follow = async () => {
    if (following) return;
    following = true;
    try {
      while (wanted && wanted !== drawn) await draw(wanted);
    } finally {
      following = false;
    }
  };

  // What is to be drawn; null where it is refused, or no longer asked for. A program that does not answer may come back.
  const fetched = async (key) => {
    while (key === wanted) {
      asking = new AbortController();
      const at = find("columns").dataset;
      try {
        const answer = await fetch(home + "/map?" + new URLSearchParams({ map: at.map, tab: at.tab }), { signal: asking.signal });
        return answer.ok ? await answer.json() : null;
      } catch (error) {
        if (key === wanted) await new Promise((done) => setTimeout(done, 2000));
      }
    }
    return null;
  };

  const draw = async (key) => {
    const data = await fetched(key);
    await window.page.calm();
    if (key !== wanted) return;
    if (!data) { wanted = ""; return; }
    drawn = key;
    const first = boxes.length < 2 && data.drawings.length === 2;
    place(data.drawings.length);
    boxes.forEach((box, number) => { box.dataset.used = number < data.drawings.length ? "1" : ""; });
    const same = which === data.which;
    which = data.which;
    caption = data.caption;
    find("caption").textContent = caption;
    titles(data);
    await Promise.all(data.drawings.map((told, number) => drawings[number].show(told, same)));
    if (first) together();
    if (data.drawings.length === 2) drawings[1].lead(drawings[0]);
    again();
    if (key !== wanted) return;
    find("canvas").setAttribute("aria-busy", "false");
    document.body.dataset.drawn = key;
    performance.mark("map-drawn");
    listeners.forEach((hear) => hear(true));
  };

  const again = () => {
    if (!focus || document.activeElement !== document.body) return;
    const shape = parts.querySelector(`#canvas [data-block="${CSS.escape(focus)}"]`);
    if (shape) shape.focus({ preventScroll: true });
  };
  // A name that is written in its place is written at its step.
  document.addEventListener("map:written", () => setTimeout(again));
  document.addEventListener("focusin", (event) => {
    if (event.target.closest(".djs-direct-editing-parent")) return;
    const shape = event.target.closest("#canvas [data-block]");
    focus = shape ? shape.dataset.block : "";
  });

  // The wheel turns the page; over a map that was chosen, or with Ctrl, it moves the map.
  document.addEventListener("wheel", (event) => {
    const stage = event.target.closest && event.target.closest("#canvas");
    if (stage && !event.ctrlKey && !stage.contains(document.activeElement)) event.stopImmediatePropagation();
  }, { capture: true, passive: true });

  // A map that is asked for from below is brought into sight.
  document.addEventListener("click", (event) => {
    if (event.target.closest("#panel a[data-map]")) find("map").scrollIntoView({ block: "start" });
    const button = event.target.closest("[data-zoom]");
    if (!button) return;
    if (button.dataset.zoom === "large") {
      const large = find("map").classList.toggle("large");
      document.body.classList.toggle("maplarge", large);
      button.setAttribute("aria-pressed", String(large));
      shown().forEach((drawing) => drawing.fit());
    } else shown().forEach((drawing) => button.dataset.zoom === "fit" ? drawing.fit(0) : drawing.zoom(button.dataset.zoom === "in" ? 1.25 : 0.8));
  });
  window.addEventListener("beforeprint", () => shown().forEach((drawing) => drawing.fit(0)));
  window.addEventListener("resize", () => shown().forEach((drawing) => drawing.get("canvas").resized()));

  window.theMap = { shown, asks, home, which: () => which, onShown: (hear) => listeners.push(hear), block: () => focus, then: (block) => { focus = block; } };
  new MutationObserver(refresh).observe(parts, { childList: true });
  refresh();
})();
