"use strict";
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const cases = read("case-data");
  const rules = read("rule-data");
  const byId = (id) => document.getElementById(id);
  const [text, outcome, operation, rule, list, shown, more] =
    ["text", "outcome", "operation", "rule", "list", "shown", "more"].map(byId);
  const STEP = 200;
  // Whatever a target sent becomes text, never markup.
  const make = (name, className, content) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (content !== undefined) element.textContent = content;
    return element;
  };
  const option = (select, value) => {
    const element = make("option", "", value);
    element.value = value;
    select.append(element);
  };
  for (const value of new Set(cases.map((each) => each.o))) option(outcome, value);
  for (const value of [...new Set(cases.map((each) => each.p))].sort()) option(operation, value);
  for (const value of rules) option(byId("rules"), value);
  for (const each of cases) {
    each.text = (each.i + " " + (each.w || "") + " " + each.o).toLowerCase();
  }
  const diff = (lines) => {
    const element = make("pre", "diff");
    for (const line of lines.split("\n")) {
      const kind = line.startsWith("-") ? "minus" : line.startsWith("+") ? "plus" : "";
      element.append(make("span", kind, line + "\n"));
    }
    return element;
  };
  const field = (parent, name, value) => {
    if (!value) return;
    const line = make("p", "");
    line.append(make("strong", "", name + " "), make("span", "", value));
    parent.append(line);
  };
  const fill = (body, each) => {
    const failure = each.f;
    if (each.w && !failure) field(body, "reason", each.w);
    field(body, "known as", each.k);
    if (failure) {
      field(body, "rule", failure.rule);
      field(body, "", failure.text);
      field(body, "citation", failure.citation);
      field(body, "admissible", failure.expected.join(" or "));
      body.append(failure.diff ? diff(failure.diff) : make("pre", "", failure.actual));
      for (const exchange of failure.exchanges) {
        const more = make("details");
        more.open = exchange.step === failure.step;
        more.append(make("summary", "", exchange.title));
        more.append(make("pre", "", exchange.request), make("pre", "", exchange.response));
        body.append(more);
      }
      if (failure.note) body.append(make("p", "legend", failure.note));
      if (failure.stderr) body.append(make("h4", "", "stderr"), make("pre", "", failure.stderr));
      body.append(make("h4", "", "reproduce"), make("pre", "", failure.reproduce));
      if (failure.curl) body.append(make("pre", "", failure.curl));
    }
    field(body, "operation", each.p);
    field(body, "rules", each.r.map((index) => rules[index]).join(", "));
  };
  const row = (each) => {
    const element = make("details", "case");
    const summary = make("summary");
    summary.append(make("span", "outcome " + each.o, each.o.replace("_", " ")));
    summary.append(make("span", "id", each.i), make("span", "why", each.w || ""));
    element.append(summary);
    element.addEventListener("toggle", () => {
      if (element.open && element.children.length === 1) {
        const body = make("div");
        fill(body, each);
        element.append(body);
      }
    });
    return element;
  };
  let found = [];
  const next = () => {
    const from = list.children.length;
    list.append(...found.slice(from, from + STEP).map(row));
    more.hidden = list.children.length >= found.length;
    shown.textContent =
      `${found.length} of ${cases.length} cases` +
      (more.hidden ? "" : `, the first ${list.children.length} shown`);
  };
  const filter = () => {
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const part = rule.value.trim().toLowerCase();
    const wanted = new Set();
    rules.forEach((name, index) => {
      if (part && name.toLowerCase().includes(part)) wanted.add(index);
    });
    found = cases.filter(
      (each) =>
        (!outcome.value || each.o === outcome.value) &&
        (!operation.value || each.p === operation.value) &&
        (!part || each.r.some((index) => wanted.has(index))) &&
        words.every((word) => each.text.includes(word)),
    );
    list.replaceChildren();
    next();
  };
  const broken = ["fail", "unexpected_pass"].find((name) => cases.some((each) => each.o === name));
  outcome.value = broken || "";
  byId("filters").addEventListener("input", filter);
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("filters").addEventListener("reset", () => setTimeout(filter));
  more.addEventListener("click", next);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-rule]");
    if (!button) return;
    rule.value = button.dataset.rule;
    outcome.value = "";
    filter();
    byId("cases").scrollIntoView();
    rule.focus({ preventScroll: true });
  });
  document.addEventListener("keydown", (event) => {
    if (/INPUT|SELECT|TEXTAREA/.test(event.target.tagName) || event.ctrlKey || event.metaKey) return;
    if (event.key === "/") {
      event.preventDefault();
      text.focus();
    } else if (event.key === "j" || event.key === "k") {
      const rows = [...list.children].map((each) => each.firstElementChild);
      const at = rows.indexOf(document.activeElement);
      const to = rows[event.key === "j" ? at + 1 : Math.max(0, at - 1)];
      if (to) to.focus();
    }
  });
  filter();
})();
