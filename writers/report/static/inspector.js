// What is known of one figure: printed, read, how surely, by which rule, which checks it is in.

const inspector = { panel: null, figure: null, finding: null, document: null };

function fact(name, ...content) {
  return [h("dt", null, name), h("dd", null, ...content)];
}

function sureness(figure) {
  const word = figure.confidence >= 0.95 ? "sure" : figure.confidence >= 0.8 ? "fair" : "weak";
  return `${number(figure.confidence * 100, 1)}% (${t(`sure.${word}`)})`;
}

function facts(figure) {
  const nothing = h("em", null, t("not_said"));
  const other = figure.alternative === null ? null
    : h("span.other", null, " ", t("fact.perhaps"), " ", amount(figure.alternative, figure.unit));
  const read = figure.value === null
    ? quoted(figure.reason || t("state.unread"))
    : [amount(figure.value, figure.unit), other];
  return h(
    "dl.facts",
    null,
    fact(t("fact.raw"), h("strong.raw", null, quoted(figure.raw))),
    fact(t("fact.value"), read),
    fact(t("fact.confidence"), sureness(figure)),
    fact(t("fact.format"), named("format", figure.format)),
    fact(t("fact.region"), figure.region ? quoted(figure.region)
      : figure.region_text ? quoted(figure.region_text) : nothing),
    fact(t("fact.label"), figure.label ? quoted(figure.label) : nothing),
    fact(t("fact.metric"), figure.metric
      ? link(`#metric/${figure.metric}`, named("metric", figure.metric)) : h("em", null, t("metric.none"))),
    fact(t("fact.kind"), [named("scenario", figure.scenario), named("measure", figure.measure), figure.basis]
      .filter(Boolean).join(" · ")),
    fact(t("fact.period"), figure.period || nothing),
    fact(t("fact.place"), placeOf(figure)),
    figure.corrections ? fact(t("fact.corrected"), h("ul.corrections", null, figure.corrections.map(correctionItem))) : null,
    figure.flags ? fact(t("fact.flags"), figure.flags.split(" ").map((f) => named("flag", f)).join("; ")) : null,
  );
}

/** What was read before, what a reader made of it, and who: kept visibly apart. */
function correctionItem([field, value, original, reason, by, on]) {
  return h("li", null, h("strong", null, named("field", field)), ": ",
    original === null ? null : [h("del", null, visible(original)), " → "], quoted(value),
    h("small", null, quoted([by, on].filter(Boolean).join(", ")), ": ", quoted(reason)));
}

function checkItem(finding) {
  return h(
    `li.check.${finding.status}.${finding.severity}`,
    null,
    severityBadge(finding),
    " ",
    finding.status === "pass" ? quoted(ours(finding))
      : link(`#finding/${finding.id}`, quoted(ours(finding))),
  );
}

function checksOf(figure) {
  const rank = { fail: 0, unknown: 1, pass: 2 };
  const found = [...figure.checks].sort((a, b) => rank[a.status] - rank[b.status]);
  if (!found.length) return h("p.quiet", null, t("checks.none"));
  return [
    h("ul.checks", null, found.slice(0, 8).map(checkItem)),
    found.length > 8 ? h("p.quiet", null, t("checks.more", { n: found.length - 8 })) : null,
  ];
}

/** The finding in three numbers, and the way to the sum itself. */
function mismatch(finding) {
  const [whole] = finding.members;
  if (!whole) return "";
  const scale = scaleOf(whole);
  const line = (name, value, kind) => [h("dt", null, t(name)), h(`dd${kind}`, null, value)];
  return h("div.mismatch", null,
    h("dl", null,
      line("sum.published", amount(finding.published, whole.unit, scale), ".bad"),
      line("sum.others", amount(finding.expected, whole.unit, scale), ""),
      line("sum.difference", amount(finding.difference, whole.unit, scale, { sign: true }), ".bad")),
    h("button.plain", { type: "button", onclick: () => openProof(finding) }, t("finding.proof")));
}

function openProof(finding) {
  const card = document.getElementById(`finding-${finding.id}`);
  if (!card) return;
  card.open = true;
  card.scrollIntoView({ block: "start" });
  card.querySelector("summary").focus({ preventScroll: true });
}

/** Shows a figure; with a finding, the figures it was checked with are marked too. */
function inspect(doc, figure, finding) {
  Object.assign(inspector, { document: doc, figure, finding });
  const panel = inspector.panel;
  if (!panel) return;
  panel.replaceChildren(
    h(
      "div.panel-head",
      null,
      h("h2", null, t("inspector.title")),
      h("button.plain.close", { type: "button", "aria-label": t("close"), onclick: closeInspector }, "×"),
    ),
    h("p.state", { class: `state s-${figure.state}` }, `${SIGNS[figure.state] || "·"} `, t(`state.${figure.state}`)),
    finding && finding.status === "fail" ? mismatch(finding) : "",
    cropFor(doc, figure, finding) || "",
    facts(figure),
    h("h3", null, t("fact.checks")),
    h("div", null, checksOf(figure)),
    correctionForm(doc, figure),
    h(
      "p.tools",
      null,
      h("button.plain", { type: "button", onclick: () => copyLink(figure) }, t("copy_link")),
      h("code.id", null, figure.id),
    ),
  );
  panel.hidden = false;
  document.body.classList.add("inspecting");
}

function closeInspector() {
  inspector.panel.hidden = true;
  document.body.classList.remove("inspecting");
  document.querySelector(`[data-cell="${inspector.figure?.id}"]`)?.focus();
}

function copyLink(figure) {
  const address = `${location.href.split("#")[0]}#figure/${figure.id}`;
  copyText(address);
}

/** Puts text on the clipboard, also where the page was opened from disk. */
function copyText(text) {
  const done = () => announce(t("copied"));
  if (navigator.clipboard && window.isSecureContext) {
    navigator.clipboard.writeText(text).then(done, () => copyByHand(text, done));
  } else {
    copyByHand(text, done);
  }
}

function copyByHand(text, done) {
  const field = h("textarea.unseen", { "aria-hidden": "true" });
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
  done();
}
