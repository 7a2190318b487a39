// Lets a phone sign what a page asks (data-passkey-options) with its own lock, and sends the form with the answer.
// Where a browser cannot, what is marked with data-passkey stays hidden, and code and PIN work as ever.
(function () {
  "use strict";
  if (!window.PublicKeyCredential || !navigator.credentials) return;
  document.querySelectorAll("[data-passkey]").forEach(function (one) { one.hidden = false; });
  document.querySelectorAll("[data-passkey-missing]").forEach(function (one) { one.hidden = true; });
  function bytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (sign) { return sign.charCodeAt(0); });
  }
  function text(buffer) {
    var plain = String.fromCharCode.apply(null, new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }
  function known(list) {
    return (list || []).map(function (one) { return { id: bytes(one.id), type: one.type }; });
  }
  function told(made) {
    var answer = {}, from = made.response;
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (name) {
      if (from[name]) answer[name] = text(from[name]);
    });
    return JSON.stringify({ id: made.id, rawId: text(made.rawId), type: made.type, response: answer });
  }
  var form = document.querySelector("form[data-passkey-options]");
  if (!form) return;
  form.addEventListener("submit", function (event) {
    if (form.elements.answer.value) return;
    event.preventDefault();
    var options = JSON.parse(form.dataset.passkeyOptions), asked;
    options.challenge = bytes(options.challenge);
    if (options.user) {
      options.user.id = bytes(options.user.id);
      options.excludeCredentials = known(options.excludeCredentials);
      asked = navigator.credentials.create({ publicKey: options });
    } else {
      options.allowCredentials = known(options.allowCredentials);
      asked = navigator.credentials.get({ publicKey: options });
    }
    asked.then(function (made) {
      form.elements.answer.value = told(made);
      form.submit();
    }).catch(function () {
      document.querySelectorAll("[data-passkey-failed]").forEach(function (one) { one.hidden = false; });
    });
  });
})();
