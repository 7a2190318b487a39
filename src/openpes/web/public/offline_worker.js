// Keeps a few of a person's own pages for hours without a signal. Registered only after they said that the phone is
// theirs alone; a page that sends to sign-in means that they have gone: then everything kept is thrown away.
"use strict";
const STORE = "openpes-own-1";
// Answers vary by cookie and language; on one person's phone there is one of each.
const ANY = { ignoreVary: true };
const PAGES = ["/me/", "/me/card/", "/me/appointments/", "/me/jobs/", "/me/searches/"];

// Once told to forget, an answer that is still on its way is not kept any more.
let gone = false;

async function forget() {
  gone = true;
  await caches.delete(STORE);
  await self.registration.unregister();
}

async function keep(request, answer) {
  if (gone || !answer.ok || answer.redirected || answer.type !== "basic") return;
  const store = await caches.open(STORE);
  await store.put(request, answer);
  if (gone) await caches.delete(STORE);
}

async function fetchAndKeep(path) {
  const answer = await fetch(path, { credentials: "same-origin" });
  if (answer.redirected && answer.url.includes("/sign-in/")) return forget();
  return keep(new Request(path), answer);
}

async function isKept(request, here) {
  if (here.search) return false;
  return PAGES.includes(here.pathname) || Boolean(await caches.match(request, ANY));
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  const told = event.data || {};
  if (told.forget) return event.waitUntil(forget());
  gone = false;
  const wanted = (told.pages || PAGES).concat(told.files || []);
  event.waitUntil(Promise.all(wanted.map((path) => fetchAndKeep(path).catch(() => undefined))));
});
self.addEventListener("fetch", (event) => {
  const request = event.request;
  const here = new URL(request.url);
  if (request.method !== "GET" || here.origin !== self.location.origin) return;
  const isPage = request.mode === "navigate";
  const isFile = here.pathname.startsWith("/static/");
  if (!isFile && !isPage) return;
  event.respondWith((async () => {
    try {
      const answer = await fetch(request);
      if (isPage && answer.redirected && answer.url.includes("/sign-in/")) await forget();
      else if (isPage && await isKept(request, here)) await keep(request, answer.clone());
      return answer;
    } catch (noSignal) {
      const kept = await caches.match(request, ANY) || (isPage ? await caches.match("/me/", ANY) : undefined);
      if (kept) return kept;
      throw noSignal;
    }
  })());
});
