// On a phone that is its owner's alone: starts the worker that keeps a few own pages, tells it which files they need, and
// on the page of saved jobs (data-keep) which jobs to keep as well. Signing out wipes all of it.
(function () {
  "use strict";
  if (!("serviceWorker" in navigator)) return;
  function all(what, name) {
    return Array.prototype.map.call(document.querySelectorAll(what), function (one) { return one.getAttribute(name); });
  }
  function leave() {
    if (window.caches) caches.delete("openpes-own-1");
    navigator.serviceWorker.getRegistration("/me/").then(function (one) {
      if (!one) return;
      if (one.active) one.active.postMessage({ forget: true });
      one.unregister();
    });
  }
  document.querySelectorAll("form[action$='/sign-out/'], form[data-forget]").forEach(function (form) {
    form.addEventListener("submit", leave);
  });
  navigator.serviceWorker.register("/me/worker.js", { scope: "/me/" }).then(function () {
    return navigator.serviceWorker.ready;
  }).then(function (ready) {
    var files = all("link[rel=stylesheet]", "href"), jobs = all("a[data-keep]", "href");
    if (!ready.active) return;
    ready.active.postMessage({ files: files });
    if (jobs.length) ready.active.postMessage({ pages: jobs });
  }).catch(function () { /* Without it everything works, with a signal. */ });
})();
