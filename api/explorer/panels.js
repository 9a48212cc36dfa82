// The three panels that need no GraphQL: one organization, paths, rankings.

import { ask, el, svg } from "/explorer/client.js";

const SENTENCES = `evidence(first: 2) { quote document { title published } }`;

const ORGANIZATION = `query ($name: String!) {
  organization(name: $name) {
    id name aliases kindLabel sector place parent { name }
    units(first: 20) { nodes { name } }
    people(first: 12) { totalCount nodes { title person { name } } }
    collaborators(first: 16) {
      totalCount
      nodes {
        organization { name kindLabel sector } weight firstDate lastDate
        events(first: 5) { totalCount nodes { kindLabel name date ${SENTENCES} } }
        relations(first: 5) { totalCount nodes { kindLabel title date ${SENTENCES} } }
      }
    }
    events(first: 10) {
      totalCount
      nodes { kindLabel name date status amount { text } statusLabel participants { roleLabel entity { __typename name } } ${SENTENCES} }
    }
  }
}`;

const PATHS = `query ($from: String!, $to: String!, $k: Int!, $since: Date) {
  path(from: $from, to: $to, k: $k, since: $since) {
    length
    nodes { name kindLabel ... on Organization { sector } }
    hops { supports(first: 3) { kindLabel name title date ${SENTENCES} } }
  }
}`;

const RANKING = `query ($measure: Measure!, $sector: [Sector!], $since: Date, $until: Date) {
  centrality(measure: $measure, sector: $sector, since: $since, until: $until, first: 50) {
    nodes { rank score organization { name kindLabel sector place } }
  }
}`;

export async function showOrganization(target, { name }, go) {
  const { organization: o } = await ask(ORGANIZATION, { name });
  const links = o.collaborators.nodes;
  target.replaceChildren(
    el("div.grid", {},
      el("div", {},
        el("div.card", {},
          el("h1.title", {}, o.name),
          el("p.aliases", {}, o.aliases.join(" · ")),
          el("p", {}, tag(o), o.place && el("span.quiet", {}, o.place, " "), o.parent && link(o.parent.name, go)),
          o.units.nodes.length > 0 && el("p.quiet", {}, "下属 Units: ", listed(o.units.nodes.map((u) => link(u.name, go)))),
        ),
        links.length > 0 && el("div.card", {}, ego(o, links, go)),
        people(o.people),
      ),
      el("div", {},
        collaborators(o.collaborators, go),
        events(o.events, go),
      ),
    ),
  );
}

export async function showPaths(target, { from, to, k, since }, go) {
  const { path } = await ask(PATHS, { from, to, k: Number(k) || 1, since: since || null });
  target.replaceChildren(...path.map((p, index) =>
    el("div.card", {},
      el("h2", {}, `${index + 1} · ${p.length} 步 ${p.length === 1 ? "hop" : "hops"}`),
      el("ol.hops", {}, p.nodes.flatMap((node, at) => [
        el(`li.stop.${node.sector ?? "other"}`, {}, link(node.name, go), " ", tag(node)),
        p.hops[at] && el("li.how", {}, p.hops[at].supports.flatMap(sentence)),
      ])),
    )));
}

export async function showRanking(target, { measure, sector, since, until }, go) {
  const { centrality } = await ask(RANKING, {
    measure, sector: sector || null, since: since || null, until: until || null,
  });
  const rows = centrality.nodes;
  if (rows.length === 0) return target.replaceChildren(el("p.empty", {}, "没有机构 No organization fits."));
  const most = Math.max(...rows.map((r) => r.score), 1e-12);
  target.replaceChildren(el("div.card", {}, el("table", {},
    el("tr", {}, el("th.number", {}, "#"), el("th", {}, "机构 Organization"), el("th", {}, "类别 Kind"), el("th.number", {}, "得分 Score"), el("th", {})),
    rows.map(({ rank, score, organization: o }) => el("tr", {},
      el("td.number", {}, String(rank)),
      el("td", {}, link(o.name, go)),
      el("td", {}, tag(o), el("span.quiet", {}, o.place ?? "")),
      el("td.number", {}, score.toPrecision(4)),
      el("td.bar-cell", {}, meter(score / most, o.sector)),
    )))));
}

function collaborators({ totalCount, nodes }, go) {
  if (totalCount === 0) return el("div.card", {}, el("h2", {}, "合作机构 Collaborators"), el("p.quiet", {}, "无 None"));
  const most = Math.max(...nodes.map((n) => n.weight));
  return el("div.card", {},
    el("h2", {}, `合作机构 Collaborators · ${totalCount}`),
    el("ul.rows", {}, nodes.map((n) => el("li", {},
      el("div.row", {}, el("span.grow", {}, link(n.organization.name, go), " ", tag(n.organization)), el("small", {}, span(n.firstDate, n.lastDate))),
      meter(n.weight / most, n.organization.sector),
      el("details", {}, el("summary", {}, counted(n)), [...n.events.nodes, ...n.relations.nodes].slice(0, 5).flatMap(sentence)),
    ))),
  );
}

function people({ totalCount, nodes }) {
  if (totalCount === 0) return null;
  return el("div.card", {},
    el("h2", {}, `人物 People · ${totalCount}`),
    el("ul.rows", {}, nodes.map((n) => el("li.row", {}, el("b", {}, n.person.name), el("span.quiet", {}, n.title ?? "")))),
  );
}

function events({ totalCount, nodes }, go) {
  if (totalCount === 0) return null;
  return el("div.card", {},
    el("h2", {}, `事件 Events · ${totalCount}`),
    el("ul.rows", {}, nodes.map((e) => el("li", {},
      el("div.row", {}, el("span.tag", {}, e.kindLabel), el("b.grow", {}, e.name ?? "", e.status !== "completed" && el(`span.tag.${e.status}`, {}, e.statusLabel)), el("small", {}, e.amount?.text ?? "", " ", e.date ?? "")),
      parties(e.participants, go),
      el("details", {}, el("summary", {}, "原文 Sentences"), sentence(e)),
    ))),
  );
}

function parties(participants, go) {
  const byRole = grouped(participants);
  return [...byRole].map(([role, group]) => el("div.quiet", {}, `${role} `,
    listed(group.map(({ entity: e }) => (e.__typename === "Organization" ? link(e.name, go) : e.name)))));
}

function grouped(participants) {
  const found = new Map();
  for (const p of participants) found.set(p.roleLabel, [...(found.get(p.roleLabel) ?? []), p]);
  return found;
}

function ego(o, links, go) {
  const picture = svg("svg", { viewBox: "-380 -190 760 380", class: "ego", role: "img", "aria-label": `${o.name}: ${links.length} collaborators` });
  const most = Math.max(...links.map((l) => l.weight));
  links.forEach((l, i) => {
    const turn = (2 * Math.PI * (i + 0.5)) / links.length;
    const [x, y] = [205 * Math.sin(turn), -150 * Math.cos(turn)];
    picture.append(svg("line", { x1: 0, y1: 0, x2: x, y2: y, "stroke-width": 1 + (4 * l.weight) / most }));
    const dot = svg("g", { class: l.organization.sector ?? "other", role: "link", tabindex: 0 },
      svg("title", {}, l.organization.name), svg("circle", { cx: x, cy: y, r: 5 + (5 * l.weight) / most }),
      label(x, y, l.organization.name, { beside: true }));
    dot.addEventListener("click", () => go(l.organization.name));
    dot.addEventListener("keydown", (event) => event.key === "Enter" && go(l.organization.name));
    picture.append(dot);
  });
  picture.append(svg("g", { class: o.sector ?? "other" }, svg("circle", { cx: 0, cy: 0, r: 14 }), label(0, 1, o.name)));
  return picture;
}

function label(x, y, name, { beside = false } = {}) {
  const wide = /[\u3000-\u9fff]/.test(name) ? 11 : 20;
  const text = name.length > wide ? `${name.slice(0, wide - 1)}…` : name;
  if (!beside) return svg("text", { x, y: y + 30, "text-anchor": "middle" }, text);
  const right = x > 0;
  return svg("text", { x: x + (right ? 14 : -14), y: y + 4, "text-anchor": right ? "start" : "end" }, text);
}

const link = (name, go) => el("button.link", { type: "button", onclick: () => go(name) }, name);
const tag = ({ kindLabel, sector }) => el(`span.tag.${sector ?? "other"}`, {}, kindLabel);
const span = (first, last) => (first === last ? first ?? "" : `${first ?? "?"} – ${last ?? "?"}`);
const listed = (items) => items.flatMap((item, i) => (i ? ["、", item] : [item]));

function counted({ events, relations }) {
  const parts = [];
  if (events.totalCount) parts.push(`${events.totalCount} 个事件 ${events.totalCount === 1 ? "event" : "events"}`);
  if (relations.totalCount) parts.push(`${relations.totalCount} 条关系 ${relations.totalCount === 1 ? "relation" : "relations"}`);
  return parts.join(" · ");
}

function sentence(fact) {
  const about = [fact.kindLabel, fact.title, fact.name, fact.date].filter(Boolean).join(" · ");
  return fact.evidence.map((e) => el("blockquote", {}, e.quote, el("cite", {}, about, " — ", e.document.title, " ", e.document.published ?? "")));
}

function meter(part, sector) {
  const fill = el("b", {});
  fill.style.width = `${Math.max(2, Math.min(100, 100 * part))}%`;
  return el(`div.meter.${sector ?? "other"}`, {}, fill);
}
