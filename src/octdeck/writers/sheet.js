// What a sheet does on screen: it takes answers, checks them, shows what is right and keeps the score.
(function () {
  "use strict";

  const bytes = Uint8Array.from(atob(document.getElementById("answers").textContent), (char) => char.charCodeAt(0));
  const { words, questions } = JSON.parse(new TextDecoder().decode(bytes));

  // The text of an element, with the words of its pictures.
  const spoken = (node) =>
    node.nodeType === Node.TEXT_NODE ? node.data : node.alt || Array.from(node.childNodes, spoken).join("");
  const all = (selector, within) => Array.from(within.querySelectorAll(selector));
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  function make(tag, properties, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  const control = (tag, properties, ...children) => make(tag, { className: "control", ...properties }, ...children);
  const button = (text, properties) => control("button", { type: "button", ...properties }, text);

  function points(number) {
    const whole = Math.floor(number);
    return number > whole ? `${whole || ""}½` : `${whole}`;
  }

  // Answers in words are right whatever their capitals, blanks and shape of quotation marks.
  const folded = (text) =>
    text.normalize("NFC").replace(/[‘’]/g, "'").replace(/[“”„«»]/g, '"').replace(/[‐-―]/g, "-")
      .replace(/\s+/g, " ").trim().toLowerCase();

  // Taking: each form gets its fields, and says whether they are filled in, whether they are right, and which are.

  function sign(right) {
    const shape = make("span", { textContent: right ? "✓" : "✗" });
    const spoken = make("span", { className: "unseen", textContent: right ? words.is_right : words.is_wrong });
    shape.setAttribute("aria-hidden", "true");
    return make("span", { className: `sign ${right ? "right" : "wrong"}` }, shape, " ", spoken);
  }

  function takeOptions(block, name, [right]) {
    const type = block.querySelector(".several") ? "checkbox" : "radio";
    const inputs = all(".options > li", block).map((item) => {
      const value = item.querySelector(".letter").textContent;
      const input = control("input", { type, name, value });
      item.append(make("label", {}, input, ...item.childNodes));
      return input;
    });
    const judge = (input, isRight) => {
      input.parentNode.classList.add(isRight ? "right" : "wrong");
      input.parentNode.append(sign(isRight));
    };
    return {
      isAnswered: () => inputs.some((input) => input.checked),
      isRight: () => inputs.every((input) => input.checked === right.includes(input.value)),
      mark: () => inputs.forEach((input) => {
        if (input.checked || right.includes(input.value)) judge(input, right.includes(input.value));
      }),
    };
  }

  function takeFields(fields, right) {
    const fits = (field, n) => right[n].some((text) => folded(text) === folded(field.value));
    return {
      isAnswered: () => fields.some((field) => field.value.trim()),
      isRight: () => fields.every(fits),
      mark: () => fields.forEach((field, n) => field.after(sign(fits(field, n)))),
    };
  }

  function choice(texts, values) {
    const options = texts.map((text, n) => make("option", { value: values[n], textContent: text }));
    return control("select", {}, make("option", { value: "", textContent: "–" }), ...options);
  }

  function takeGaps(block, name, right) {
    const bank = [...new Set(all(".bank .word", block).map(spoken))];
    const fields = all(".gap", block).map((gap, n) => {
      const typed = { type: "text", autocomplete: "off", spellcheck: false, autocapitalize: "off" };
      const field = bank.length ? choice(bank, bank) : control("input", typed);
      field.setAttribute("aria-label", fill(words.gap, { number: n + 1 }));
      gap.append(field);
      return field;
    });
    return takeFields(fields, right);
  }

  function takeLabels(block, name, right) {
    const bank = [...new Set(all(".bank .word", block).map(spoken))];
    const fields = all(".labels > li", block).map((item) => {
      const typed = { type: "text", autocomplete: "off", spellcheck: false, autocapitalize: "off" };
      const field = bank.length ? choice(bank, bank) : control("input", typed);
      field.setAttribute("aria-label", fill(words.gap, { number: item.querySelector(".letter").textContent }));
      item.append(field);
      return field;
    });
    return takeFields(fields, right);
  }

  function takeBoxes(block, name, right, texts, values) {
    const fields = all("li:has(> .box)", block).map((item, n) => {
      const field = choice(texts, values);
      const text = item.querySelector(".text");
      text.id = `${name}-${n + 1}`;
      field.setAttribute("aria-labelledby", text.id);
      item.querySelector(".box").after(field);
      return field;
    });
    return takeFields(fields, right);
  }

  function takeSteps(block, name, right) {
    const numbers = right.map((_, n) => `${n + 1}`);
    return takeBoxes(block, name, right, numbers, numbers);
  }

  function takeColumns(block, name, right) {
    const rights = all(".rights > li", block);
    const part = (selector) => rights.map((item) => spoken(item.querySelector(selector)));
    const letters = part(".letter");
    const texts = part(".text").map((text, n) => `${letters[n]}  ${text}`);
    return takeBoxes(block, name, right, texts, letters);
  }

  function takeWritten(block, name, right, lines) {
    const tag = lines > 1 ? "textarea" : "input";
    const field = control(tag, { className: "control written", autocomplete: "off", spellcheck: false });
    if (lines > 1) field.rows = lines;
    field.setAttribute("aria-label", words.your_answer);
    block.append(field);
    const { isAnswered, isRight } = takeFields([field], right);
    // What is worded in another way may be right as well: the student compares.
    return { isAnswered, isRight: () => isRight() || null, mark() {}, inWords: true };
  }

  const takes = {
    Written: takeWritten,
    Options: takeOptions,
    TrueOrFalse: takeOptions,
    Gaps: takeGaps,
    Labels: takeLabels,
    Steps: takeSteps,
    Columns: takeColumns,
  };

  // Checking: the verdict is true or false, null as long as there is none.

  function prepare(item, index) {
    const { right, points: worth, html } = questions[index];
    const form = item.querySelector("form");
    const block = item.querySelector("fieldset");
    const given = takes[item.dataset.form](block, `q${index + 1}`, right, all(".line", item).length);
    const ask = button(words.check, { type: "submit" });
    const feedback = make("div", { className: "feedback" });
    const yes = button(words.is_right);
    const no = button(words.is_wrong);
    const asked = [make("p", {}, words.compare), make("p", { className: "tools" }, yes, no)];
    const compare = make("div", { className: "compare", hidden: true }, ...asked);
    const earned = make("span", { className: "earned" }, "–");
    let isOpen = true;
    let verdict = null;

    feedback.setAttribute("role", "status");
    compare.setAttribute("role", "group");
    compare.setAttribute("aria-label", words.compare);
    item.querySelector(".points .blank")?.after(earned);
    form.append(make("p", { className: "tools" }, ask), feedback, compare);

    function judge(isRight) {
      verdict = isRight;
      compare.hidden = isRight !== null;
      earned.textContent = isRight === null ? "–" : points(isRight ? worth : 0);
      feedback.classList.toggle("right", isRight === true);
      feedback.classList.toggle("wrong", isRight === false && given.isAnswered());
    }

    function say(text) {
      feedback.replaceChildren(make("p", { className: "verdict", textContent: text }));
    }

    function show(isRight) {
      isOpen = false;
      block.disabled = true;
      given.mark();
      ask.textContent = words.try_again;
      judge(isRight);
      say(isRight === null ? "" : isRight ? words.is_right : given.isAnswered() ? words.is_wrong : words.no_answer);
      feedback.insertAdjacentHTML("beforeend", html);
    }

    function check() {
      if (given.isAnswered() || given.inWords) show(given.isRight());
      else say(words.no_answer);
    }

    function checkWithAll() {
      if (!isOpen) return;
      feedback.setAttribute("aria-live", "off"); // all of them at once would be a flood
      show(given.isAnswered() && given.isRight());
      setTimeout(() => feedback.removeAttribute("aria-live"), 1000);
    }

    function open() {
      isOpen = true;
      block.disabled = false;
      all(".sign", block).forEach((mark) => mark.remove());
      all("label", block).forEach((label) => label.classList.remove("right", "wrong"));
      ask.textContent = words.check;
      judge(null);
      compare.hidden = true;
      feedback.replaceChildren();
    }

    function decide(isRight) {
      judge(isRight);
      feedback.querySelector(".verdict").textContent = isRight ? words.is_right : words.is_wrong;
      ask.focus();
      tally();
    }

    form.onsubmit = (event) => {
      event.preventDefault();
      if (isOpen) check();
      else open();
      tally();
    };
    yes.onclick = () => decide(true);
    no.onclick = () => decide(false);
    return { worth, checkWithAll, open: () => { form.reset(); open(); }, verdict: () => verdict };
  }

  // The score: of points, and of questions where the teacher gave none.

  const score = make("p", { className: "score" });
  score.setAttribute("role", "status");

  function tally() {
    const verdicts = prepared.map((question) => question.verdict());
    const done = verdicts.filter((verdict) => verdict !== null).length;
    const worths = prepared.map((question) => question.worth);
    const counts = worths.some(Boolean) ? worths : worths.map(() => 1);
    const sum = (numbers) => points(numbers.reduce((a, b) => a + b, 0));
    const values = { done, all: verdicts.length, score: sum(counts.filter((_, n) => verdicts[n])), total: sum(counts) };
    score.textContent = done ? fill(done < verdicts.length ? words.checked : words.score, values) : "";
  }

  const prepared = all(".question", document).map(prepare);
  if (!prepared.length) return;
  document.documentElement.classList.add("js");
  const finish = button(words.check_all, { className: "control first" });
  const again = button(words.start_again);
  finish.onclick = () => {
    prepared.forEach((question) => question.checkWithAll());
    tally();
  };
  again.onclick = () => {
    prepared.forEach((question) => question.open());
    tally();
    scrollTo({ top: 0 });
  };
  document.querySelector("main").append(
    make("div", { className: "finish" }, make("p", { className: "tools" }, finish, again), score),
  );
})();
