async (job) => {
  const root = document.documentElement;
  root.dataset.print = job.paper;
  root.style.fontSize = job.size + "pt";
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
  // What stands at an address that nothing leads to any more on paper would be a tag around nothing.
  for (const script of document.querySelectorAll("main script")) script.remove();
  await document.fonts.ready;
  const images = [], broken = [];
  for (const img of document.images) {
    img.loading = "eager";
    if (!img.getClientRects().length) continue;
    try { await img.decode(); } catch { broken.push(new URL(img.currentSrc || img.src).pathname); continue; }
    const width = img.getBoundingClientRect().width;
    if (width && !/\.svg($|\?)/i.test(img.currentSrc)) images.push({ URL: img.currentSrc, Dots: img.naturalWidth, Printed: width });
  }
  const links = [];
  for (const a of document.querySelectorAll("a[href]")) {
    if (a.getClientRects().length) links.push({ url: a.href, text: (a.getAttribute("aria-label") || a.innerText || a.querySelector("img")?.alt || "").replace(/\s+/g, " ").trim() });
  }
  return JSON.stringify({
    Text: document.body.innerText,
    Title: document.title,
    Lang: root.lang,
    Summary: document.querySelector("meta[name=description]")?.content || "",
    Links: links, Images: images, Unknown: unknown, Broken: broken,
  });
}
