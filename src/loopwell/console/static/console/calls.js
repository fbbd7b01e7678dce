// How does nothing a caller typed get lost? It is kept in this tab until the call is over.
(function () {
  "use strict";
  if (document.querySelector("[data-forget]")) {
    Object.keys(sessionStorage).forEach(function (each) {
      if (each.indexOf("call-") === 0) sessionStorage.removeItem(each);
    });
  }
  var form = document.querySelector("form[data-keep]");
  if (!form) return;
  var name = "call-" + form.dataset.keep;
  function fields() {
    return form.querySelectorAll("textarea, input[type=text], input.w, input[type=radio], input[type=checkbox]");
  }
  function key(field) {
    return /radio|checkbox/.test(field.type) ? field.name + "=" + field.value : field.name;
  }
  var kept = JSON.parse(sessionStorage.getItem(name) || "{}");
  fields().forEach(function (field) {
    if (!(key(field) in kept)) return;
    if (/radio|checkbox/.test(field.type)) field.checked = kept[key(field)];
    else if (!field.value) field.value = kept[key(field)];
  });
  form.addEventListener("input", function () {
    var now = {};
    fields().forEach(function (field) {
      now[key(field)] = /radio|checkbox/.test(field.type) ? field.checked : field.value;
    });
    sessionStorage.setItem(name, JSON.stringify(now));
  });
})();
