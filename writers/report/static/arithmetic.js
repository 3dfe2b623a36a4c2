// A failed identity as a sum that can be redone by hand, its figures linked to their cells.

const SIGNS = { ok: "✓", doubt: "?", ask: "?", part: "≠", wrong: "✗", unread: "∅" };

function figureLabel(figure) {
  return figure.region_text || figure.region?.split(" / ").at(-1) || figure.label || "";
}

function figureButton(figure, text) {
  return h(
    "a",
    { href: `#figure/${figure.id}`, data: { figure: figure.id }, class: "figure-link" },
    quoted(text ?? figure.raw),
  );
}

/** Weights as the audit states them; null where the check is no sum. */
function weightsOf(finding) {
  if (!/total|difference|part_whole/.test(finding.check)) return null;
  const terms = finding.members.length - 1;
  const weights = (finding.weights || Array(terms).fill("1").join(",")).split(",").map(Number);
  return weights.length === terms && weights.every((w) => Math.abs(w) === 1) ? weights : null;
}

function sumRow(kind, sign, content, name, place) {
  return h(
    `tr.${kind}`,
    null,
    h("td.sign", null, sign),
    h("td.amount", null, content),
    h("th.name", { scope: "row" }, name),
    h("td.where", null, place || ""),
  );
}

function placeOf(figure) {
  const parts = [];
  if (figure.page) parts.push(t("place.page", { n: figure.page }));
  if (figure.table) {
    parts.push(t("place.table", { n: figure.table }));
    parts.push(t("place.cell", { row: figure.row, column: figure.column }));
  } else if (figure.passage !== null) {
    parts.push(t("place.passage", { n: figure.passage }));
  }
  return parts.join(", ");
}

/** The sum, its result, the printed result and the difference. */
function arithmetic(finding) {
  const [whole, ...terms] = finding.members;
  if (!whole) return null;
  const weights = weightsOf(finding);
  const scale = scaleOf(whole);
  const rows = terms.map((figure, n) => sumRow(
    "term",
    weights ? (weights[n] < 0 ? "−" : n ? "+" : "") : "",
    figureButton(figure),
    quoted(figureLabel(figure)),
    placeOf(figure),
  ));
  const unit = whole.unit === "percent" ? "%" : unitName(whole.unit, scale);
  const worked = numberLike(finding.expected / scale, whole.format);
  rows.push(sumRow("result", "=", worked, [t(weights ? "sum.result" : "sum.implied"), unit ? ` (${unit})` : ""]));
  rows.push(sumRow(
    "published", finding.status === "fail" ? "≠" : "=",
    figureButton(whole), [t("sum.published"), " · ", quoted(figureLabel(whole))], placeOf(whole),
  ));
  if (finding.status === "fail") {
    rows.push(sumRow(
      "gap", "Δ", numberLike(finding.difference / scale, whole.format, { sign: true }), t("sum.difference"),
    ));
  }
  return h(
    "table.sum",
    null,
    h("caption.unseen", null, t("sum.caption")),
    h("tbody", null, rows),
  );
}
