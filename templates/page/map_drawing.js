// One drawing of a process by bpmn-js. It draws what the program sends and asks for every change: nothing is ever
// changed on the screen but by what comes back, so a drag that is refused snaps back by itself.
"use strict";
window.MapDrawing = (() => {
  const OFF = ["paletteProvider", "contextPadProvider", "bendpoints", "keyboardBindings", "keyboardMoveSelection"];
  const WORDS = { added: "new", changed: "changed", removed: "gone", problem: "hurts" };
  const READABLE = 0.8;
  const KINDS = { Participant: "pool", Lane: "lane", StartEvent: "start", EndEvent: "end", ExclusiveGateway: "gateway",
    ParallelGateway: "gateway", InclusiveGateway: "gateway", EventBasedGateway: "gateway" };

  function Calm(eventBus, owner) {
    // Rules ask from the highest priority down; what is said here is final.
    const no = ["elements.create", "elements.copy", "elements.paste", "elements.delete", "shape.create", "shape.resize",
      "shape.replace", "shape.attach", "connection.create", "connection.start", "connection.reconnect",
      "connection.reconnectStart", "connection.reconnectEnd", "connection.updateWaypoints"];
    for (const rule of no) eventBus.on("commandStack." + rule + ".canExecute", 9000, () => false);
    eventBus.on("commandStack.elements.move.canExecute", 9000, (event) => {
      const shapes = event.context.shapes || [];
      return owner.live() && shapes.length === 1 && Boolean(owner.shape(shapes[0].id));
    });
    eventBus.on("shape.move.end", 9000, (event) => { owner.dropped(event); return false; });
    eventBus.on("drag.start", () => { owner.dragging = true; });
    eventBus.on("drag.cleanup", () => { owner.dragging = false; owner.settle(); });
    eventBus.on("directEditing.deactivate", () => { owner.settle(); document.dispatchEvent(new CustomEvent("map:written")); });
    eventBus.on("element.dblclick", 9000, (event) => owner.mayRename(event.element) ? undefined : false);
    eventBus.on("element.click", (event) => owner.clicked(event.element));
  }
  Calm.$inject = ["eventBus", "config.owner"];

  class MapDrawing {
    constructor(box, asks) {
      this.box = box;
      this.asks = asks;
      this.data = null;
      this.dragging = false;
      this.waiting = null;
      const off = Object.fromEntries(OFF.map((name) => [name, ["value", null]]));
      this.modeler = new BpmnJS({
        container: box,
        owner: { live: () => Boolean(this.data && this.data.live && asks.writes()), shape: (id) => this.shapeOf(id),
          dropped: (event) => this.dropped(event), mayRename: (element) => this.mayRename(element),
          clicked: (element) => this.clicked(element), settle: () => this.settle(),
          set dragging(value) { box.classList.toggle("dragging", value); } },
        additionalModules: [{ ...off, __init__: ["calm"], calm: ["type", Calm] }],
        bpmnRenderer: { defaultFillColor: "#f9fbfe", defaultStrokeColor: "#3c4858", defaultLabelColor: "#1c2430" },
        textRenderer: { defaultStyle: { fontFamily: "Arial, 'Liberation Sans', Helvetica, sans-serif", fontSize: "12px" },
          externalStyle: { fontSize: "11px", lineHeight: 1.18 } },
      });
      this.get("labelEditingProvider").update = (element, words) => this.renamed(element, words);
    }

    get(name) { return this.modeler.get(name); }
    get busy() { return this.box.classList.contains("dragging") || this.get("directEditing").isActive(); }
    shapeOf(id) { return this.data ? this.data.shapes[id.replace(/_label$/, "")] : null; }
    element(id) { return this.get("elementRegistry").get(id); }
    elementOf(block) {
      const found = Object.entries(this.data ? this.data.shapes : {}).find(([, shape]) => shape.block === block);
      return found ? this.element(found[0]) : null;
    }

    // What came in while somebody drags or types a name is drawn when he is done.
    async show(data, keep) {
      this.waiting = this.busy ? [data, keep] : null;
      if (this.waiting) return false;
      const fresh = !this.data || this.data.xml !== data.xml;
      const view = keep && this.data ? this.get("canvas").viewbox() : null;
      this.data = data;
      if (fresh) {
        await this.modeler.importXML(data.xml);
        if (view) this.get("canvas").viewbox({ x: view.x, y: view.y, width: view.width, height: view.height });
        this.named();
      }
      if (!view) this.fit();
      this.marked();
      if (fresh && (view || !data.live)) this.reveal();
      return fresh;
    }

    settle() {
      setTimeout(async () => {
        if (!this.waiting || this.busy) return;
        await this.show(...this.waiting);
        this.asks.shown();
      });
    }

    // For the keyboard and the ear: every step is a button with its name.
    named() {
      const svg = this.box.querySelector(".djs-container > svg");
      svg.setAttribute("role", "group");
      svg.setAttribute("aria-label", this.data.title + ", the map");
      svg.removeAttribute("tabindex");
      for (const element of this.get("elementRegistry").getAll()) {
        const kind = KINDS[element.type.replace("bpmn:", "")];
        if (kind && !element.labelTarget) this.get("canvas").addMarker(element, "is-" + kind);
      }
      for (const [id, shape] of Object.entries(this.data.shapes)) {
        const drawn = this.element(id) && this.get("elementRegistry").getGraphics(id);
        if (!drawn) continue;
        drawn.dataset.block = shape.block;
        drawn.setAttribute("role", this.data.live ? "button" : "img");
        if (this.data.live) drawn.setAttribute("tabindex", "0");
      }
    }

    marked() {
      const canvas = this.get("canvas"), overlays = this.get("overlays");
      overlays.remove({ type: "mark" });
      for (const [id, shape] of Object.entries(this.data.shapes)) {
        if (!this.element(id)) continue;
        for (const mark of Object.keys(WORDS)) canvas.removeMarker(id, "mark-" + mark);
        const drawn = this.get("elementRegistry").getGraphics(id);
        const told = [shape.mark ? WORDS[shape.mark] + (shape.note ? ": " + shape.note : "") : "", ...(shape.comments || [])];
        drawn.setAttribute("aria-label", [shape.name, ...told].filter(Boolean).join(". "));
        if (shape.mark) { canvas.addMarker(id, "mark-" + shape.mark); this.badge(id, WORDS[shape.mark] + (shape.number ? " " + shape.number : ""), shape.note, "is-" + shape.mark + " above", { top: 0, left: 4 }); }
        if (shape.comments) this.badge(id, shape.comments.length + (shape.comments.length > 1 ? " comments" : " comment"), shape.comments.join("\n"), "is-comment", { bottom: 9, right: 30 });
      }
    }

    badge(id, text, title, kind, position, type = "mark") {
      const html = document.createElement("span");
      html.className = "mapbadge " + kind;
      html.textContent = text;
      html.title = title || "";
      this.get("overlays").add(id, type, { position, html, scale: { min: 0.75, max: 1.3 }, show: { minZoom: 0.3 } });
    }

    // After a turn its changes are in sight; where they are already, the map stays as it was.
    reveal() {
      const marked = Object.keys(this.data.shapes).filter((id) => this.data.shapes[id].mark && this.element(id));
      if (!marked.length) return;
      const view = this.get("canvas").viewbox();
      const seen = marked.some((id) => {
        const { x, y, width, height } = this.element(id);
        return x >= view.x && y >= view.y && x + width <= view.x + view.width && y + height <= view.y + view.height;
      });
      if (!seen) this.get("canvas").scrollToElement(this.element(marked[0]), 80);
    }

    // All of it where it can be read then, else its beginning at a size that can.
    fit(least = READABLE) {
      if (!this.box.clientWidth || !this.box.clientHeight) return;
      const canvas = this.get("canvas");
      canvas.resized();
      canvas.zoom("fit-viewport");
      const whole = canvas.viewbox();
      if (whole.scale > 1) canvas.zoom(1);
      const scale = Math.min(1, Math.max(least || 0, whole.scale));
      const inner = whole.inner, outer = whole.outer;
      if (scale > whole.scale + 0.001) canvas.viewbox({ x: inner.x - 10, y: inner.y - 10, width: outer.width / scale, height: outer.height / scale });
      else if (scale < 1.001 && whole.scale <= 1) canvas.viewbox({ x: inner.x - Math.max(10, (outer.width / scale - inner.width) / 2), y: inner.y - Math.max(10, (outer.height / scale - inner.height) / 2), width: outer.width / scale, height: outer.height / scale });
    }

    // Two side by side begin at the same place: where the right one has something to show.
    lead(other) {
      const { x, y, width, height } = this.get("canvas").viewbox();
      if (width > 0 && height > 0) other.get("canvas").viewbox({ x, y, width, height });
    }

    zoom(by) {
      const canvas = this.get("canvas");
      canvas.zoom(Math.min(3, Math.max(0.1, canvas.zoom() * by)), "auto");
    }

    // One click opens the menu; two write the name in its place, so the first waits for the second.
    clicked(element) {
      const shape = this.shapeOf(element.id);
      clearTimeout(this.soon);
      if (shape && this.data.live) this.soon = setTimeout(() => { if (!this.busy) this.asks.menu(shape.block); }, 220);
    }

    mayRename(element) {
      clearTimeout(this.soon);
      const shape = this.shapeOf(element.id);
      return Boolean(shape && this.data.live && this.asks.writes());
    }

    rename(block) {
      const element = this.elementOf(block);
      if (element && this.mayRename(element)) this.get("directEditing").activate(element);
    }

    renamed(element, words) {
      const shape = this.shapeOf(element.id), name = words.replace(/\s+/g, " ").trim();
      if (shape && name && name !== shape.name) this.asks.edit("rename", shape.block, name);
    }

    dropped(event) {
      const moved = event.context.shape, shape = this.shapeOf(moved.id), at = event.originalEvent || {};
      const hit = document.elementsFromPoint(at.clientX || 0, at.clientY || 0)
        .map((node) => node.closest(".djs-element")).find((node) => node && this.box.contains(node)
          && node.dataset.elementId.replace(/_label$/, "") !== moved.id.replace(/_label$/, "") && !node.closest(".djs-drag-group"));
      const target = hit ? hit.dataset.elementId.replace(/_label$/, "") : "";
      if (shape) this.asks.edit("drop", shape.block, target + "@" + Math.round(event.x));
    }
  }
  return MapDrawing;
})();
