// Which view an address asks for; the header; the start.

let current = null;

const VIEWS = {
  "": () => overview(),
  overview: () => overview(),
  findings: (_, filters) => findingsView(filters),
  documents: (_, filters) => documentsView(filters),
  figures: (_, filters) => figuresView(filters),
  coverage: (_, filters) => coverageView(filters),
  metric: (code, filters) => metricView(code, filters),
  document: (id) => documentView(id),
  figure: (id) => ownedBy(id, { figure: id }),
  finding: (id) => ownedBy(id, { finding: id }),
};

async function ownedBy(id, wanted) {
  const owner = await ownerOf(id);
  return owner ? documentView(owner.id, wanted) : unknownId(id);
}

function parse(hash) {
  const [path, query] = hash.replace(/^#/, "").split("?");
  const [name, ...rest] = path.split("/");
  return { name, rest: safely(rest.join("/")), filters: new URLSearchParams(query || "") };
}

function safely(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A figure of the document that is open is shown where it stands: nothing is drawn anew. */
function shownHere(name, id) {
  const doc = inspector.document;
  if (!doc || !document.querySelector(".document")) return false;
  if (name === "figure") {
    const figure = doc.byId.get(id);
    if (figure) showFigure(figure);
    return Boolean(figure);
  }
  const finding = name === "finding" && doc.findings.find((f) => f.id === id);
  if (finding) showFinding(finding);
  return Boolean(finding);
}

async function show(again = false) {
  const { name, rest, filters } = parse(location.hash);
  if (!again && shownHere(name, rest)) return;
  const asked = location.hash;
  current = asked;
  document.body.classList.remove("inspecting");
  const main = document.getElementById("main");
  main.setAttribute("aria-busy", "true");
  const view = Object.hasOwn(VIEWS, name) ? VIEWS[name] : () => unknownId(location.hash);
  let result;
  try {
    result = await view(rest, filters);
  } catch {
    result = h("div", null, h("h1", null, t("missing.title")), h("p", null, t("missing.why")));
  }
  if (current !== asked) return;
  main.replaceChildren(result.view || result);
  main.removeAttribute("aria-busy");
  drawHeader(name);
  const heading = main.querySelector("h1")?.textContent || "";
  document.title = heading ? `${visible(heading)} · Số liệu` : "Số liệu";
  if (result.after) result.after();
  else window.scrollTo(0, 0);
}

function drawHeader(name) {
  const entry = (hash, key, count) => h("a", {
    href: `#${hash}`,
    "aria-current": (hash || "") === (name === "document" || name === "figure" ? "documents" : name === "finding" ? "findings" : name) ? "page" : null,
  }, t(key), count === undefined ? null : h("span.count", null, number(count)));
  const search = h("input", { type: "search", name: "search", placeholder: t("search.hint"), "aria-label": t("search.hint") });
  const onSearch = (event) => {
    event.preventDefault();
    const text = search.value.trim();
    if (/^[0-9a-f]{20}$/.test(text)) location.hash = `#figure/${text}`;
    else if (text) location.hash = `#figures?${new URLSearchParams({ q: text })}`;
  };
  document.getElementById("top").replaceChildren(
    h("a.brand", { href: "#" }, "Số liệu"),
    h("nav", { "aria-label": t("nav.label") },
      entry("", "nav.overview"), entry("findings", "nav.findings", DATA.failed), entry("documents", "nav.documents", DOCUMENTS.length),
      entry("figures", "nav.figures", DATA.counts.figures), entry("coverage", "nav.coverage")),
    h("form", { role: "search", onsubmit: onSearch }, search),
    h("div.switches", null,
      LANGUAGES.map((one) => h("button.plain", { type: "button", lang: one, "aria-pressed": String(one === language), onclick: () => setLanguage(one) }, one.toUpperCase())),
      h("button.plain", { type: "button", "aria-label": t("theme"), onclick: switchTheme }, "◐")),
  );
  document.getElementById("skip").textContent = t("skip");
  document.documentElement.lang = language;
}

function setLanguage(one) {
  language = one;
  remember("solieu-language", one);
  show(true);
}

function switchTheme() {
  const dark = document.documentElement.dataset.theme
    ? document.documentElement.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "light" : "dark";
  remember("solieu-theme", document.documentElement.dataset.theme);
}

document.addEventListener("DOMContentLoaded", () => {
  const theme = remembered("solieu-theme", ["light", "dark"]);
  if (theme) document.documentElement.dataset.theme = theme;
  document.body.append(tip);
  document.getElementById("skip").href = "#main";
  document.getElementById("skip").addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById("main").focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    hideTip();
    if (inspector.panel && !inspector.panel.hidden) closeInspector();
  });
  document.addEventListener("pointerover", linkOver);
  document.addEventListener("focusin", linkOver);
  addEventListener("hashchange", () => show());
  show();
});

/** A figure in a sum lights its cell in the table, and the cell its line in the sum. */
function linkOver(event) {
  for (const old of document.querySelectorAll(".lit")) old.classList.remove("lit");
  const id = event.target.closest?.("[data-figure]")?.dataset.figure
    || event.target.closest?.("[data-cell]")?.dataset.cell;
  if (!id) return;
  for (const other of document.querySelectorAll(`[data-figure="${id}"], [data-cell="${id}"]`)) other.classList.add("lit");
}
