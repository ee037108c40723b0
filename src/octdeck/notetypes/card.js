// What a card does by itself: mixes its options by the day, takes taps on the front, marks them on the back.
(function () {
  "use strict";

  const root = document.querySelector(".octdeck");
  if (!root) return;

  const all = (selector, within) => Array.from((within || root).querySelectorAll(selector));
  // With the words of its pictures: an option may be nothing but one.
  const spoken = (node) => (node.nodeType === 3 ? node.data : node.alt || Array.from(node.childNodes, spoken).join(""));
  const text = (element) => (element ? spoken(element).trim() : "");

  // Mixing: the same on both sides of a card and another each day, so the seed is the options' own text and the day.

  function randomFrom(seed) {
    let state = 2166136261; // FNV-1a makes a number of the text, mulberry32 a sequence of the number
    for (const letter of seed) state = Math.imul(state ^ letter.codePointAt(0), 16777619);
    return () => {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
  }

  function shuffled(items, random) {
    const mixed = items.slice();
    for (let i = mixed.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [mixed[i], mixed[j]] = [mixed[j], mixed[i]];
    }
    return mixed;
  }

  const byText = (a, b) => (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0);
  const place = (item) => Number(item.dataset.place);
  const solved = (items) => items.every((item, i) => i === 0 || place(items[i - 1]) < place(item));

  function mix(list, day) {
    const isLast = (item) => item.classList.contains("last");
    const items = Array.from(list.children);
    const free = items.filter((item) => !isLast(item)).sort(byText);
    const mixed = shuffled(free, randomFrom(free.map(text).concat(day).join("\n")));
    if (list.classList.contains("order") && solved(mixed)) mixed.push(mixed.shift());
    list.append(...mixed, ...items.filter(isLast));
  }

  // What the student chose, carried to the back where the app lets us; where it does not, nothing is marked there.

  const question = text(root.querySelector(".question"));

  function keep(given) {
    try {
      sessionStorage.setItem("octdeck", JSON.stringify([question, given]));
    } catch (error) { /* no storage here */ }
  }

  function kept() {
    try {
      const [of, given] = JSON.parse(sessionStorage.getItem("octdeck"));
      return of === question ? given : [];
    } catch (error) {
      return [];
    }
  }

  // The front: taps. A mark is the number or letter that CSS shows in an item's box.

  const pressed = (item) => item.getAttribute("aria-pressed") === "true";
  const press = (item, down) => item.setAttribute("aria-pressed", String(down));
  const mark = (item, sign) => item.setAttribute("data-mark", sign);

  function onTap(item, action) {
    item.classList.add("tappable"); // the phone apps leave the taps on such an element to the card
    item.setAttribute("role", "button");
    press(item, false);
    item.onclick = (event) => {
      event.stopPropagation();
      action(item);
    };
  }

  function takeChoice(list) {
    const items = Array.from(list.children);
    const one = list.classList.contains("one");
    items.forEach((item) => onTap(item, () => {
      const down = one || !pressed(item);
      if (one) items.forEach((other) => press(other, false));
      press(item, down);
      keep(items.filter(pressed).map(text));
    }));
  }

  function takeOrder(list) {
    const items = Array.from(list.children);
    let taken = [];
    items.forEach((item) => onTap(item, () => {
      taken = taken.includes(item) ? taken.filter((other) => other !== item) : taken.concat(item);
      items.forEach((other) => {
        press(other, taken.includes(other));
        mark(other, taken.indexOf(other) + 1 || "");
      });
      keep(taken.map(text));
    }));
  }

  function takePairs(match) {
    const lefts = all(".lefts > li", match);
    const rights = all(".rights > li", match);
    const pairs = new Map(); // left to right
    let held = null;

    const letter = (right) => (right ? String.fromCharCode(65 + rights.indexOf(right)) : "");
    const opposite = (a, b) => a && lefts.includes(a) !== lefts.includes(b);

    function tap(item) {
      if (opposite(held, item)) {
        const left = lefts.includes(item) ? item : held;
        pairs.set(left, left === item ? held : item);
        held = null;
      } else if (pairs.delete(item) || held === item) {
        held = null;
      } else {
        held = item;
      }
      lefts.concat(rights).forEach((other) => press(other, other === held));
      lefts.forEach((left) => mark(left, letter(pairs.get(left))));
      keep(Array.from(pairs, ([left, right]) => [text(left), text(right)]));
    }
    lefts.concat(rights).forEach((item) => onTap(item, tap));
  }

  // The back: what was given, beside what is right.

  function judge(element, given, right) {
    if (!given) return;
    element.classList.add(given === right ? "hit" : "miss");
    element.setAttribute("data-given", given);
  }

  function markChoice(list, given) {
    const chosen = (item) => given.includes(text(item));
    list.classList.toggle("given", Array.from(list.children).some(chosen));
    Array.from(list.children).forEach((item) => item.classList.toggle("chosen", chosen(item)));
  }

  function markOrder(items, given) {
    items.forEach((item, i) => judge(item, given.indexOf(text(item)) + 1, i + 1));
  }

  function markPairs(rows, given) {
    rows.forEach((row) => {
      const [left, right] = [row.querySelector("th"), row.querySelector("td")];
      const pair = given.find((each) => each[0] === text(left));
      judge(right, pair && pair[1], text(right));
    });
  }

  // A typed answer: Anki shows letter by letter how it differs from the one in the field. That reads as wrong where only
  // capitals or the shape of a quotation mark differ, and where it is another answer that the teacher accepts.

  const folded = (words) =>
    words.normalize("NFC").replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/[‐-―]/g, "-")
      .replace(/\s+/g, " ").trim().toLowerCase();

  function markTyped(block) {
    const comparison = block.querySelector("#typeans");
    const answer = root.querySelector(".answer");
    if (!comparison) return;
    const joined = (spans) => spans.map((span) => span.textContent).join("");
    const below = all("#typearrow ~ span", block);
    const typed = joined(all(".typeGood, .typeBad", block).filter((span) => !below.includes(span)));
    const expected = joined(below) || typed;
    block.hidden = !typed;
    if (!typed) return;
    const accepted = all(".accept .alt").map(text).concat(expected).map(folded);
    block.classList.toggle("accepted", accepted.includes(folded(typed)));
    if (answer) answer.hidden = folded(text(answer)) === folded(expected);
  }

  // Anki may run this again on the same page: nothing above outlives the elements it belongs to.

  all(".options:not(.fixed)").forEach((list) => mix(list, Math.floor(Date.now() / 864e5)));
  all("summary").forEach((summary) => summary.classList.add("tappable"));
  if (root.classList.contains("front")) {
    keep([]);
    all(".options.one, .options.many").forEach(takeChoice);
    all(".options.order").forEach(takeOrder);
    all(".match").forEach(takePairs);
  } else {
    const given = kept();
    all(".options.one, .options.many").forEach((list) => markChoice(list, given));
    markOrder(all(".answer > ol > li"), given);
    markPairs(all(".answer .pairs tr"), given);
    all(".typed").forEach(markTyped);
  }
})();
