// Copies the wording of an alert template. The page is whole without it: the button shows only where this script runs, and
// the text can be downloaded as well. Nothing is sent anywhere.
(function () {
  "use strict";

  function words(element) {
    return element.textContent.replace(/\s+/g, " ").trim();
  }

  // What stands in an element as plain text, laid out as in the download, without addresses of links: a line for each item, an empty one between blocks.
  function plain(element) {
    var blocks = [];
    Array.prototype.forEach.call(element.children, function (child) {
      var name = child.tagName;
      if (name === "UL" || name === "OL") {
        blocks.push(Array.prototype.map.call(child.children, function (item, i) {
          return (name === "OL" ? (child.start || 1) + i + ". " : "- ") + words(item);
        }).join("\n"));
      } else if (name === "DIV" || name === "SECTION" || name === "BLOCKQUOTE") {
        blocks.push(plain(child));
      } else {
        blocks.push(words(child));
      }
    });
    return blocks.filter(Boolean).join("\n\n");
  }

  // The old way, for pages that are not served over HTTPS.
  function copyByHand(text) {
    var area = document.createElement("textarea");
    area.value = text;
    area.className = "sr";
    document.body.appendChild(area);
    area.select();
    var done = false;
    try { done = document.execCommand("copy"); } catch (e) { done = false; }
    area.remove();
    return done;
  }

  Array.prototype.forEach.call(document.querySelectorAll("button[data-copy]"), function (button) {
    var source = document.getElementById(button.dataset.copy);
    var status = document.getElementById(button.dataset.status);
    if (!source || !status) { return; }
    function say(done) {
      status.textContent = "";
      // A live region is read out when its text changes, so that the same word twice needs a change in between.
      window.setTimeout(function () { status.textContent = done ? button.dataset.copied : button.dataset.failed; }, 50);
      button.focus();
    }
    button.hidden = false;
    button.addEventListener("click", function () {
      var text = plain(source);
      if (navigator.clipboard && window.isSecureContext) {
        navigator.clipboard.writeText(text).then(function () { say(true); }, function () { say(copyByHand(text)); });
      } else {
        say(copyByHand(text));
      }
    });
  });
})();
