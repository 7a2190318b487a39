// Keeps what is typed into a form of the desk, in case the power goes. Without this script the button keeps it.
(function () {
  "use strict";
  if (!window.fetch || !window.FormData) return;
  document.querySelectorAll("button[name=keep_draft]").forEach(function (button) {
    var form = button.form, says = button.parentNode.querySelector("[data-draft-says]");
    if (!form || form.dataset.draft) return;
    form.dataset.draft = "1";
    var waiting = 0, running = false, again = false, sent = false;
    function keep() {
      if (sent) return;
      if (running) { again = true; return; }
      running = true;
      var data = new FormData(form);
      data.append("keep_draft", "1");
      fetch(form.getAttribute("action") || location.href, {
        method: "POST", body: data, headers: { "X-Draft": "1" }, credentials: "same-origin", redirect: "error"
      }).then(function (answer) {
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.json();
      }).then(function (told) {
        says.textContent = told.kept ? button.dataset.kept + " " + told.kept : "";
      }).catch(function () { says.textContent = button.dataset.offline; }).then(function () {
        running = false;
        if (again) { again = false; keep(); }
      });
    }
    form.addEventListener("input", function () {
      clearTimeout(waiting);
      waiting = setTimeout(keep, 2000);
    });
    form.addEventListener("submit", function () { sent = true; clearTimeout(waiting); });
  });
})();
