// The chat page, made quicker. Without this file the same forms post and the page comes back.
// Every sentence that a person reads is in the template; none is here.

const LOOK_EVERY = 4_000;
const LOOK_WHEN_HIDDEN = 30_000;
const ASK_AGAIN = 2_000; // while a message waits behind an older one
const LONGEST_WAIT = 60_000;

const log = document.getElementById("log");
const composer = document.getElementById("composer");
const box = composer.elements.text;
const writing = document.getElementById("writing");
const notice = document.getElementById("notice");

// What this browser tab keeps over a reload, apart for each member who signs in here.
const kept = {
  name: (what) => `chat:${log.dataset.member}:${what}`,
  read(what, otherwise) {
    try {
      return JSON.parse(sessionStorage.getItem(this.name(what))) ?? otherwise;
    } catch {
      return otherwise;
    }
  },
  write(what, value) {
    try {
      sessionStorage.setItem(this.name(what), JSON.stringify(value));
    } catch {
      // Storage is off or full: the page works, and forgets at a reload.
    }
  },
};

// Oldest first: {id, text}, {id, choice, label}, or a form as {id, form, label, pairs}
let unsent = kept.read("unsent", []);
let last = log.dataset.last;
let sending = false;
let timer = 0;

class Unsent extends Error {
  constructor(kind, sentence = "") {
    super(kind);
    this.kind = kind; // "failed": the same again may work; "refused", "reused", "signed-out"
    this.sentence = sentence;
  }
}

function newId() {
  if (crypto.randomUUID) return crypto.randomUUID(); // only on https and on this machine
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

function copyOf(template) {
  return document.getElementById(template).content.cloneNode(true);
}

// Showing

function bubble(message) {
  return log.querySelector(`[data-message="${message.id}"]`);
}

function showMine(message) {
  const mine = copyOf("mine").firstElementChild;
  mine.dataset.message = message.id;
  mine.querySelector("[data-words]").textContent = message.label ?? message.text;
  log.append(mine);
  mine.scrollIntoView({ block: "end" });
}

// The turns that this page does not show yet, before whatever still waits to be sent.
function showTurns(html) {
  const parsed = document.createElement("template");
  parsed.innerHTML = html;
  const fresh = [...parsed.content.children].filter((turn) => !document.getElementById(turn.id));
  const waiting = log.querySelector(".unsent");
  for (const turn of fresh) log.insertBefore(turn, waiting);
  return fresh[0];
}

// A form can be filled in once, in its last copy and while the bot knows it to be open.
function closeForms(open) {
  const last = new Map();
  for (const form of log.querySelectorAll("[data-form]")) last.set(form.dataset.form, form);
  for (const form of log.querySelectorAll("[data-form]")) {
    if (open.includes(form.dataset.form) && last.get(form.dataset.form) === form) continue;
    delete form.dataset.form;
    form.querySelector("[data-live]").replaceWith(copyOf("closed"));
  }
}

// After a form the focus goes on to what is wrong with it, or to what was said to it: the button
// that had it is gone.
function moveFocus(turn) {
  const next = turn?.parentNode.querySelector(`#${turn.id} ~ .turn .problems, #${turn.id} .problems`) ?? turn;
  if (!next) return;
  next.tabIndex = -1;
  next.focus({ preventScroll: true });
}

function nearEnd() {
  const page = document.documentElement;
  return page.scrollHeight - page.scrollTop - page.clientHeight < 200;
}

function setWriting(on) {
  writing.replaceChildren(...(on ? [copyOf("writing-words")] : []));
}

function showNotice(template, sentence) {
  const shown = copyOf(template);
  if (sentence) shown.querySelector("[data-sentence]").textContent = sentence;
  shown.querySelector("[data-again]")?.addEventListener("click", () => {
    box.focus(); // the button is about to go, and the focus must not go with it
    notice.replaceChildren();
    sendAll();
  });
  notice.replaceChildren(shown);
  notice.scrollIntoView({ block: "nearest" });
}

// Sending: one message at a time, each with the id it was given first, however often it is tried

async function post(message) {
  let response;
  try {
    response = await fetch("/chat/messages", {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams(message.pairs ? [["id", message.id], ...message.pairs] : message),
      signal: AbortSignal.timeout(LONGEST_WAIT),
    });
  } catch {
    throw new Unsent("failed");
  }
  const answer = await response.json().catch(() => ({}));
  if (response.ok && typeof answer.html === "string") return answer;
  if (response.status === 401) throw new Unsent("signed-out");
  if (response.status === 409) throw new Unsent("reused");
  const refused = response.status >= 400 && response.status < 500 && answer.error;
  throw new Unsent(refused ? "refused" : "failed", answer.error);
}

async function answered(message) {
  for (;;) {
    const answer = await post(message);
    if (!answer.pending) return answer;
    await new Promise((resume) => setTimeout(resume, ASK_AGAIN));
  }
}

async function sendAll() {
  if (sending) return;
  sending = true;
  setWriting(unsent.length > 0);
  let goOn = true;
  while (unsent.length > 0 && goOn) {
    const message = unsent[0];
    try {
      const answer = await answered(message);
      bubble(message)?.remove();
      drop(message);
      if (answer.gone) return sayGoodbye(answer.html);
      const first = showTurns(answer.html);
      closeForms(answer.forms);
      if (message.form) moveFocus(first);
      first?.scrollIntoView({ block: "start" });
    } catch (error) {
      goOn = recover(message, error);
    }
  }
  sending = false;
  setWriting(false);
}

// The member has had themselves forgotten: nothing that was said stays on the page.
function sayGoodbye(html) {
  clearTimeout(timer);
  sessionStorage.clear();
  log.replaceChildren();
  showTurns(html);
  for (const part of [composer, writing, notice, document.querySelector(".intro")]) part?.remove();
  document.getElementById("sign-out")?.remove();
  log.tabIndex = -1;
  log.focus();
}

function drop(message) {
  unsent = unsent.filter((other) => other.id !== message.id);
  kept.write("unsent", unsent);
}

// Whether there is any sense in going on at once.
function recover(message, error) {
  if (error.kind === "reused") {
    const old = bubble(message);
    message.id = newId();
    if (old) old.dataset.message = message.id;
    kept.write("unsent", unsent);
    return true;
  }
  if (error.kind === "refused") {
    bubble(message)?.remove();
    drop(message);
    if (message.text) setBox([message.text, box.value].filter(Boolean).join("\n"));
    showNotice("refused", error.sentence);
    return true;
  }
  bubble(message)?.querySelector(".when").removeAttribute("hidden");
  showNotice(error.kind === "signed-out" ? "signed-out" : "failed", error.sentence);
  return false;
}

function say(message) {
  message.id = newId();
  unsent.push(message);
  kept.write("unsent", unsent);
  notice.replaceChildren();
  showMine(message);
  sendAll();
}

// Writing

function setBox(text) {
  box.value = text;
  kept.write("draft", text);
}

box.addEventListener("input", () => kept.write("draft", box.value));

box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  composer.requestSubmit();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.id === "sign-out") sessionStorage.clear();
  if (form.getAttribute("action") !== "/chat/messages") return;
  event.preventDefault();
  const fields = new FormData(form);
  const { text, choice, label, form: ref } = Object.fromEntries(fields);
  if (form === composer) {
    setBox("");
    box.focus();
    say({ text });
  } else if (ref !== undefined) {
    if (unsent.some((other) => other.form === ref)) return; // on its way
    const pairs = [...fields].filter(([name]) => name !== "id");
    say({ form: ref, label, pairs });
  } else if (choice === undefined) {
    say({ text });
  } else if (!unsent.some((other) => other.choice === choice)) {
    say({ choice, label }); // a second press on the same button says nothing new
  }
});

// Looking for what came later

async function look() {
  clearTimeout(timer);
  if (!composer.isConnected) return; // after goodbye
  if (!sending && unsent.length === 0) {
    try {
      await lookOnce();
    } catch (error) {
      if (error instanceof Unsent) return showNotice("signed-out");
      // No network for the moment: the next look may work.
    }
  }
  timer = setTimeout(look, document.hidden ? LOOK_WHEN_HIDDEN : LOOK_EVERY);
}

async function lookOnce() {
  const response = await fetch(`/chat/updates?${new URLSearchParams({ after: last })}`, {
    headers: { Accept: "application/json" },
    signal: AbortSignal.timeout(LONGEST_WAIT),
  });
  if (response.status === 401) throw new Unsent("signed-out");
  if (!response.ok) return;
  const news = await response.json();
  if (sending) return; // the answer under way is among them; the next look brings the rest
  const follow = nearEnd();
  const first = showTurns(news.html);
  closeForms(news.forms);
  last = news.last;
  if (follow) first?.scrollIntoView({ block: "start" });
}

document.addEventListener("visibilitychange", () => document.hidden || look());

// Beginning

document.getElementById("keys").hidden = false;
if (box.value) kept.write("draft", box.value);
else setBox(kept.read("draft", ""));
(document.getElementById("latest") ?? log.lastElementChild)?.scrollIntoView({ block: "start" });
unsent.forEach(showMine);
sendAll();
timer = setTimeout(look, LOOK_EVERY);
