// The search page: its form, the answers, and what is said of them. What finds them comes behind this file, in one script:
// find takes what was asked and promises { count, pages }, each page with its url, its title and lines to stand below it.
// Nothing is sent anywhere; what finds loads files of this site alone, once somebody begins to search.
function searchPage(find) {
  "use strict";
  var form = document.getElementById("c-search");
  var list = document.getElementById("c-results");
  var found = document.getElementById("c-found");
  if (!form || !list || !found) return;
  var box = form.elements.q;
  var timer = 0;
  var turn = 0;
  var limit = 50;

  function show(pages) {
    list.textContent = "";
    list.hidden = pages.length === 0;
    pages.slice(0, limit).forEach(function (page) {
      var item = document.createElement("li");
      var title = document.createElement("a");
      title.href = page.url;
      title.textContent = page.title;
      item.append(title);
      page.lines.forEach(function (text) {
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
    find(asked, form.dataset, limit).then(function (answer) {
      if (mine !== turn) return;
      show(answer.pages);
      var n = answer.count;
      var say = n === 0 ? form.dataset.none : n === 1 ? form.dataset.one : form.dataset.many;
      // Functions, so that a dollar sign in what was asked is one.
      found.textContent = say.replace("{n}", function () { return String(n); }).replace("{q}", function () { return asked; });
    }).catch(function () {
      if (mine === turn) found.textContent = form.dataset.failed;
    });
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    clearTimeout(timer);
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
}
