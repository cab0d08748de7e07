"use strict";
(() => {
  const fields = [...document.querySelectorAll("[data-comment]")];
  const by = document.getElementById("by");
  const told = document.getElementById("told");
  let unsaved = false;
  document.addEventListener("input", () => { unsaved = true; });
  window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
  document.getElementById("give").addEventListener("click", () => {
    const comments = fields.filter((field) => field.value.trim()).map((field) => ({
      element: field.dataset.comment, by: by.value.trim().slice(0, 120),
      text: field.value.trim().slice(0, 2000),
    }));
    if (!comments.length) { told.textContent = "There is no comment yet."; return; }
    const project = document.body.dataset.project;
    const data = JSON.stringify({ schema: "comments/1", project, comments: comments.slice(0, 500) }, null, 1);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([data], { type: "application/json" }));
    link.download = project + "-comments.json";
    link.click();
    unsaved = false;
    told.textContent = "Saved as " + link.download + ". Send that file back to whom you have this from.";
  });
})();
