// What the tests ask of a page. Put into it from outside, so that it also works where the page's own scripts do not run.
globalThis.candourChecks = (() => {
  const name = (el) => {
    if (el.id) return "#" + el.id;
    const parts = [];
    for (let e = el; e && e !== document.body && parts.length < 3; e = e.parentElement) {
      parts.unshift(e.localName + (e.classList.length ? "." + [...e.classList].join(".") : ""));
    }
    const text = (el.textContent || "").trim().replace(/\s+/g, " ").slice(0, 40);
    return parts.join(" > ") + (text ? ` "${text}"` : "");
  };

  // Any colour that CSS can write, as red, green, blue and opacity.
  const brush = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const colour = (css) => {
    brush.clearRect(0, 0, 1, 1);
    brush.fillStyle = css;
    brush.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = brush.getImageData(0, 0, 1, 1).data;
    return { r, g, b, a: a / 255 };
  };
  const luminance = ({ r, g, b }) => {
    const [x, y, z] = [r, g, b].map((v) => ((v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const contrast = (a, b) => {
    const [low, high] = [luminance(a), luminance(b)].sort((p, q) => p - q);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = (el) => {
    for (let e = el; e; e = e.parentElement) {
      const c = colour(getComputedStyle(e).backgroundColor);
      if (c.a > 0.5) return c;
    }
    return colour("Canvas");
  };

  const scrolls = (el) => {
    for (let e = el.parentElement; e && e !== document.body && e !== document.documentElement; e = e.parentElement) {
      if (getComputedStyle(e).overflowX !== "visible") return true;
    }
    return false;
  };

  // Whether the page is wider than the window, or hides that it is.
  const width = () => {
    const root = document.documentElement;
    const out = [];
    const limit = root.clientWidth + 1;
    const wide = [...document.body.querySelectorAll("*")].filter((el) => {
      if (!el.checkVisibility({ visibilityProperty: true }) || scrolls(el)) return false;
      const box = el.getBoundingClientRect();
      return box.width > 1 && box.height > 1 && box.right + scrollX > limit;
    });
    const hides = [root, document.body].some((el) => /hidden|clip/.test(getComputedStyle(el).overflowX));
    const widest = wide.filter((el) => !wide.some((other) => other !== el && el.contains(other))).slice(0, 3);
    const which = widest.map((el) => `${name(el)} reaches to ${Math.round(el.getBoundingClientRect().right + scrollX)} px`).join("; ");
    if (hides && wide.length) out.push(["cut-off", which]);
    else if (root.scrollWidth > limit) out.push(["horizontal-scrolling", `${root.scrollWidth} px in a window of ${root.clientWidth}: ${which}`]);
    return out;
  };

  // What stands still while the page scrolls must leave room to read.
  const fixed = () =>
    [...document.body.querySelectorAll("*")]
      .filter((el) => /fixed|sticky/.test(getComputedStyle(el).position) && el.checkVisibility({ visibilityProperty: true }))
      .filter((el) => {
        const box = el.getBoundingClientRect();
        return box.width > innerWidth / 2 && box.height > innerHeight / 2;
      })
      .map((el) => ["covers-the-window", `${name(el)} takes more than half of a window of ${innerWidth} by ${innerHeight} px`]);

  // WCAG 2.2, 1.4.12.
  const spaceText = () => {
    // Not a style element: the site's policy would block it.
    const style = new CSSStyleSheet();
    style.replaceSync(
      "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }",
    );
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, style];
    return 0;
  };

  // On paper: dark on light, and something there at all.
  const paper = () => {
    const out = [];
    if (luminance(ground(document.body)) < 0.8) out.push(["dark-paper", "the page's ground is dark"]);
    const main = document.querySelector("main");
    if (!main || !main.checkVisibility() || main.innerText.trim() === "") out.push(["empty-paper", "main prints nothing"]);
    return out;
  };

  // Whoever asks for less motion gets none.
  const motion = () => {
    const seconds = (list) => Math.max(0, ...list.split(",").map(parseFloat));
    const out = document.getAnimations().length ? [["moves", `${document.getAnimations().length} animations`]] : [];
    for (const el of [document.documentElement, ...document.body.querySelectorAll("*")]) {
      const s = getComputedStyle(el);
      if (s.scrollBehavior === "smooth" || seconds(s.transitionDuration) > 0.01) out.push(["moves", name(el)]);
    }
    return out;
  };

  // What loading moved about, by Chromium's own measure.
  const shift = async () => {
    const moved = await new Promise((done) => {
      let sum = 0;
      const take = (entries) => entries.forEach((e) => (sum += e.hadRecentInput ? 0 : e.value));
      const watcher = new PerformanceObserver((list) => take(list.getEntries()));
      watcher.observe({ type: "layout-shift", buffered: true });
      let frames = 4;
      const frame = () => (frames-- > 0 ? requestAnimationFrame(frame) : (take(watcher.takeRecords()), watcher.disconnect(), done(sum)));
      frame();
    });
    return moved > 0.001 ? [["layout-shift", moved.toFixed(3)]] : [];
  };

  const cookies = () => (document.cookie ? [["cookie", document.cookie.split("=")[0]]] : []);

  // What a reader without scripts must find too.
  const substance = () => {
    const main = document.querySelector("main") || document.body;
    const text = (el) => el.textContent.trim().replace(/\s+/g, " ");
    return [
      ...[...main.querySelectorAll("h1, h2, h3, h4, h5, h6, th, td, li, p")].map((el) => `${el.localName} "${text(el).slice(0, 60)}"`),
      ...[...main.querySelectorAll("a[href], img[src]")].map((el) => `${el.localName} ${el.getAttribute("href") || el.getAttribute("src")}`),
    ];
  };

  // Keyboard. watch() notes what Tab must reach and how it looks before; focused() is asked after each Tab.
  const looks = (el) => {
    const s = getComputedStyle(el);
    return {
      outline: s.outlineStyle === "none" || parseFloat(s.outlineWidth) < 1 || colour(s.outlineColor).a === 0 ? "" : s.outline,
      other: [s.boxShadow, s.backgroundColor, s.borderColor, s.borderWidth, s.textDecoration, s.color].join("|"),
    };
  };
  let expected = [];
  let before = new Map();
  let seen = new Set();
  const watch = () => {
    expected = [...document.querySelectorAll("a[href], area[href], button, input, select, textarea, summary, audio[controls], video[controls], [tabindex], [contenteditable]")].filter(
      (el) =>
        el.tabIndex >= 0 &&
        !el.disabled &&
        !el.closest("[inert]") &&
        !(el.type === "hidden") &&
        !(el.localName === "summary" && el !== el.parentElement.querySelector(":scope > summary")) &&
        !(el.type === "radio" && !el.checked) &&
        el.checkVisibility({ visibilityProperty: true }),
    );
    before = new Map([...document.querySelectorAll("*")].map((el) => [el, looks(el)]));
    seen = new Set();
    return expected.length;
  };
  const focused = () => {
    const el = document.activeElement;
    if (!el || el === document.body || el === document.documentElement || seen.has(el)) return { done: true, problems: [] };
    const problems = [];
    // In order: each stop comes after the one before it in the document, but for a positive tabindex, which nobody needs.
    const last = [...seen].pop();
    if (last && last.compareDocumentPosition(el) & Node.DOCUMENT_POSITION_PRECEDING && !last.contains(el)) problems.push(["out-of-order", `${name(el)} after ${name(last)}`]);
    seen.add(el);
    const was = before.get(el) || { outline: "", other: "" };
    const is = looks(el);
    if (is.outline === was.outline && is.other === was.other) {
      problems.push(["no-focus-indicator", name(el)]);
    } else if (is.outline && is.outline !== was.outline && is.other === was.other) {
      const s = getComputedStyle(el);
      const on = parseFloat(s.outlineOffset) < 0 ? ground(el) : ground(el.parentElement);
      const c = contrast(colour(s.outlineColor), on);
      if (s.outlineStyle !== "auto" && c < 3) problems.push(["faint-focus-indicator", `${name(el)}: ${c.toFixed(1)} to 1`]);
    }
    el.scrollIntoView({ behavior: "instant", block: "nearest" });
    const box = el.getClientRects()[0];
    if (!box || box.width < 1 || box.height < 1 || box.bottom < 0 || box.right < 0 || box.top > innerHeight || box.left > innerWidth) {
      problems.push(["focus-out-of-sight", name(el)]);
    } else {
      const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
      const y = Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1);
      const top = document.elementFromPoint(x, y);
      if (top && !el.contains(top) && !top.contains(el)) problems.push(["focus-obscured", `${name(el)} behind ${name(top)}`]);
    }
    return { done: false, problems };
  };
  const unreached = () => expected.filter((el) => !seen.has(el)).map((el) => ["not-reached-by-tab", name(el)]);

  const axe = async (rules) => {
    const runOnly = rules
      ? { type: "rule", values: rules }
      : { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };
    const { violations } = await globalThis.axe.run(document, { runOnly, resultTypes: ["violations"] });
    return violations.flatMap((v) => v.nodes.map((n) => ["axe-" + v.id, `${v.help}: ${n.target.join(" ")}`]));
  };

  return { motion, shift, cookies, width, fixed, spaceText, paper, substance, watch, focused, unreached, axe };
})();
