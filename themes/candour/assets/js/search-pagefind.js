// Search with pagefind, for sites that ask for it. It loads files of this site alone, once somebody begins to search, and sends
// nothing anywhere.
(function () {
  "use strict";
  var form = document.getElementById("c-search");
  var list = document.getElementById("c-results");
  var found = document.getElementById("c-found");
  if (!form || !list || !found || !window.WebAssembly) return;
  var box = form.elements.q;
  var engine = null;
  var timer = 0;
  var turn = 0;
  form.hidden = false;

  function load() {
    if (!engine) {
      engine = import(form.dataset.pagefind + "pagefind.js").then(function (pagefind) {
        // Results hold whole paths, with that of the site before them.
        return pagefind.options({ baseUrl: "/", noWorker: true }).then(function () { return pagefind.init(); }).then(function () { return pagefind; });
      });
      engine.catch(function () { engine = null; });
    }
    return engine;
  }

  function show(pages) {
    list.textContent = "";
    list.hidden = pages.length === 0;
    pages.forEach(function (page) {
      var item = document.createElement("li");
      var title = document.createElement("a");
      title.href = page.url;
      title.textContent = page.meta.title;
      item.append(title);
      [page.meta.standing, page.meta.summary].forEach(function (text) {
        if (!text) return;
        var line = document.createElement("p");
        line.textContent = text;
        item.append(line);
      });
      list.append(item);
    });
  }

  // An answer that comes after the next question is dropped.
  function search() {
    var asked = box.value.trim();
    var mine = ++turn;
    if (!asked) {
      show([]);
      found.textContent = "";
      return;
    }
    load().then(function (pagefind) {
      return pagefind.search(asked);
    }).then(function (answer) {
      return Promise.all(answer.results.slice(0, 50).map(function (hit) { return hit.data(); })).then(function (pages) {
        if (mine !== turn) return;
        show(pages);
        var n = answer.results.length;
        var say = n === 0 ? form.dataset.none : n === 1 ? form.dataset.one : form.dataset.many;
        found.textContent = say.replace("{n}", String(n)).replace("{q}", asked);
      });
    }).catch(function () {
      if (mine === turn) found.textContent = form.dataset.failed;
    });
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    history.replaceState(null, "", "?q=" + encodeURIComponent(box.value));
    search();
  });
  box.addEventListener("input", function () {
    clearTimeout(timer);
    timer = setTimeout(search, 250);
  });
  var wanted = new URLSearchParams(location.search).get("q");
  if (wanted) {
    box.value = wanted;
    search();
  }
})();
