// Reloads the page when the site was built again, and keeps the reader's place.
(function () {
  "use strict";
  var key = "candour-scroll:" + location.pathname;
  var place = sessionStorage.getItem(key);
  if (place !== null) {
    sessionStorage.removeItem(key);
    window.scrollTo(0, Number(place));
  }
  var shown = document.currentScript.dataset.version;
  function reload() {
    sessionStorage.setItem(key, String(window.scrollY));
    location.reload();
  }
  var events = new EventSource("/-candour/events");
  events.addEventListener("reload", reload);
  events.addEventListener("version", function (e) {
    if (e.data !== shown) { reload(); }
  });
})();
