// Saves a form as one types, where the page asks for it with data-autosave. Without this script the buttons save.
(function () {
  "use strict";
  var form = document.querySelector("form[data-autosave]");
  if (!form || !window.fetch || !window.FormData) return;
  var waiting = 0, running = false, again = false;
  function tell(words) {
    form.querySelectorAll("[data-saved]").forEach(function (one) { one.textContent = words; });
  }
  function save() {
    if (running) { again = true; return; }
    running = true;
    fetch(form.action || location.href, {
      method: "POST", body: new FormData(form), headers: { "X-Autosave": "1" }, credentials: "same-origin"
    }).then(function (answer) {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    }).then(function (told) {
      Object.keys(told.versions).forEach(function (code) {
        var box = form.elements["version." + code];
        if (box) box.value = told.versions[code];
      });
      tell(told.clashes.length || told.problems.length ? form.dataset.clash : form.dataset.autosave);
    }).catch(function () { tell(form.dataset.offline); }).then(function () {
      running = false;
      if (again) { again = false; save(); }
    });
  }
  form.addEventListener("input", function () {
    clearTimeout(waiting);
    waiting = setTimeout(save, 1500);
  });
  form.addEventListener("submit", function () { clearTimeout(waiting); });
})();
