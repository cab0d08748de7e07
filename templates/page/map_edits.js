// The map by keyboard: arrows go from step to step, Enter opens the menu, F2 writes the name, Delete takes the step out,
// Alt with an arrow moves it. All of it is asked of the program, as a drag is.
"use strict";
(() => {
  const map = window.theMap;
  const inMap = (event) => event.target.closest && event.target.closest("#canvas [data-block]");
  const drawingOf = (shape) => map.shown().find((drawing) => drawing.box.contains(shape));

  const MOVES = { ArrowLeft: "earlier", ArrowRight: "later" };
  const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  // The nearest step in that direction, those straight ahead first.
  const next = (drawing, block, [dx, dy]) => {
    const middle = (element) => [element.x + element.width / 2, element.y + element.height / 2];
    const [x, y] = middle(drawing.elementOf(block));
    let best = null, least = Infinity;
    for (const id of Object.keys(drawing.data.shapes)) {
      const element = drawing.element(id);
      if (!element || drawing.data.shapes[id].block === block) continue;
      const [ex, ey] = middle(element);
      const ahead = (ex - x) * dx + (ey - y) * dy, aside = Math.abs((ex - x) * dy) + Math.abs((ey - y) * dx);
      if (ahead > 5 && ahead + 2 * aside < least) { least = ahead + 2 * aside; best = element; }
    }
    return best;
  };

  document.addEventListener("keydown", (event) => {
    const shape = inMap(event);
    const drawing = shape && drawingOf(shape);
    if (!drawing || drawing.busy) return;
    const block = shape.dataset.block, writes = map.asks.writes();
    if (event.key === "Enter" || event.key === " ") map.asks.menu(block);
    else if (event.key === "F2") drawing.rename(block);
    else if ((event.key === "Delete" || event.key === "Backspace") && writes) {
      const beside = next(drawing, block, [1, 0]) || next(drawing, block, [-1, 0]);  // there one goes on
      map.asks.edit("delete", block, "");
      if (beside) map.then(drawing.shapeOf(beside.id).block);
    }
    else if (event.altKey && MOVES[event.key] && writes) map.asks.edit(MOVES[event.key], block, "");
    else if (WAYS[event.key] && !event.altKey && !event.ctrlKey) {
      const element = next(drawing, block, WAYS[event.key]);
      if (element) {
        drawing.get("canvas").scrollToElement(element, 60);
        drawing.get("elementRegistry").getGraphics(element).focus({ preventScroll: true });
      }
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }, true);

  let tabbed = false;
  document.addEventListener("keydown", (event) => { tabbed = event.key === "Tab"; }, true);
  document.addEventListener("pointerdown", () => { tabbed = false; }, true);
  document.addEventListener("focusin", (event) => {
    const shape = inMap(event);
    const drawing = shape && drawingOf(shape);
    if (drawing && tabbed) drawing.get("canvas").scrollToElement(shape.dataset.elementId, 60);
  });

  // Where a menu was closed, the keyboard is at its step again.
  let opened = "";
  document.addEventListener("map:step", (event) => { opened = event.detail; });
  document.addEventListener("map:closed", () => {
    const shape = opened && document.querySelector(`#canvas [data-block="${CSS.escape(opened)}"]`);
    if (shape) shape.focus({ preventScroll: true });
  });
})();
