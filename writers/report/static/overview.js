// The first view: is something wrong, what, where; then what was read and what was not.

const GRAVEST = 6;

function tile(value, name, hash, kind = "") {
  const content = [h("strong", null, value), h("span", null, name)];
  return hash ? h(`a.tile${kind}`, { href: hash }, content) : h(`div.tile${kind}`, null, content);
}

function tiles() {
  const c = DATA.counts;
  return h("div.tiles", null,
    tile(number(c.error), t("tile.errors"), "#findings", c.error ? ".bad" : ".good"),
    tile(number(c.warning), t("tile.warnings"), "#findings?severity=warning"),
    tile(number(c.pass), t("tile.held")),
    tile(number(c.figures), t("tile.figures"), "#figures"),
    tile(percent(c.figures, c.figures + c.unread), t("tile.read")),
    tile(number(c.documents), t("tile.documents"), "#documents"),
    tile(number(c.not_read), t("tile.not_read"), "#documents?status=not_read", c.not_read ? ".warn" : ""));
}

function verdictLine() {
  const c = DATA.counts;
  const among = new Set(FINDINGS.filter((f) => f.severity === "error").map((f) => f.document)).size;
  if (!c.figures) return h("p.verdict.warn", null, t("overview.nothing"));
  if (!c.error) return h("p.verdict.good", null, t(c.pass ? "overview.clean" : "overview.unchecked", { held: number(c.pass) }));
  return h("p.verdict.bad", null, t("overview.errors", { n: number(c.error), documents: number(among), all: number(c.documents) }));
}

/** A contradiction in three numbers: published, what the others give, the difference. */
function contradiction(finding) {
  const scale = finding.unit === "VND" && Math.abs(finding.published) >= 1e9 ? 1e6 : 1;
  const longest = Math.max(Math.abs(finding.published), Math.abs(finding.expected));
  const about = byId.get(finding.document);
  return h(
    `article.contradiction.${finding.severity}`,
    null,
    h("header", null, severityBadge(finding),
      h("a.where", { href: `#document/${finding.document}` }, quoted(about ? about.title || baseName(about.source) : ""))),
    h("div.three", null,
      h("div", null, h("span.name", null, t("sum.published")),
        h("strong.published", null, amount(finding.published, finding.unit, scale)), bar(finding.published, longest, "bad")),
      h("div", null, h("span.name", null, t("sum.others")),
        h("strong", null, amount(finding.expected, finding.unit, scale)), bar(finding.expected, longest)),
      h("div", null, h("span.name", null, t("sum.difference")),
        h("strong.gap", null, amount(finding.difference, finding.unit, scale, { sign: true })))),
    h("p.message", { dir: "auto" }, visible(ours(finding))),
    h("p", null, h("a.go", { href: `#finding/${finding.id}` }, t("finding.open"))),
  );
}

function documentTable(rows) {
  return scrolled(t("nav.documents"),
    h("table.list", null,
      h("caption.unseen", null, t("nav.documents")),
      h("thead", null, h("tr", null, ["document", "published", "figures", "errors", "held", "status"].map((k) =>
        h("th", { scope: "col" }, t(`column.${k}`))))),
      h("tbody", null, rows.map(documentRow))));
}

function documentRow(d) {
  const bad = d.status !== "ok";
  return h(`tr${d.errors ? ".bad" : bad ? ".warn" : ""}`, null,
    h("th", { scope: "row" },
      d.id ? link(`#document/${d.id}`, quoted(d.title || baseName(d.source))) : quoted(baseName(d.source)),
      h("small", null, quoted(d.source))),
    h("td.date", null, d.published || ""),
    h("td.number", null, number(d.figures)),
    h("td.number", null, d.errors ? h("strong.bad", null, `✗ ${number(d.errors)}`) : "0"),
    h("td.number", null, number(d.held)),
    h("td", null, bad ? [h("strong", null, t(`status.${d.status}`)), d.error ? h("small", { dir: "auto" }, visible(ours(d, "error"))) : null] : t("status.ok")));
}

function notRead() {
  const lost = DOCUMENTS.filter((d) => d.status !== "ok");
  if (!lost.length && !DATA.unread.length) return null;
  return h("section", null,
    h("h2", null, t("overview.not_read")),
    lost.length ? h("ul.lost", null, lost.slice(0, 20).map((d) => h("li", null,
      h("strong", null, quoted(baseName(d.source))), " ", h("span", { dir: "auto" }, visible(ours(d, "error") || t(`status.${d.status}`)))))) : null,
    lost.length > 20 ? h("p", null, link("#documents?status=not_read", t("more", { n: lost.length - 20 }))) : null,
    DATA.unread.length ? scrolled(t("overview.reasons"), h("table.list.small", null, h("caption", null, t("overview.reasons")),
      h("tbody", null, DATA.unread.map(([reason, n]) => h("tr", null,
        h("td.number", null, number(n)), h("th", { scope: "row", dir: "auto" }, because(reason))))))) : null);
}

function checkSummary() {
  if (!DATA.checks.length) return null;
  return h("section", null, h("h2", null, t("overview.checks")),
    scrolled(t("overview.checks"), h("table.list.small", null, h("caption.unseen", null, t("overview.checks")),
      h("thead", null, h("tr", null, ["check", "held", "failed", "unknown"].map((k) => h("th", { scope: "col" }, t(`column.${k}`))))),
      h("tbody", null, DATA.checks.map(([check, held, failed, unknown]) => h("tr", null,
        h("th", { scope: "row" }, named("check", check)),
        h("td.number", null, number(held)), h("td.number", null, number(failed)), h("td.number", null, number(unknown))))))));
}

function overview() {
  const worst = FINDINGS.filter((f) => f.severity === "error").slice(0, GRAVEST);
  const first = [...DOCUMENTS].sort((a, b) => b.errors - a.errors).slice(0, 20);
  return h("div.overview", null,
    h("h1.unseen", null, t("nav.overview")),
    verdictLine(), tiles(),
    worst.length ? h("section", null, h("h2", null, t("overview.worst")),
      h("div.cards", null, worst.map(contradiction)),
      DATA.failed > worst.length ? h("p", null, link("#findings", t("overview.all_findings", { n: number(DATA.failed) }))) : null) : null,
    h("section", null, h("h2", null, t("nav.documents")), documentTable(first),
      DOCUMENTS.length > first.length ? h("p", null, link("#documents", t("overview.all_documents", { n: number(DOCUMENTS.length) }))) : null),
    notRead(), checkSummary(), metricList());
}
