// What is there: regions against years for a metric, and which metrics there are.

const COVERAGE = unpack(DATA.coverage);

function metricCounts() {
  const counts = new Map();
  for (const row of COVERAGE) {
    const key = row.metric || "";
    const one = counts.get(key) || { count: 0, wrong: 0, years: new Set(), regions: new Set() };
    one.count += row.count;
    one.wrong += row.wrong;
    if (row.year) one.years.add(row.year);
    if (row.region) one.regions.add(row.region);
    counts.set(key, one);
  }
  return [...counts].sort((a, b) => (a[0] === "") - (b[0] === "") || b[1].count - a[1].count);
}

function years(set) {
  const all = [...set].sort();
  return all.length > 1 ? `${all[0]}–${all.at(-1)}` : String(all[0] ?? "");
}

function metricList() {
  const found = metricCounts();
  if (!found.length) return null;
  return h("section", null, h("h2", null, t("overview.metrics")),
    scrolled(t("overview.metrics"),
      h("table.list.small", null, h("caption.unseen", null, t("overview.metrics")),
        h("thead", null, h("tr", null, ["metric", "figures", "regions", "years", "errors"].map((k) => h("th", { scope: "col" }, t(`column.${k}`))))),
        h("tbody", null, found.slice(0, 40).map(([metric, one]) => h("tr", null,
          h("th", { scope: "row" }, metric ? link(`#metric/${metric}`, named("metric", metric)) : link("#figures?metric=-", t("metric.none"))),
          h("td.number", null, number(one.count)), h("td.number", null, number(one.regions.size)),
          h("td", null, years(one.years)),
          h("td.number", null, one.wrong ? h("strong.bad", null, `✗ ${one.wrong}`) : "0")))))),
    h("p", null, link("#coverage", t("overview.coverage"))));
}

function matrix(rows) {
  const columns = [...new Set(rows.map((r) => r.year ?? ""))].sort();
  const cells = new Map();
  for (const r of rows) {
    const key = `${r.region ?? ""}\u0000${r.year ?? ""}`;
    const one = cells.get(key) || { count: 0, wrong: 0 };
    one.count += r.count;
    one.wrong += r.wrong;
    cells.set(key, one);
  }
  const regions = [...new Set(rows.map((r) => r.region ?? ""))];
  const most = Math.max(1, ...[...cells.values()].map((c) => c.count));
  return paged(regions, (some) => scrolled(t("nav.coverage"),
    h("table.matrix", null, h("caption.unseen", null, t("nav.coverage")),
      h("thead", null, h("tr", null, h("th", { scope: "col" }, t("column.region")), columns.map((y) => h("th", { scope: "col" }, y === "" ? t("no_year") : String(y))))),
      h("tbody", null, some.map((region) => h("tr", null,
        h("th", { scope: "row" }, quoted(region || t("no_region"))),
        columns.map((y) => matrixCell(cells.get(`${region}\u0000${y}`), most, region, y))))))));
}

function matrixCell(one, most, region, year) {
  if (!one) return h("td", null, h("span.unseen", null, "0"));
  const level = Math.ceil((Math.log(one.count + 1) / Math.log(most + 1)) * 4);
  return h(`td.number.fill${level}${one.wrong ? ".wrong" : ""}`, null,
    h("a", { href: `#figures?${new URLSearchParams({ region, year })}` }, one.wrong ? `✗ ${one.count}` : String(one.count)));
}

function coverageView(filters) {
  const change = setFilter("coverage", filters);
  const wanted = Object.fromEntries(filters);
  const metrics = metricCounts().map(([m]) => m);
  const levels = [...new Set(COVERAGE.map((r) => r.level).filter(Boolean))];
  const rows = COVERAGE.filter((r) =>
    (!wanted.metric || (wanted.metric === "-" ? !r.metric : r.metric === wanted.metric))
    && (!wanted.level || r.level === wanted.level)
    && (!wanted.q || matches(wanted.q, r.region)));
  return h("div", null, h("h1", null, t("nav.coverage")), h("p.quiet", null, t("coverage.how")),
    h("div.filters", { role: "search" },
      textFilter("q", t("filter.region"), wanted.q, change),
      select("metric", t("filter.metric"), metrics.map((m) => [m || "-", m ? named("metric", m) : t("metric.none")]), wanted.metric, change),
      select("level", t("filter.level"), levels.map((l) => [l, named("level", l)]), wanted.level, change)),
    rows.length ? matrix(rows) : h("p", null, t("nothing")));
}
