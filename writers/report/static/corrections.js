// "This was misread": a row for corrections.csv to copy. The page itself changes nothing.

const FIELDS = ["value", "unit", "region_code", "metric", "scenario", "measure", "basis", "year", "period", "figure", "note"];
const collected = [];

/** A CSV field that no spreadsheet takes for a formula. */
function csvField(value) {
  let text = value === null || value === undefined ? "" : String(value);
  if (/^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+([.,]\d+)*$/.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function csv(head, rows) {
  return [head, ...rows].map((row) => row.map(csvField).join(",")).join("\r\n") + "\r\n";
}

const CORRECTION_HEAD = ["observation_id", "field", "value", "reason", "by", "on"];

function correctionForm(doc, figure) {
  const field = h("select", { name: "field" }, FIELDS.map((f) => h("option", { value: f }, named("field", f))));
  const value = h("input", { name: "value", autocomplete: "off" });
  const reason = h("input", { name: "reason", autocomplete: "off" });
  const by = h("input", { name: "by", autocomplete: "name" });
  by.value = collected.at(-1)?.[4] || "";
  if (figure.alternative !== null) value.value = String(figure.alternative);
  const shown = h("textarea.rows", { readonly: true, rows: 4, "aria-label": "corrections.csv", hidden: true });
  const save = h("button", { type: "button", hidden: true, onclick: () => download("corrections.csv", csv(CORRECTION_HEAD, collected), "text/csv") }, t("correct.download"));
  const add = () => {
    const today = new Date().toISOString().slice(0, 10);
    collected.push([figure.id, field.value, value.value, reason.value, by.value, today]);
    shown.value = csv(CORRECTION_HEAD, collected);
    shown.hidden = false;
    save.hidden = false;
    copyText(shown.value);
  };
  const row = (name, control) => h("label", null, t(name), control);
  return h(
    "details.correct",
    null,
    h("summary", null, t("correct.title")),
    h("p.quiet", null, t("correct.law")),
    h("div.form", null,
      row("correct.field", field), row("correct.value", value), row("correct.reason", reason), row("correct.by", by),
      h("button", { type: "button", onclick: add }, t("correct.add")), shown, save),
  );
}
