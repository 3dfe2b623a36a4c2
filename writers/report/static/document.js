// One document: what is wrong in it, its tables and text, the page it was printed on.

const OPEN_FINDINGS = 1;
const MOST_FINDINGS = 200;

function severityBadge(finding) {
  const kind = finding.status && finding.status !== "fail" ? finding.status : finding.severity;
  return h(`span.badge.${kind}`, null, named("status", kind));
}

function findingCard(finding, open) {
  return h(
    `details.finding.${finding.severity}`,
    { open, id: `finding-${finding.id}`, data: { finding: finding.id } },
    h("summary", null, severityBadge(finding), " ", h("span", { dir: "auto" }, visible(ours(finding)))),
    h(
      "div.proof",
      null,
      arithmetic(finding),
      totalAgainstSum(finding),
      finding.suggestion ? h("p", null, t("suggestion"), " ", quoted(finding.suggestion)) : null,
      h("p.tools", null,
        h("button.plain", { type: "button", onclick: () => showFinding(finding) }, t("finding.show")),
        h("span.quiet", null, named("check", finding.check), " · "), h("code.id", null, finding.id)),
    ),
  );
}

function documentHead(about) {
  const notices = language === "vi" ? about.notices_vi : about.notices;
  const pairs = [
    [t("document.source"), quoted(about.url || about.source)],
    [t("document.published"), about.published],
    [t("document.region"), about.region && quoted(about.region)],
    [t("document.figures"), number(about.figures)],
    [t("document.unread"), about.unread ? number(about.unread) : null],
    [t("document.digest"), about.id && h("code.id", null, about.id.slice(0, 16))],
  ];
  return h(
    "div.document-head",
    null,
    h("h1", { dir: "auto" }, visible(about.title || baseName(about.source))),
    h("dl.line", null, pairs.filter(([, v]) => v).map(([k, v]) => h("div", null, fact(k, v)))),
    noticeList(notices),
    about.error ? h("p.notice.error", { dir: "auto" }, visible(ours(about, "error"))) : null,
  );
}

/** What a reader must know of the document; many fold into one line. */
function noticeList(notices) {
  if (!notices.length) return null;
  const items = h("ul.notices", null, notices.map((text) => h("li", { dir: "auto" }, visible(text))));
  if (notices.length < 3) return items;
  return h("details.notices", null, h("summary", null, t("notices", { n: notices.length })), items);
}

function baseName(source) {
  return source.split(/[\\/]/).filter(Boolean).at(-1) || source;
}

function legend() {
  return h("p.legend", { "aria-label": t("legend") },
    ["wrong", "part", "ask", "doubt", "ok", "none", "unread"].map((state) =>
      h(`span.key.s-${state}`, null, SIGNS[state] ? `${SIGNS[state]} ` : "", t(`state.${state}`))));
}

function verdictOf(doc) {
  const failed = doc.findings.filter((f) => f.status === "fail" && f.severity === "error").length;
  const held = doc.findings.filter((f) => f.status === "pass").length;
  return h(`p.verdict.${failed ? "bad" : held ? "good" : "none"}`, null, failed
    ? t("verdict.errors", { n: number(failed), held: number(held) })
    : t(held ? "verdict.clean" : "verdict.unchecked", { held: number(held) }));
}

function findingsOf(doc) {
  const order = { error: 0, warning: 1, info: 2 };
  const failed = doc.findings.filter((f) => f.status === "fail" && f.severity !== "info")
    .sort((a, b) => order[a.severity] - order[b.severity]);
  const minor = doc.findings.filter((f) => f.status === "fail" && f.severity === "info");
  return [
    failed.length ? h("section", { "aria-labelledby": "wrong-title" },
      h("h2", { id: "wrong-title" }, t("document.wrong")),
      failed.slice(0, MOST_FINDINGS).map((f, n) => findingCard(f, n < OPEN_FINDINGS && f.severity === "error")),
      failed.length > MOST_FINDINGS ? h("p", null, t("more.failed", { n: failed.length - MOST_FINDINGS })) : null) : null,
    minor.length ? h("details.minor", null,
      h("summary", null, t("document.minor", { n: minor.length })),
      minor.slice(0, MOST_FINDINGS).map((f) => findingCard(f, false))) : null,
  ];
}

const drawn = new Map();

/** Tables are drawn when they come near the window: a yearbook has hundreds. */
function tableSection(doc, table) {
  const place = h("div.waiting", null);
  const section = h("section.table", { id: `table-${table.number}`, "aria-label": visible(tableTitle(table)) }, place);
  const draw = (all) => {
    if (section.dataset.drawn === "all" || (section.dataset.drawn && !all)) return;
    section.dataset.drawn = all ? "all" : "some";
    const source = doc.sources[table.number];
    section.replaceChildren(
      table.read ? "" : h("p.notice", null, t("table.unread")),
      drawTable(doc, table, { all }),
      source ? h("details.source", null, h("summary", null, t("table.source")),
        scrolled(t("table.source"), drawSource(source))) : "",
    );
  };
  drawn.set(table.number, draw);
  place.style.height = `${Math.min(600, 60 + table.row_count * 26)}px`;
  return section;
}

let watcher = null;

function watchTables(root) {
  watcher?.disconnect();
  watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      watcher.unobserve(entry.target);
      drawn.get(Number(entry.target.id.slice(6)))?.(false);
    }
  }, { rootMargin: "800px" });
  for (const section of root.querySelectorAll("section.table")) watcher.observe(section);
}

function tableList(doc) {
  if (doc.tables.length < 4) return null;
  const worst = new Map();
  for (const f of doc.figures) {
    if (f.state === "wrong") worst.set(f.table, (worst.get(f.table) || 0) + 1);
  }
  return h("details.contents", { open: doc.tables.length <= 12 },
    h("summary", null, t("tables.list", { n: doc.tables.length })),
    h("ol", null, doc.tables.map((table) => h("li", { value: table.number },
      h("button.plain", { type: "button", onclick: () => goToTable(table.number) }, visible(tableTitle(table))),
      worst.has(table.number) ? h("span.badge.error", null, String(worst.get(table.number))) : null))));
}

function goToTable(n) {
  drawn.get(n)?.(false);
  document.getElementById(`table-${n}`)?.scrollIntoView({ block: "start" });
}

function unreadList(doc) {
  const rest = doc.unread.filter(([, table, row]) => !(table && row) );
  const lost = rest.filter(([, table, , , passage]) => table || passage === null);
  if (!lost.length) return null;
  return h("details", null, h("summary", null, t("unread.title", { n: lost.length })),
    h("ul.unread", null, lost.slice(0, 200).map(([page, , , , , raw, reason]) => h("li", null,
      page ? `${t("place.page", { n: page })}: ` : "", quoted(raw), ": ", because(reason)))));
}

/** The whole view; `figure` or `finding` is shown and marked. */
async function documentView(id, wanted = {}) {
  const about = byId.get(id);
  if (!about) return unknownId(id);
  if (!about.detail) return h("div.document", null, documentHead(about));
  const doc = await openDocument(id);
  drawn.clear();
  inspector.panel = h("aside.panel", { hidden: true, "aria-label": t("inspector.title") });
  const view = h(
    "div.document",
    null,
    documentHead(about),
    stateWords(),
    verdictOf(doc),
    h("div.columns", null,
      h("div.reading", null,
        findingsOf(doc),
        tableList(doc),
        doc.tables.length ? h("h2", null, t("tables.title")) : null,
        doc.tables.length ? legend() : null,
        doc.tables.map((table) => tableSection(doc, table)),
        doc.left_out ? h("p.notice", null, t("tables.left_out", { n: doc.left_out })) : null,
        drawProse(doc),
        unreadList(doc)),
      inspector.panel),
  );
  inspector.document = doc;
  view.addEventListener("click", onFigureClick);
  view.addEventListener("pointerover", onFigureOver);
  view.addEventListener("pointerout", hideTip);
  view.addEventListener("focusin", onFigureOver);
  view.addEventListener("focusout", hideTip);
  return { view, after: () => afterDocument(doc, view, wanted) };
}

function afterDocument(doc, view, wanted) {
  watchTables(view);
  if (wanted.finding) {
    const finding = doc.findings.find((f) => f.id === wanted.finding);
    if (finding) return showFinding(finding);
    return announce(t("unknown.finding"));
  }
  if (wanted.figure) {
    const figure = doc.byId.get(wanted.figure);
    if (figure) return showFigure(figure);
    return announce(t("unknown.figure"));
  }
  const gravest = doc.findings.find((f) => f.status === "fail" && f.severity === "error");
  if (gravest && window.innerWidth >= 1100) {
    const figure = gravest.suspected || gravest.members[0];
    if (figure) {
      markMembers(gravest);
      inspect(doc, figure, gravest);
    }
  }
  return null;
}

function onFigureClick(event) {
  const cell = event.target.closest("[data-cell]");
  if (!cell) return;
  const figure = inspector.document.byId.get(cell.dataset.cell);
  history.replaceState(null, "", `#figure/${figure.id}`);
  current = location.hash;
  markSelected(figure);
  const finding = figure.checks.find((f) => f.status === "fail") || null;
  markMembers(finding);
  hideTip();
  inspect(inspector.document, figure, finding);
}

function markSelected(figure) {
  for (const old of document.querySelectorAll(".selected")) old.classList.remove("selected");
  const cell = document.querySelector(`[data-cell="${figure.id}"]`);
  cell?.classList.add("selected");
  const source = document.querySelector(`#table-${figure.table} details.source`);
  for (const td of source?.querySelectorAll("td, th") || []) {
    td.classList.toggle("same", td.textContent.trim() === figure.raw);
  }
  return cell;
}

function markMembers(finding) {
  for (const old of document.querySelectorAll(".linked")) old.classList.remove("linked");
  for (const figure of finding?.members || []) {
    document.querySelector(`[data-cell="${figure.id}"]`)?.classList.add("linked");
  }
}

/** Draws as much of a figure's table as shows it. */
function drawTo(doc, figure) {
  const table = doc.tables.find((one) => one.number === figure.table);
  if (table) drawn.get(table.number)(figure.row + (table.shift || 0) > rowsAtOnce(table));
}

/** Scrolls to a figure, marks it and says what is known of it. */
function showFigure(figure, finding = null) {
  const doc = inspector.document;
  if (figure.table) drawTo(doc, figure);
  const cell = markSelected(figure);
  const why = finding || figure.checks.find((f) => f.status === "fail") || null;
  markMembers(why);
  inspect(doc, figure, why);
  cell?.scrollIntoView({ block: "start", inline: "center" });
  cell?.focus({ preventScroll: true });
}

function showFinding(finding) {
  const card = document.getElementById(`finding-${finding.id}`);
  if (card) {
    card.open = true;
    if (card.closest("details.minor")) card.closest("details.minor").open = true;
  }
  for (const figure of finding.members) {
    if (figure.table) drawTo(inspector.document, figure);
  }
  const figure = finding.suspected || finding.members[0];
  if (figure) showFigure(figure, finding);
}

const tip = h("div.tip", { role: "tooltip", hidden: true });

function onFigureOver(event) {
  const cell = event.target.closest?.("[data-cell]");
  const figure = cell && inspector.document?.byId.get(cell.dataset.cell);
  if (!figure || event.pointerType === "touch") return;
  if (event.type === "focusin" && (figure === inspector.figure || !cell.matches(":focus-visible"))) return;
  const failed = figure.checks.filter((f) => f.status === "fail").length;
  const held = figure.checks.filter((f) => f.status === "pass").length;
  tip.replaceChildren(
    h("strong", null, quoted(figure.raw)), " → ",
    figure.value === null ? quoted(figure.reason || "") : amount(figure.value, figure.unit),
    h("br"), `${sureness(figure)} · ${named("format", figure.format)}`,
    h("br"), t("tip.checks", { held, failed }),
  );
  tip.hidden = false;
  const box = cell.getBoundingClientRect();
  const { width, height } = tip.getBoundingClientRect();
  tip.style.left = `${Math.max(8, Math.min(window.innerWidth - width - 8, box.left))}px`;
  tip.style.top = `${box.top > height + 16 ? box.top - height - 8 : box.bottom + 8}px`;
}

function hideTip() {
  tip.hidden = true;
}

function unknownId(id) {
  return h("div.unknown", null, h("h1", null, t("unknown.title")),
    h("p", null, t("unknown.why")), h("p", null, h("code.id", null, visible(id))),
    h("p", null, link("#", t("nav.overview"))));
}
