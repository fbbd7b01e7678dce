// Ready words fill the letter at once; what was typed is never thrown away without asking.
(() => {
  for (const form of document.querySelectorAll("[data-letter-templates]")) {
    const words = JSON.parse(document.getElementById(form.dataset.letterTemplates).textContent);
    const subject = document.getElementById("id_letter_subject");
    const text = document.getElementById("id_letter_text");
    const kept = document.getElementById("id_letter_template");
    const choice = form.querySelector("select");
    let filled = text.value;
    form.dataset.ready = "";
    choice.addEventListener("change", () => {
      const chosen = words[choice.value];
      if (!chosen || (text.value.trim() && text.value !== filled)) return;
      subject.value = chosen.subject;
      text.value = filled = chosen.text;
      kept.value = choice.value;
      text.focus();
    });
    text.addEventListener("input", () => {
      if (text.value !== filled) delete form.dataset.ready;
    });
  }
})();
