// All figures: filters, full-text search, download of what is shown.

const EXPORTED = ["id", "document", "region", "level", "metric", "label", "scenario", "measure", "basis", "year", "period", "value", "unit", "raw", "total", "method", "page", "table", "row", "column", "confidence", "state"];

function pick(figures, wanted) {
  const same = (name, value) => !wanted[name] || (wanted[name] === "-" ? !value : String(value ?? "") === wanted[name]);
  return figures.filter((f) =>
    same("metric", f.metric) && same("scenario", f.scenario) && same("measure", f.measure)
    && same("year", f.year) && same("level", f.level) && same("state", f.state)
    && same("document", f.document) && same("region", f.region)
    && (!wanted.q || matches(wanted.q, f.label, f.region, f.raw, named("metric", f.metric))));
}

function options(figures, name, words) {
  const found = [...new Set(figures.map((f) => f[name]))].filter((v) => v !== null && v !== undefined);
  return found.sort().slice(0, 500).map((v) => [String(v), words ? named(words, v) : String(v)]);
}

async function figuresView(filters) {
  const figures = await allFigures((n, all) => announce(t("loading", { n, all })));
  const change = setFilter("figures", filters);
  const wanted = Object.fromEntries(filters);
  const rows = pick(figures, wanted);
  const documents = DOCUMENTS.filter((d) => d.id).slice(0, 1000).map((d) => [d.id, d.title || baseName(d.source)]);
  return h("div", null,
    h("h1", null, t("nav.figures")),
    h("div.filters", { role: "search" },
      textFilter("q", t("filter.text"), wanted.q, change),
      select("metric", t("filter.metric"), [...options(figures, "metric", "metric"), ["-", t("metric.none")]], wanted.metric, change),
      select("level", t("filter.level"), options(figures, "level", "level"), wanted.level, change),
      select("region", t("filter.region"), options(figures, "region"), wanted.region, change),
      select("year", t("filter.year"), options(figures, "year"), wanted.year, change),
      select("scenario", t("filter.scenario"), options(figures, "scenario", "scenario"), wanted.scenario, change),
      select("measure", t("filter.measure"), options(figures, "measure", "measure"), wanted.measure, change),
      select("state", t("filter.state"), options(figures, "state", "state"), wanted.state, change),
      select("document", t("filter.document"), documents, wanted.document, change),
      h("button", { type: "button", onclick: () => downloadFigures(rows) }, t("download.csv"))),
    h("p.quiet", { role: "status" }, t("found", { n: number(rows.length) })),
    rows.length ? paged(rows, figureTable) : h("p", null, t("nothing")));
}

function figureTable(rows) {
  return scrolled(t("nav.figures"),
    h("table.list.small", null,
      h("caption.unseen", null, t("nav.figures")),
      h("thead", null, h("tr", null, ["region", "metric", "kind", "period", "raw", "value", "state"].map((k) => h("th", { scope: "col" }, t(`column.${k}`))))),
      h("tbody", null, rows.map((f) => h("tr", null,
        h("td", null, quoted(f.region || "–")),
        h("td", null, f.metric ? named("metric", f.metric) : quoted(f.label)),
        h("td", null, `${named("scenario", f.scenario)} · ${named("measure", f.measure)}`),
        h("td", null, f.period || "–"),
        h("td.number", null, link(`#figure/${f.id}`, quoted(f.raw))),
        h("td.number", null, amount(f.value, f.unit)),
        h("td", null, h(`span.key.s-${f.state}`, null, SIGNS[f.state] ? `${SIGNS[f.state]} ` : "", t(`state.${f.state}`))))))));
}

/** A byte order mark first: spreadsheets take the file for what it is, UTF-8. */
function downloadFigures(rows) {
  const text = csv(EXPORTED, rows.map((r) => EXPORTED.map((f) => r[f])));
  download("figures.csv", `\ufeff${text}`, "text/csv;charset=utf-8");
}
