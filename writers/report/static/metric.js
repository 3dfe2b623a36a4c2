// One metric: a ranking of regions, plan against actual, the years.

const LEVEL_ORDER = ["province", "district", "commune", "country", "other"];

function regionName(f) {
  return f.region ? f.region.split(" / ").at(-1) : t("no_region");
}

function latest(values) {
  return [...values].sort().at(-1);
}

/** One figure per region: parts before totals, the surer reading first. */
function perRegion(rows) {
  const found = new Map();
  for (const f of rows) {
    const old = found.get(f.region);
    if (!old || f.confidence > old.confidence) found.set(f.region, f);
  }
  return [...found.values()];
}

async function metricView(code, filters) {
  const all = (await allFigures()).filter((f) => f.metric === code && f.value !== null);
  const change = setFilter(`metric/${code}`, filters);
  if (!all.length) return h("div", null, h("h1", null, named("metric", code)), h("p", null, t("nothing")));
  const wanted = Object.fromEntries(filters);
  const levels = LEVEL_ORDER.filter((l) => all.some((f) => f.level === l));
  const measures = [...new Set(all.map((f) => f.measure))];
  const measure = wanted.measure || (measures.includes("level") ? "level" : measures[0]);
  const level = wanted.level || mostCommon(all.filter((f) => f.measure === measure).map((f) => f.level)) || levels[0];
  const here = all.filter((f) => f.measure === measure && f.level === level);
  const years = [...new Set(here.map((f) => f.year).filter(Boolean))].sort();
  const year = Number(wanted.year) || latest(years);
  const now = here.filter((f) => !year || f.year === year);
  return h("div.metric", null,
    h("h1", null, named("metric", code)),
    h("p.quiet", null, t("metric.about", { n: number(all.length), regions: number(new Set(all.map((f) => f.region)).size) })),
    h("div.filters", null,
      select("level", t("filter.level"), levels.map((l) => [l, named("level", l)]), level, change),
      select("year", t("filter.year"), years.map((y) => [String(y), String(y)]), String(year), change),
      select("measure", t("filter.measure"), measures.map((m) => [m, named("measure", m)]), measure, change),
      link(`#figures?metric=${encodeURIComponent(code)}`, t("metric.rows"))),
    planAgainstActual(all.filter((f) => f.level === level && f.measure === "level"), code),
    ranking(now, year),
    overTime(all.filter((f) => f.measure === measure)));
}

function mostCommon(values) {
  const counts = new Map();
  for (const v of values) if (v) counts.set(v, (counts.get(v) || 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

function ranking(rows, year) {
  const scenario = mostCommon(rows.map((f) => f.scenario));
  const one = perRegion(rows.filter((f) => f.scenario === scenario)).sort((a, b) => b.value - a.value);
  if (!one.length) return null;
  const longest = Math.max(...one.map((f) => Math.abs(f.value)));
  const title = t("metric.ranking", { scenario: named("scenario", scenario), year: year || "" });
  return h("section", null, h("h2", null, title),
    scrolled(title, h("table.ranking", null, h("caption.unseen", null, title),
      h("thead", null, h("tr", null, ["rank", "region", "value"].map((k) => h("th", { scope: "col" }, t(`column.${k}`))), h("td", { "aria-hidden": "true" }))),
      h("tbody", null, one.slice(0, 100).map((f, n) => h("tr", null,
        h("td.number", null, String(n + 1)), h("th", { scope: "row" }, quoted(regionName(f))),
        h("td.number", null, link(`#figure/${f.id}`, amount(f.value, f.unit))),
        h("td.bars", { "aria-hidden": "true" }, bar(f.value, longest, f.state === "wrong" ? "bad" : ""))))))),
    one.length > 100 ? h("p.quiet", null, t("more", { n: one.length - 100 })) : null);
}

/** The plan of a year beside what was reached: in that year, or the year it sets out from. */
function planAgainstActual(rows) {
  const plans = new Map(perRegion(rows.filter((f) => f.scenario === "plan")).map((f) => [f.region, f]));
  const reached = new Map(perRegion(rows.filter((f) => f.scenario !== "plan")).map((f) => [f.region, f]));
  const both = [...plans.keys()].filter((r) => reached.has(r));
  if (!both.length) return null;
  const longest = Math.max(...both.flatMap((r) => [plans.get(r).value, reached.get(r).value]));
  return h("section", null, h("h2", null, t("metric.plan")),
    scrolled(t("metric.plan"), h("table.ranking", null, h("caption.unseen", null, t("metric.plan")),
      h("thead", null, h("tr", null, h("th", { scope: "col" }, t("column.region")), h("th", { scope: "col" }, t("scenario.plan")), h("th", { scope: "col" }, t("scenario.actual")), h("th", { scope: "col" }, t("metric.ratio")), h("td", { "aria-hidden": "true" }))),
      h("tbody", null, both.sort((a, b) => plans.get(b).value - plans.get(a).value).slice(0, 100).map((r) => {
        const [p, a] = [plans.get(r), reached.get(r)];
        return h("tr", null, h("th", { scope: "row" }, quoted(regionName(p))),
          h("td.number", null, link(`#figure/${p.id}`, number(p.value)), h("small", null, p.period || "")),
          h("td.number", null, link(`#figure/${a.id}`, number(a.value)), h("small", null, a.period || "")),
          h("td.number", null, percent(a.value, p.value)),
          h("td.bars", { "aria-hidden": "true" }, bar(p.value, longest, "plan"), bar(a.value, longest)));
      })))));
}

/** A line per region and publication: where two publications differ, two lines part. */
function overTime(rows) {
  const groups = new Map();
  for (const f of rows.filter((r) => r.period && r.scenario !== "plan")) {
    const day = byId.get(f.document)?.published || "";
    const key = `${f.region}\u0000${f.scenario}\u0000${day}`;
    if (!groups.has(key)) groups.set(key, { name: [regionName(f), named("scenario", f.scenario), day].filter(Boolean).join(", "), points: new Map() });
    groups.get(key).points.set(f.period, [f.period, f.value, f.id]);
  }
  const series = [...groups.values()].map((g) => ({ name: g.name, points: [...g.points.values()].sort((a, b) => (a[0] < b[0] ? -1 : 1)) }))
    .filter((g) => g.points.length > 1).sort((a, b) => b.points.length - a.points.length || (a.name < b.name ? -1 : 1)).slice(0, 6);
  if (!series.length) return null;
  return h("section", null, h("h2", null, t("metric.time")), lines(series, t("metric.time")),
    h("ul.series", null, series.map((one, n) => h("li", null, h(`span.swatch.c${n}`, { "aria-hidden": "true" }), quoted(one.name), ": ",
      one.points.map(([p, v, id], i) => [i ? "; " : "", `${p} `, link(`#figure/${id}`, number(v))])))));
}
