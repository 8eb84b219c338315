// Local contacts on a leaflet: typed in by the venue, in its own browser, before it prints. Nothing is sent anywhere.
// Nothing is stored unless the box is ticked; then it is kept in this browser alone, by label, for every leaflet here.
(function () {
  "use strict";
  var box = document.querySelector("[data-fill]");
  if (!box) return;
  var fields = Array.prototype.slice.call(box.querySelectorAll("input[type=text]"));
  var tools = box.querySelector("[data-fill-tools]");
  var keep = tools.querySelector("input[type=checkbox]");
  var told = tools.querySelector("[role=status]");
  var name = "leaflet-contacts";

  // A browser may refuse storage: the leaflet works without.
  function read() {
    try { return JSON.parse(localStorage.getItem(name)) || {}; } catch (e) { return {}; }
  }
  function write(kept) {
    try {
      if (kept) localStorage.setItem(name, JSON.stringify(kept));
      else localStorage.removeItem(name);
      return true;
    } catch (e) { return false; }
  }
  function label(field) { return field.getAttribute("data-label"); }
  function save() {
    if (!keep.checked) return;
    var kept = read();
    fields.forEach(function (f) {
      if (f.value) kept[label(f)] = f.value;
      else delete kept[label(f)];
    });
    if (!write(kept)) keep.checked = false;
  }
  // On paper a line that is longer than its field would be cut off, so that its words are printed instead.
  function show(field) { field.nextElementSibling.textContent = field.value; }

  var kept = read();
  keep.checked = Object.keys(kept).length > 0;
  fields.forEach(function (f) {
    if (typeof kept[label(f)] === "string" && !f.value) f.value = kept[label(f)];
    show(f);
    f.addEventListener("input", function () { show(f); save(); });
  });
  keep.addEventListener("change", function () {
    if (keep.checked) save();
    else write(null);
    told.textContent = told.getAttribute(keep.checked ? "data-kept" : "data-forgotten");
  });
  tools.querySelector("[data-clear]").addEventListener("click", function () {
    fields.forEach(function (f) { f.value = ""; show(f); });
    keep.checked = false;
    write(null);
    told.textContent = told.getAttribute("data-cleared");
    fields[0].focus();
  });
  tools.querySelector("[data-print]").addEventListener("click", function () { window.print(); });
  tools.hidden = false;
})();
