"use strict";
// Without this script the page shows the same; it adds filters, and opens what a link points into.
(() => {
  const form = document.getElementById("filter");
  const evidence = [...document.querySelectorAll("#mentions, #sentences")];
  const kinds = ["outlet", "subject", "module", "voice"];
  const beginning = "#filter:";
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  let items = null; // collected when first asked for, so that the page opens sooner

  function collect() {
    const within = (element, kind) => element.closest(`[data-${kind}]`)?.dataset[kind] ?? "";
    items = evidence.flatMap((part) => [...part.querySelectorAll(".by-name li")]).map((element) => ({
      element,
      mention: within(element, "module") === "naming",
      text: null,
      ...Object.fromEntries(kinds.map((kind) => [kind, within(element, kind)])),
    }));
  }

  function wishes() {
    return Object.fromEntries([...kinds, "text"].map((name) => [name, form.elements[name].value.trim()]));
  }

  function apply() {
    const wanted = wishes();
    if (!items && !Object.values(wanted).some(Boolean)) return;
    if (!items) collect();
    const text = plain(wanted.text);
    const found = { mention: 0, sentence: 0 };
    for (const item of items) {
      let shown = kinds.every((kind) => !wanted[kind] || wanted[kind] === item[kind]);
      if (shown && text) shown = (item.text ??= plain(item.element.textContent)).includes(text);
      item.element.hidden = !shown;
      found[item.mention ? "mention" : "sentence"] += shown;
    }
    for (const part of evidence) {
      for (const block of part.querySelectorAll(".by-name, .by-voice, .by-outlet, .evidence")) {
        block.hidden = !block.querySelector(".by-name li:not([hidden])");
      }
    }
    const say = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
    const told = [say(found.mention, "mention")];
    if (document.getElementById("sentences")) told.push(say(found.sentence, "sentence"));
    form.elements.found.value = told.join(", ");
  }

  // The choice stands in the address, so that a filtered page can be kept and sent.
  function remember() {
    const wanted = Object.entries(wishes()).filter(([, value]) => value);
    history.replaceState(null, "", wanted.length ? beginning + new URLSearchParams(wanted) : "#mentions");
  }

  function recall() {
    const wanted = new URLSearchParams(location.hash.slice(beginning.length));
    form.reset();
    for (const name of [...kinds, "text"]) form.elements[name].value = wanted.get(name) ?? "";
    apply();
    form.scrollIntoView();
  }

  function read(hash) {
    try {
      return decodeURIComponent(hash.slice(1));
    } catch {
      return "";
    }
  }

  function reveal() {
    if (location.hash.startsWith(beginning)) return recall();
    const target = document.getElementById(read(location.hash));
    if (!target) return;
    if (target.closest("#mentions [hidden], #sentences [hidden]")) {
      form.reset();
      apply();
    }
    for (let e = target; e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
    if (!target.hasAttribute("tabindex") && !target.matches("a, button, input, select, summary")) target.tabIndex = -1;
    target.scrollIntoView();
    target.focus({ preventScroll: true });
  }

  let waiting = 0;
  const change = () => {
    apply();
    remember();
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(change, 120);
  });
  form.addEventListener("reset", () => setTimeout(change, 0));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  addEventListener("hashchange", reveal);
  addEventListener("beforeprint", () => {
    for (const image of document.images) image.loading = "eager";
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link && link.getAttribute("href") === location.hash) reveal();
  });
  reveal();
})();
