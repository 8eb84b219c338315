// The site's own search. It asks for one file of this site, once, when somebody begins to search, and sends nothing anywhere.
(function () {
  "use strict";
  var form = document.getElementById("c-search");
  var list = document.getElementById("c-results");
  var found = document.getElementById("c-found");
  if (!form || !list || !found || !window.fetch) return;
  var box = form.elements.q;
  var index = null;
  var timer = 0;

  // What the index was made with: small letters without their marks.
  function fold(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  }
  function words(text) {
    return fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  }

  function load() {
    if (!index) {
      index = fetch(form.dataset.index).then(function (answer) {
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.json();
      }).then(function (data) {
        return data.pages.map(function (page) {
          return {
            page: page,
            fields: [[12, words(page.t)], [5, words((page.h || []).join(" "))], [4, words((page.s || "") + " " + (page.n || ""))], [1, (page.w || "").split(" 0 ")]]
          };
        });
      });
      index.catch(function () { index = null; });
    }
    return index;
  }

  // How well a page answers one word: a whole word twice as well as a beginning; "pills" finds "pill" too.
  function score(entry, term) {
    var best = 0;
    var also = term.length > 4 && term.endsWith("s") ? term.slice(0, -1) : term;
    entry.fields.forEach(function (field) {
      field[1].forEach(function (word) {
        var n = word === term || word === also ? 2 : word.startsWith(also) ? 1 : 0;
        best = Math.max(best, n * field[0]);
      });
    });
    return best;
  }

  function show(hits) {
    list.textContent = "";
    list.hidden = hits.length === 0;
    hits.slice(0, 50).forEach(function (hit) {
      var item = document.createElement("li");
      var title = document.createElement("a");
      title.href = hit.page.u;
      title.textContent = hit.page.t;
      item.append(title);
      [hit.page.n, hit.page.s].forEach(function (text) {
        if (!text) return;
        var line = document.createElement("p");
        line.textContent = text;
        item.append(line);
      });
      list.append(item);
    });
  }

  function search() {
    var terms = words(box.value);
    if (terms.length === 0) {
      show([]);
      found.textContent = "";
      return;
    }
    load().then(function (entries) {
      var hits = [];
      entries.forEach(function (entry) {
        var sum = 0;
        for (var i = 0; i < terms.length; i++) {
          var n = score(entry, terms[i]);
          if (n === 0) return;
          sum += n;
        }
        hits.push({ page: entry.page, sum: sum });
      });
      hits.sort(function (a, b) { return b.sum - a.sum; });
      show(hits);
      var say = hits.length === 0 ? form.dataset.none : hits.length === 1 ? form.dataset.one : form.dataset.many;
      found.textContent = say.replace("{n}", String(hits.length)).replace("{q}", box.value.trim());
    }, function () {
      found.textContent = form.dataset.failed;
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
  var asked = new URLSearchParams(location.search).get("q");
  if (asked) {
    box.value = asked;
    search();
  }
})();
