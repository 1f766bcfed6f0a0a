"use strict";
// Details beside a mention, and steps from one mention of a subject to the next. Everything also works as links, without this.
(() => {
  const marks = [...document.querySelectorAll(".mark")];
  const tip = document.getElementById("tip");
  const said = document.getElementById("said");
  const mentions = new Map(); // a subject's marks
  const at = new Map(); // which of them was gone to last
  let shown = null; // the mark whose details are seen
  let leaving = 0;

  for (const mark of marks) {
    mark.dataset.tip = mark.title;
    mark.removeAttribute("title");
    const subject = mark.dataset.s;
    mentions.has(subject) ? mentions.get(subject).push(mark) : mentions.set(subject, [mark]);
  }

  const add = (parent, tag, text) => parent.appendChild(document.createElement(tag)).append(text);

  const light = subject => {
    for (const one of document.querySelectorAll(".same")) one.classList.remove("same");
    if (subject === null) return;
    for (const one of document.querySelectorAll(`[data-s="${subject}"]`)) one.classList.add("same");
  };

  const place = () => {
    const box = shown.getClientRects()[0];
    const below = box.bottom + 6;
    const fits = below + tip.offsetHeight < innerHeight;
    tip.style.top = `${fits ? below : Math.max(4, box.top - tip.offsetHeight - 6)}px`;
    tip.style.left = `${Math.max(8, Math.min(box.left, document.documentElement.clientWidth - tip.offsetWidth - 8))}px`;
  };

  const hide = () => {
    clearTimeout(leaving);
    shown?.removeAttribute("aria-describedby");
    shown = null;
    tip.hidden = true;
    light(null);
  };

  const show = mark => {
    clearTimeout(leaving);
    if (shown === mark) return;
    hide();
    const [title, ...lines] = mark.dataset.tip.split("\n");
    tip.replaceChildren();
    add(tip, "strong", title);
    const list = tip.appendChild(document.createElement("dl"));
    for (const line of lines) {
      const colon = line.indexOf(": ");
      add(list, "dt", line.slice(0, colon));
      add(list, "dd", line.slice(colon + 2));
    }
    shown = mark;
    mark.setAttribute("aria-describedby", "tip");
    tip.hidden = false;
    light(mark.dataset.s);
    place();
  };

  // Goes `by` mentions on, round and round; the first time to the first.
  const step = (subject, by, from) => {
    const all = mentions.get(subject);
    const last = from ? all.indexOf(from) : at.get(subject) ?? (by > 0 ? -1 : 0);
    const next = (last + by + all.length) % all.length;
    at.set(subject, next);
    for (const one of document.querySelectorAll(".here")) one.classList.remove("here");
    all[next].classList.add("here");
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    all[next].scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    said.textContent = `${all[next].textContent}: mention ${next + 1} of ${all.length}`;
    return all[next];
  };

  const markOf = event => event.target.closest?.(".mark");
  document.addEventListener("pointerover", event => {
    const mark = markOf(event);
    if (mark && event.pointerType !== "touch") show(mark);
    else if (tip.contains(event.target)) clearTimeout(leaving);
    else if (shown && event.pointerType !== "touch") leaving = setTimeout(hide, 200);
  });
  document.addEventListener("focusin", event => (markOf(event) ? show(markOf(event)) : hide()));
  document.addEventListener("scroll", () => shown && place(), { passive: true, capture: true });
  document.addEventListener("click", event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const mark = markOf(event);
    const link = event.target.closest?.("a[data-s]");
    if (mark) show(mark);
    else if (link) {
      step(link.dataset.s, 1);
      light(link.dataset.s);
    } else if (!tip.contains(event.target)) hide();
    if (link) event.preventDefault();
  });

  document.addEventListener("keydown", event => {
    if (event.key === "Escape") return hide();
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    const link = event.target.closest?.("a[data-s]");
    if (!by || !link || event.altKey || event.ctrlKey || event.metaKey) return;
    const isSideways = event.key === "ArrowRight" || event.key === "ArrowLeft";
    if (link === markOf(event)) {
      if (!isSideways) return;
      step(link.dataset.s, by, link).focus({ preventScroll: true });
    } else if (isSideways) step(link.dataset.s, by);
    else {
      const links = [...document.querySelectorAll("nav a[data-s]")];
      links[links.indexOf(link) + by]?.focus();
    }
    event.preventDefault();
  });
})();
