"use strict";
// Without this script the page shows the same; it adds filters, and opens what a link points into.
(() => {
  const form = document.getElementById("filter");
  const evidence = [...document.querySelectorAll("#mentions, #sentences")];
  const kinds = ["outlet", "subject", "module", "voice"];
  const language = known(document.documentElement.lang);
  const beginning = "#filter:";
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  let items = null; // collected when first asked for, so that the page opens sooner

  function known(code) {
    try {
      return Intl.getCanonicalLocales(code)[0];
    } catch {
      return "en";
    }
  }

  function collect() {
    const within = (element, kind) => element.closest(`[data-${kind}]`)?.dataset[kind] ?? "";
    items = evidence.flatMap((part) => [...part.querySelectorAll(".by-name li")]).map((element) => ({
      element,
      mention: within(element, "module") === "naming",
      number: within(element, "module") === "naming" ? element.querySelectorAll("mark").length : 1,
      text: null,
      ...Object.fromEntries(kinds.map((kind) => [kind, within(element, kind)])),
    }));
  }

  // A sentence is printed once; what refers to it is found by its words too.
  function printed(element) {
    const link = element.querySelector(".again a");
    return link && document.getElementById(link.hash.slice(1));
  }

  function readItem(element) {
    return `${element.textContent} ${printed(element)?.textContent ?? ""}`;
  }

  // Who comes from a number reads its sentences where they are asked for, those printed elsewhere too.
  function complete(group) {
    for (const item of group.querySelectorAll("li:not([data-complete])")) {
      const sentence = printed(item);
      if (!sentence) continue;
      item.dataset.complete = "";
      const copy = document.createElement("p");
      copy.className = "said";
      copy.textContent = sentence.textContent;
      item.querySelector(".again").after(copy);
    }
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
      if (shown && text) shown = (item.text ??= plain(readItem(item.element))).includes(text);
      item.element.hidden = !shown;
      found[item.mention ? "mention" : "sentence"] += shown ? item.number : 0;
    }
    for (const part of evidence) {
      for (const block of part.querySelectorAll(".by-name, .by-voice, .by-outlet, .evidence")) {
        block.hidden = !block.querySelector(".by-name li:not([hidden])");
      }
    }
    const told = [say(found.mention, form.dataset.mentions)];
    if (form.dataset.sentences) told.push(say(found.sentence, form.dataset.sentences));
    form.elements.found.value = told.join(", ");
  }

  // The page brings the forms of its language: for numbers to 199, and larger ones by their last two digits.
  function say(number, noun) {
    const { forms, which } = JSON.parse(noun);
    const form = forms[which[number < 200 ? number : 100 + (number % 100)]];
    return form.replace("{number}", number.toLocaleString(language));
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
    if (target.closest("#mentions, #sentences")) complete(target);
    for (let e = target; e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
    if (!target.hasAttribute("tabindex") && !target.matches("a, button, input, select, summary")) target.tabIndex = -1;
    target.scrollIntoView();
    target.focus({ preventScroll: true });
    // Sections above take their real height only when they come near, and move the target.
    requestAnimationFrame(() => target.scrollIntoView());
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
