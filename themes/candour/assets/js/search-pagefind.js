// Search with pagefind, for sites that ask for it: over the files that it made of this site.
searchPage((function () {
  "use strict";
  var engine = null;

  function load(address) {
    if (!engine) {
      engine = import(address + "pagefind.js").then(function (pagefind) {
        // Results hold whole paths, with that of the site before them.
        return pagefind.options({ baseUrl: "/", noWorker: true }).then(function () { return pagefind.init(); }).then(function () { return pagefind; });
      });
      engine.catch(function () { engine = null; });
    }
    return engine;
  }

  return function (asked, at, limit) {
    return load(at.pagefind).then(function (pagefind) {
      return pagefind.search(asked);
    }).then(function (answer) {
      return Promise.all(answer.results.slice(0, limit).map(function (hit) { return hit.data(); })).then(function (pages) {
        return {
          count: answer.results.length,
          pages: pages.map(function (page) { return { url: page.url, title: page.meta.title, lines: [page.meta.standing, page.meta.summary] }; })
        };
      });
    });
  };
})());
