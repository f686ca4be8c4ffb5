"use strict";
// Without this script the page shows the same; it adds filters, and opens what a link points into.
(() => {
  const form = document.getElementById("filter");
  const blocks = [...document.querySelectorAll("#mentions .by-name")].map((element) => ({
    element,
    outlet: element.closest(".by-outlet").dataset.outlet,
    subject: element.closest(".evidence").dataset.subject,
    voice: element.closest(".by-voice").dataset.voice,
    items: [...element.querySelectorAll("li")],
    texts: null,
  }));
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  function apply() {
    const wanted = {
      outlet: form.elements.outlet.value,
      subject: form.elements.subject.value,
      voice: form.elements.voice.value,
    };
    const text = plain(form.elements.text.value.trim());
    let found = 0;
    for (const block of blocks) {
      const fits = ["outlet", "subject", "voice"].every((key) => !wanted[key] || wanted[key] === block[key]);
      let kept = 0;
      if (fits && text) block.texts ??= block.items.map((item) => plain(item.textContent));
      block.items.forEach((item, index) => {
        const shown = fits && (!text || block.texts[index].includes(text));
        item.hidden = !shown;
        kept += shown;
      });
      block.element.hidden = !kept;
      found += kept;
    }
    for (const selector of [".by-voice", ".by-outlet", ".evidence"]) {
      for (const element of document.querySelectorAll(`#mentions ${selector}`)) {
        element.hidden = ![...element.querySelectorAll(".by-name")].some((child) => !child.hidden);
      }
    }
    form.elements.found.value = `${found.toLocaleString("en")} ${found === 1 ? "mention" : "mentions"}`;
  }

  function reveal() {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    if (!target) return;
    if (target.closest("#mentions [hidden]")) {
      form.reset();
      apply();
    }
    for (let e = target; e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
    if (!target.hasAttribute("tabindex") && !target.matches("a, button, input, select, summary")) target.tabIndex = -1;
    target.scrollIntoView();
    target.focus({ preventScroll: true });
  }

  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 120);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  apply();
  addEventListener("hashchange", reveal);
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link && link.getAttribute("href") === location.hash) reveal();
  });
  reveal();
})();
