// Hears what happens at the project, from whichever browser or program it comes. A page nobody looks at listens to
// nothing: a browser keeps only six connections to one address, for all of its tabs together.
"use strict";
(() => {
  const page = window.page;
  let source = null;
  let silent = false, over = false;
  const close = () => { if (source) source.close(); source = null; };
  const open = () => {
    if (source || over || document.hidden) return;
    source = new EventSource(page.home + "/events");
    source.onmessage = (event) => {
      if (silent) page.say("");
      silent = false;
      const told = JSON.parse(event.data);
      if (told.gone) { over = true; close(); }
      page.hear(told);
    };
    source.onerror = () => {
      silent = true;
      page.say("The page's program does not answer. What was confirmed is kept.\nStart `assistant page` again: this page then goes on, or open the link it prints.");
      if (source.readyState === EventSource.CLOSED) close();
    };
  };
  document.addEventListener("visibilitychange", () => { if (document.hidden) close(); else open(); });
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", open);
  open();
})();
