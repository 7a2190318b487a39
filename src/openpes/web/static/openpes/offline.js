// On a phone that is its owner's alone: starts the worker that keeps a few own pages, and tells it which files they need.
(function () {
  "use strict";
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker.register("/me/worker.js", { scope: "/me/" }).then(function () {
    return navigator.serviceWorker.ready;
  }).then(function (ready) {
    var files = Array.prototype.map.call(document.querySelectorAll("link[rel=stylesheet]"), function (one) {
      return one.getAttribute("href");
    });
    if (ready.active) ready.active.postMessage({ files: files });
  }).catch(function () { /* Without it everything works, with a signal. */ });
})();
