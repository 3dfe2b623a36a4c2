// Lists of documents and contradictions with their filters.

const PAGE = 100;

/** Rows in pages of a hundred: a run has thousands. */
function paged(rows, draw) {
  const box = h("div");
  let shown = 0;
  const more = h("button.more", { type: "button", onclick: () => step() });
  const step = () => {
    const next = rows.slice(shown, shown + PAGE);
    shown += next.length;
    more.before(draw(next));
    more.hidden = shown >= rows.length;
    more.textContent = t("more", { n: number(rows.length - shown) });
  };
  box.append(more);
  step();
  return box;
}

function plain(text) {
  return (text || "").normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").replaceAll("Đ", "D").toLowerCase();
}

function matches(query, ...texts) {
  const words = plain(query).split(/\s+/).filter(Boolean);
  const all = plain(texts.join(" "));
  return words.every((word) => all.includes(word));
}

function select(name, label, options, value, change) {
  const control = h("select", { name, onchange: (e) => change(name, e.target.value) },
    h("option", { value: "" }, t("any")),
    options.map(([key, text]) => h("option", { value: key, selected: key === value }, visible(text))));
  return h("label", null, label, control);
}

function textFilter(name, label, value, change) {
  const input = h("input", { type: "search", name, onchange: (e) => change(name, e.target.value) });
  input.value = value || "";
  return h("label", null, label, input);
}

function setFilter(route, filters) {
  return (name, value) => {
    const next = new URLSearchParams(filters);
    if (value) next.set(name, value);
    else next.delete(name);
    location.hash = `#${route}${next.size ? `?${next}` : ""}`;
  };
}

function findingsView(filters) {
  const change = setFilter("findings", filters);
  const wanted = Object.fromEntries(filters);
  const rows = FINDINGS.filter((f) =>
    (!wanted.severity || f.severity === wanted.severity)
    && (!wanted.check || f.check === wanted.check)
    && (!wanted.metric || f.metric === wanted.metric)
    && (!wanted.q || matches(wanted.q, f.vi, f.en, f.region, f.raw, byId.get(f.document)?.title)));
  const options = (name) => [...new Set(FINDINGS.map((f) => f[name]).filter(Boolean))].sort();
  return h("div", null,
    h("h1", null, t("nav.findings")),
    h("div.filters", { role: "search" },
      textFilter("q", t("filter.text"), wanted.q, change),
      select("severity", t("filter.severity"), ["error", "warning", "info"].map((k) => [k, named("status", k)]), wanted.severity, change),
      select("check", t("filter.check"), options("check").map((k) => [k, named("check", k)]), wanted.check, change),
      select("metric", t("filter.metric"), options("metric").map((k) => [k, named("metric", k)]), wanted.metric, change),
      h("button", { type: "button", onclick: () => downloadFindings(rows) }, t("download.csv"))),
    h("p.quiet", { role: "status" }, t("found", { n: number(rows.length) })),
    DATA.failed > FINDINGS.length ? h("p.notice", null, t("findings.cut", { n: number(FINDINGS.length), all: number(DATA.failed) })) : null,
    rows.length ? paged(rows, (some) => h("div.cards", null, some.map(contradiction))) : h("p", null, t("nothing")));
}

const FINDING_FIELDS = ["id", "document", "check", "severity", "region", "metric", "year", "published", "expected", "difference", "unit", "raw", "vi", "en"];

function downloadFindings(rows) {
  download("findings.csv", csv(FINDING_FIELDS, rows.map((r) => FINDING_FIELDS.map((f) => r[f]))), "text/csv;charset=utf-8");
}

function documentsView(filters) {
  const change = setFilter("documents", filters);
  const wanted = Object.fromEntries(filters);
  const rows = DOCUMENTS.filter((d) =>
    (!wanted.status || (wanted.status === "not_read" ? d.status !== "ok" : wanted.status === "errors" ? d.errors : d.status === wanted.status))
    && (!wanted.q || matches(wanted.q, d.title, d.source, d.region, d.error, d.error_vi)));
  return h("div", null,
    h("h1", null, t("nav.documents")),
    h("div.filters", { role: "search" },
      textFilter("q", t("filter.text"), wanted.q, change),
      select("status", t("filter.status"), ["errors", "ok", "not_read"].map((k) => [k, t(`status.${k}`)]), wanted.status, change)),
    h("p.quiet", { role: "status" }, t("found", { n: number(rows.length) })),
    rows.length ? paged(rows, documentTable) : h("p", null, t("nothing")));
}
