// The site's own search: over an index that is one file of this site.
searchPage((function () {
  "use strict";
  var index = null;

  // What the index was made with: small letters without their marks.
  function fold(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  }
  function words(text) {
    return fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  }

  function load(address) {
    if (!index) {
      index = fetch(address).then(function (answer) {
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.json();
      }).then(function (data) {
        return data.pages.map(function (page) {
          return {
            page: { url: page.u, title: page.t, lines: [page.n, page.s] },
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

  return function (asked, at) {
    var terms = words(asked);
    return load(at.index).then(function (entries) {
      var hits = [];
      entries.forEach(function (entry) {
        var sum = 0;
        for (var i = 0; i < terms.length; i++) {
          var n = score(entry, terms[i]);
          if (n === 0) return;
          sum += n;
        }
        if (sum > 0) hits.push({ page: entry.page, sum: sum });
      });
      hits.sort(function (a, b) { return b.sum - a.sum; });
      return { count: hits.length, pages: hits.map(function (hit) { return hit.page; }) };
    });
  };
})());
