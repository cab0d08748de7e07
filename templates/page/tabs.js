// The sliders of “What if”: each is answered when it is let go, the last one asked counts. In the table Enter goes down.
"use strict";
(() => {
  const find = (name) => document.getElementById(name);
  let asked = 0;

  const told = (field) => {
    const output = field.type === "range" && field.form && field.form.id === "whatif" && field.closest("label").querySelector("output");
    if (output) output.textContent = field.value + ("unit" in field.dataset ? "" : " %");
  };

  const play = async (form) => {
    const number = ++asked;
    const result = find("whatif-result");
    result.classList.add("waiting");
    if (!result.firstChild) result.textContent = "Playing it …";
    const show = (html) => {
      if (number !== asked || !find("whatif-result")) return;
      find("whatif-result").innerHTML = html;
      find("whatif-result").classList.remove("waiting");
    };
    try {
      const answer = await fetch(form.getAttribute("action") + "?" + new URLSearchParams(new FormData(form)));
      show(await answer.text());
    } catch (error) {
      show("<p>The page's program does not answer.</p>");
    }
  };

  document.addEventListener("submit", (event) => {
    if (event.target.id !== "whatif") return;
    event.preventDefault();
    play(event.target);
  });
  document.addEventListener("input", (event) => told(event.target));
  document.addEventListener("change", (event) => {
    if (event.target.form && event.target.form.id === "whatif") play(event.target.form);
  });
  document.addEventListener("reset", (event) => {
    if (event.target.id !== "whatif") return;
    setTimeout(() => { [...event.target.elements].forEach(told); play(event.target); });
  });

  // Today's figures stand there before anything is turned, and again when the process was changed meanwhile.
  let played = "";
  const fresh = () => {
    const form = find("whatif");
    if (!form) { played = ""; return; }
    const number = find("columns").dataset.number;
    if (played !== number) { played = number; play(form); }
  };

  // Enter sends a figure and goes to the one below, as in a spreadsheet; the field there is found again after the answer.
  let below = "";
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.key !== "Enter" || !field.form || !("cell" in field.form.dataset)) return;
    const cell = field.closest("td, th"), row = cell.parentElement.nextElementSibling;
    const next = row && row.children[cell.cellIndex].querySelector("input:not([type=hidden])");
    below = next ? next.getAttribute("aria-label") : "";
    if (field.value === field.defaultValue) { event.preventDefault(); go(); }
  });
  const go = () => {
    const next = below && document.querySelector(`[data-cell] input[aria-label="${CSS.escape(below)}"]`);
    below = "";
    if (next) { next.focus({ preventScroll: false }); next.select(); }
  };
  new MutationObserver(() => { if (below) setTimeout(go); fresh(); }).observe(find("parts"), { childList: true });
  fresh();
})();
