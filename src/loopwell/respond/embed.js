// How does the question appear on a web page that is not ours? C comes from embed_script.py.
(function (C) {
  "use strict";
  var me = document.currentScript || document.querySelector('script[src*="/embed/' + C.ref + '"]');
  var key = "loopwell." + C.ref, rules = C.rules, now = me && me.hasAttribute("data-now");
  var box, root, came, url = C.url;

  // What this browser remembers: pages seen, its share, when closed, whether answered.
  function memory() {
    try { return JSON.parse(localStorage.getItem(key)) || {}; } catch (e) { return null; }
  }
  function remember(what, value) {
    var kept = memory() || {};
    kept[what] = value;
    try { localStorage.setItem(key, JSON.stringify(kept)); } catch (e) { return false; }
    return true;
  }
  function named(words) {
    return words.some(function (word) { return location.href.indexOf(word) >= 0; });
  }
  // Where nothing can be remembered nobody is asked, or they would be asked on every page.
  function wanted() {
    var kept = memory() || {}, pages = (kept.pages || 0) + 1;
    if (!remember("pages", pages)) return false;
    if (kept.lot === undefined) { kept.lot = Math.random() * 100; remember("lot", kept.lot); }
    if (kept.answered || pages < rules.pages || kept.lot >= rules.share) return false;
    if (kept.closed && Date.now() - kept.closed < rules.rest * 864e5) return false;
    return !(rules.only.length && !named(rules.only)) && !named(rules.not);
  }
  function scrolled() {
    var page = document.documentElement, whole = page.scrollHeight - window.innerHeight;
    return whole <= 0 || (window.pageYOffset / whole) * 100 >= rules.scroll;
  }
  function wait() {
    setTimeout(function () {
      if (scrolled()) return show();
      window.addEventListener("scroll", function look() {
        if (!scrolled()) return;
        window.removeEventListener("scroll", look);
        show();
      }, { passive: true });
    }, rules.delay * 1000);
  }

  function language() {
    var wishes = [me && me.getAttribute("data-lang"), C.language, document.documentElement.lang];
    wishes = wishes.concat(navigator.languages || [navigator.language]).map(function (wish) {
      return (wish || "").toLowerCase().split("-")[0];
    });
    return wishes.filter(function (wish) { return C.pages[wish]; })[0] || C.fallback;
  }
  var spoken, words;

  function show() {
    spoken = language();
    words = C.pages[spoken];
    var inline = C.place === "inline";
    var spot = inline && document.querySelector('[data-loopwell="' + C.ref + '"]');
    box = document.createElement("div");
    root = box.attachShadow({ mode: "open" });
    dress();
    root.appendChild(make("div", { class: "lw " + (inline ? "in" : "pop"), lang: spoken,
      dir: words.dir, role: inline ? "group" : "dialog", "aria-label": words.title }));
    if (spot) spot.appendChild(box);
    else if (inline && me && me.parentNode !== document.head) me.parentNode.insertBefore(box, me);
    else document.body.appendChild(box);
    fill(words.html);
    if (inline) return;
    came = document.activeElement;
    document.addEventListener("keydown", escape);
    var said = make("div", { class: "sr", role: "status" });
    panel().appendChild(said);
    setTimeout(function () { said.textContent = words.title; }, 300);
  }
  function make(name, attributes) {
    var element = document.createElement(name);
    Object.keys(attributes).forEach(function (each) { element.setAttribute(each, attributes[each]); });
    return element;
  }
  function panel() { return root.querySelector(".lw"); }
  // A style sheet made by script is allowed by pages that allow no inline styles.
  function dress() {
    try {
      var sheet = new CSSStyleSheet();
      sheet.replaceSync(C.css);
      root.adoptedStyleSheets = [sheet];
    } catch (e) {
      root.appendChild(make("style", {})).textContent = C.css;
    }
  }
  var safe = window.trustedTypes && window.trustedTypes.createPolicy("loopwell-" + C.ref, {
    createHTML: function (html) { return html; }
  });
  function fill(html, focus) {
    var place = panel(), body = place.querySelector(".body");
    if (!body) {
      body = place.appendChild(make("div", { class: "body" }));
      body.addEventListener("submit", send);
      if (C.place !== "inline") {
        var close = make("button", { type: "button", class: "close", "aria-label": words.close });
        close.textContent = "\u00d7";
        close.addEventListener("click", leave);
        place.appendChild(close);
      }
    }
    body.innerHTML = safe ? safe.createHTML(html) : html;
    var head = focus && body.querySelector("[role=alert],h2");
    if (head) { head.tabIndex = -1; head.focus(); place.scrollTop = 0; }
  }
  function escape(event) {
    var at = document.activeElement;
    if (event.key === "Escape" && !event.defaultPrevented && (at === box || at === document.body)) leave();
  }
  function leave() {
    document.removeEventListener("keydown", escape);
    box.remove();
    if (!now) remember("closed", Date.now());
    if (came && came.focus) came.focus();
  }

  function send(event) {
    event.preventDefault();
    var form = event.target, pressed = event.submitter, data = new URLSearchParams(new FormData(form));
    if (pressed && pressed.name) data.append(pressed.name, pressed.value);
    data.set("lang", spoken);
    Array.prototype.forEach.call(me ? me.attributes : [], function (each) {
      if (each.name.indexOf("data-loopwell-") === 0) data.append("x." + each.name.slice(14), each.value);
    });
    form.setAttribute("aria-busy", "true");
    fetch(url, { method: "POST", body: data, credentials: "omit", keepalive: true })
      .then(function (answer) { return answer.json(); })
      .then(function (said) {
        if (said.error && !said.html) { console.warn("Loopwell: " + said.error); return fail(form, said.error); }
        if (!now) remember("answered", 1);
        if (said.token) url = C.url + said.token + "/";
        fill(said.html, true);
      })
      .catch(function () { fail(form, words.fail); });
  }
  function fail(form, text) {
    form.removeAttribute("aria-busy");
    var shown = form.querySelector(".error") || form.insertBefore(make("p", { class: "error", role: "alert" }), form.firstChild);
    shown.textContent = text;
  }

  function begin() {
    if (now) show();
    else if (wanted()) wait();
  }
  if (!window.fetch || !document.head.attachShadow) return;
  if (document.body) begin();
  else document.addEventListener("DOMContentLoaded", begin);
})
