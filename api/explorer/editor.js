// The GraphQL panel: examples, a query, its variables and the answer.

import { el, post } from "/explorer/client.js";
import { EXAMPLES } from "/explorer/examples.js";

const $ = (id) => document.getElementById(id);
let answer = "";

export function startEditor(known) {
  $("examples").append(...EXAMPLES.map((example) =>
    el("li", {}, el("button", { type: "button", onclick: (event) => choose(example, event.currentTarget, known) },
      example.zh, el("small", {}, example.en)))));
  $("editor").addEventListener("submit", (event) => { event.preventDefault(); run(); });
  $("editor").addEventListener("keydown", keys);
  $("copy").addEventListener("click", () => navigator.clipboard?.writeText(answer));
  $("examples").querySelector("button").click();
}

function choose(example, button, known) {
  for (const other of $("examples").querySelectorAll("button")) other.removeAttribute("aria-current");
  button.setAttribute("aria-current", "true");
  $("source").value = example.query;
  const values = { name: known[0], from: known[0], to: known[1] ?? known[0] };
  const given = Object.fromEntries((example.variables ?? []).map((name) => [name, values[name] ?? ""]));
  $("variables").value = example.variables ? JSON.stringify(given, null, 2) : "";
  run();
}

function keys(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    run();
  }
}

async function run() {
  let variables = null;
  try {
    variables = $("variables").value.trim() ? JSON.parse($("variables").value) : null;
  } catch (error) {
    return show(`变量不是 JSON Variables are no JSON: ${error.message}`, { bad: true });
  }
  const begun = performance.now();
  try {
    const found = await post($("source").value, variables);
    $("timing").textContent = `${(performance.now() - begun).toFixed(0)} ms`;
    show(JSON.stringify(found, null, 2), { bad: Boolean(found.errors) });
  } catch (error) {
    show(String(error), { bad: true });
  }
}

function show(text, { bad }) {
  answer = text;
  $("result").classList.toggle("error", bad);
  $("result").replaceChildren(...(bad ? [text] : coloured(text)));
}

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|\b(?:true|false|null)\b/g;

function coloured(json) {
  const parts = [];
  let at = 0;
  for (const token of json.matchAll(TOKEN)) {
    const text = token[1] ?? token[0];
    const kind = token[1] ? (token[2] ? "k" : "s") : "n";
    parts.push(json.slice(at, token.index), el(`span.${kind}`, {}, text));
    at = token.index + text.length;
  }
  parts.push(json.slice(at));
  return parts;
}
