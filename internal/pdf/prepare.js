async (job) => {
  const root = document.documentElement;
  root.dataset.print = job.paper;
  root.style.fontSize = job.sizes[0] + "pt";
  // A sheet made by a script is not what the site's policy is there for, and it stands after the site's own.
  const paper = new CSSStyleSheet();
  document.adoptedStyleSheets.push(paper);
  // Easy read is made of its own section alone, a picture beside its words; other papers leave that section out.
  const heading = document.querySelector("[data-text=body] > #easy-read");
  if (heading) {
    const part = [heading];
    for (let n = heading.nextElementSibling; n && !n.matches("h2, section, .footnotes"); n = n.nextElementSibling) part.push(n);
    if (job.paper === "easy") {
      for (const n of [...heading.parentElement.children]) if (!part.includes(n)) n.remove();
      let words;
      for (const n of part.slice(1)) {
        if (n.querySelector("img") && !n.textContent.trim()) {
          const pair = document.createElement("div");
          pair.className = "pair";
          n.before(pair);
          words = document.createElement("div");
          pair.append(n, words);
        } else if (words) words.append(n);
      }
    } else for (const n of part) n.remove();
  }
  const unknown = [];
  for (const [key, value] of Object.entries(job.set || {})) {
    const fields = [...document.querySelectorAll("main input[type=text]")].filter((f) => f.id === key || f.dataset.label === key);
    if (!fields.length) unknown.push(key);
    for (const field of fields) {
      const said = document.createElement("span");
      said.className = "said";
      said.textContent = value;
      const label = document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
      if (label) {
        const name = document.createElement("b");
        name.textContent = label.textContent;
        label.replaceWith(name);
      }
      field.replaceWith(said);
    }
  }
  // Chromium leaves out the space at which it breaks a line: somebody who hears the PDF would hear "two tothree". Kept
  // spaces are drawn, so the spaces that HTML makes one of are made one here, and then kept.
  const inline = (n) => n.nodeType !== 1 || /^inline/.test(getComputedStyle(n).display) || getComputedStyle(n).display === "none";
  for (const block of document.querySelectorAll("p, li, dt, dd, td, th, caption, figcaption, h1, h2, h3, h4, h5, h6")) {
    if (![...block.childNodes].every(inline) || block.querySelector("p, ul, ol, dl, div, table, br, svg, input, textarea") || /^(inline|none|flex|grid)/.test(getComputedStyle(block).display)) continue;
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    let ended = true, last = null;
    for (let n = walker.nextNode(); n; n = walker.nextNode()) {
      let text = n.data.replace(/[ \t\n\r\f]+/g, " ");
      if (ended) text = text.replace(/^ /, "");
      if (text) { ended = text.endsWith(" "); last = n; }
      n.data = text;
    }
    if (last) last.data = last.data.replace(/ $/, "");
    block.style.whiteSpace = "pre-wrap";
  }
  // What stands at an address that nothing leads to any more on paper would be a tag around nothing.
  for (const script of document.querySelectorAll("main script")) script.remove();
  await document.fonts.ready;
  // What is wider than the paper would make the browser shrink the whole page, and large print with it.
  if (root.scrollWidth > root.clientWidth) paper.insertRule("* { overflow-wrap: anywhere; min-width: 0 }");
  const images = [], broken = [];
  for (const img of document.images) {
    img.loading = "eager";
    if (!img.getClientRects().length) continue;
    try { await img.decode(); } catch { broken.push(new URL(img.currentSrc || img.src).pathname); continue; }
    const width = img.getBoundingClientRect().width;
    if (width && !/\.svg($|\?)/i.test(img.currentSrc)) images.push({ URL: img.currentSrc, Dots: img.naturalWidth, Printed: width });
  }
  // The largest letters with which it takes the fewest pages: what is laid out without breaks tells how many there are at least.
  const room = (job.height - 2 * job.margin) / 25.4 * 96;
  const pages = job.sizes.map((size) => {
    root.style.fontSize = size + "pt";
    return Math.ceil(document.body.getBoundingClientRect().bottom / room);
  });
  const least = Math.min(...pages), size = job.sizes[job.most && least > job.most ? job.sizes.length - 1 : pages.indexOf(least)];
  root.style.fontSize = size + "pt";
  paper.insertRule(`@page { size: ${job.width}mm ${job.height}mm; margin: ${job.margin}mm; @bottom-center { font-size: ${size < 18 ? 8 : size}pt; } }`);
  const links = [];
  for (const a of document.querySelectorAll("a[href]")) {
    if (a.getClientRects().length) links.push({ url: a.href, text: (a.getAttribute("aria-label") || a.innerText || a.querySelector("img")?.alt || "").replace(/\s+/g, " ").trim() });
  }
  const blanks = [];
  for (const f of document.querySelectorAll("input, textarea, select")) {
    if (f.getClientRects().length) blanks.push(f.labels?.[0]?.innerText.trim() || f.dataset.label || f.getAttribute("aria-label") || document.title);
  }
  return JSON.stringify({
    Size: size, Least: least,
    Text: document.body.innerText,
    Title: document.title,
    Lang: root.lang,
    Summary: document.querySelector("meta[name=description]")?.content || "",
    Links: links, Images: images, Unknown: unknown, Broken: broken, Blanks: blanks,
  });
}
