// Tabs, theme, names to choose from, and the forms of the panels.

import { ask, el } from "/explorer/client.js";
import { startEditor } from "/explorer/editor.js";
import { showOrganization, showPaths, showRanking } from "/explorer/panels.js";

const SHOW = { explore: showOrganization, path: showPaths, rank: showRanking };
const $ = (id) => document.getElementById(id);

const START = `{
  revision
  counts { documents organizations people events }
  centrality(measure: degree, first: 12) { nodes { organization { name } } }
  measures: __type(name: "Measure") { enumValues { name description } }
  sectors: __type(name: "Sector") { enumValues { name description } }
}`;

const NAMES = `query ($search: String!) {
  organizations(search: $search, first: 12) { nodes { name aliases } }
}`;

function openTab(name) {
  for (const tab of document.querySelectorAll("[role=tab]")) {
    const chosen = tab.id === `tab-${name}`;
    tab.setAttribute("aria-selected", String(chosen));
    $(tab.getAttribute("aria-controls")).hidden = !chosen;
  }
}

function formOf(name) {
  return document.querySelector(`form[data-for="${name}"]`);
}

async function submit(name) {
  const form = formOf(name);
  const fields = Object.fromEntries(new FormData(form));
  const target = $(name).querySelector(".answer");
  const search = new URLSearchParams(Object.entries(fields).filter(([, value]) => value));
  history.replaceState(null, "", `#${name}?${search}`);
  try {
    await SHOW[name](target, fields, go);
  } catch (error) {
    target.replaceChildren(el("div.card", {}, el("p.error", {}, error.message), candidates(error, form)));
  }
}

// An ambiguous or unknown name: offer what the server suggests.
function candidates(error, form) {
  const names = (error.errors ?? []).flatMap((e) => e.extensions?.candidates ?? e.extensions?.suggestions ?? []);
  return el("ul.rows", {}, names.map((c) => el("li", {}, el("button.link", {
    type: "button",
    onclick: () => {
      const wrong = [...form.querySelectorAll("input[list]")].find((i) => error.message.includes(i.value)) ?? form.querySelector("input");
      wrong.value = c.id ?? c;
      form.requestSubmit();
    },
  }, c.name ?? c))));
}

function go(name) {
  openTab("explore");
  formOf("explore").elements.name.value = name;
  submit("explore");
  scrollTo({ top: 0 });
}

let waiting = 0;
function suggest(event) {
  if (!event.target.matches("input[list]")) return;
  clearTimeout(waiting);
  waiting = setTimeout(async () => {
    const search = event.target.value.trim();
    if (!search) return;
    const { organizations } = await ask(NAMES, { search });
    $("names").replaceChildren(...organizations.nodes.map((o) => el("option", { value: o.name }, o.aliases.join(" · "))));
  }, 150);
}

// A description begins with the Chinese label.
function options(select, values) {
  select.append(...values.map((v) => {
    const label = v.description.split(" ")[0];
    return el("option", { value: v.name, title: v.description }, label.toLowerCase() === v.name ? label : `${label} ${v.name}`);
  }));
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
}

function startTheme() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  setTheme(localStorage.getItem("theme") ?? (dark.matches ? "dark" : "light"));
  $("theme").addEventListener("click", () => {
    setTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark");
    localStorage.setItem("theme", document.documentElement.dataset.theme);
  });
}

function showCounts({ revision, counts }) {
  const shown = { "文档 Documents": counts.documents, "机构 Organizations": counts.organizations, "人物 People": counts.people, "事件 Events": counts.events, "版本 Revision": revision };
  $("counts").replaceChildren(...Object.entries(shown).map(([name, value]) =>
    el("div", {}, el("dt", {}, name), el("dd", {}, value.toLocaleString("en")))));
}

async function restore(known) {
  const [, name, search] = /^#(\w+)\??(.*)$/.exec(location.hash) ?? [];
  if (name in SHOW) {
    openTab(name);
    const given = new URLSearchParams(search);
    if (name === "explore" && !given.has("name") && known[0]) given.set("name", known[0]);
    for (const [field, value] of given) {
      const input = formOf(name).elements[field];
      if (input) input.value = value;
    }
    if (formOf(name).checkValidity()) await submit(name);
  } else if (name === "query") openTab("query");
  else if (known[0]) go(known[0]);
}

async function start() {
  startTheme();
  for (const tab of document.querySelectorAll("[role=tab]")) {
    tab.addEventListener("click", () => {
      openTab(tab.getAttribute("aria-controls"));
      history.replaceState(null, "", `#${tab.getAttribute("aria-controls")}`);
    });
  }
  for (const name of Object.keys(SHOW)) {
    formOf(name).addEventListener("submit", (event) => { event.preventDefault(); submit(name); });
  }
  document.addEventListener("input", suggest);
  const found = await ask(START);
  showCounts(found);
  options(formOf("rank").elements.measure, found.measures.enumValues);
  options(formOf("rank").elements.sector, found.sectors.enumValues);
  const known = found.centrality.nodes.map((row) => row.organization.name);
  $("names").replaceChildren(...known.map((name) => el("option", { value: name })));
  const path = formOf("path").elements;
  [path.from.value, path.to.value] = [known[0] ?? "", known[1] ?? ""];
  startEditor(known);
  await restore(known);
}

start().catch((error) => $("explore").querySelector(".answer").replaceChildren(el("p.error", {}, error.message)));
