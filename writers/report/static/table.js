// A published table with its spans, every figure coloured by what the checks say.

const CELLS_AT_ONCE = 3000;

function rowsAtOnce(table) {
  return Math.max(40, Math.ceil(CELLS_AT_ONCE / Math.max(1, table.column_count)));
}

function figuresAt(doc, table) {
  const shift = table.shift || 0;
  return groups(doc.byTable.get(table.number) || [], (f) => `${f.row + shift}:${f.column}`);
}

function unreadAt(doc, table) {
  return new Map(doc.unread
    .filter(([, number, row, column]) => number === table.number && row && column)
    .map(([, , row, column, , , reason]) => [`${row + (table.shift || 0)}:${column}`, reason]));
}

function figureCell(figure, text) {
  const state = figure.value === null ? "unread" : figure.state;
  return h(
    `button.cell.s-${state}`,
    {
      type: "button", tabindex: "-1", data: { cell: figure.id },
      "aria-describedby": state === "none" ? null : `says-${state}`,
    },
    visible(text),
  );
}

/** What the states are called, once for all cells: a table has thousands. */
function stateWords() {
  return h("div", { hidden: true }, ["wrong", "part", "ask", "doubt", "ok", "unread"].map((state) =>
    h("span", { id: `says-${state}` }, t(`state.${state}`))));
}

function cellContent(text, figures, reason) {
  if (figures) {
    const gravest = figures.reduce((a, b) => (rank(b) > rank(a) ? b : a));
    return figureCell(gravest, text);
  }
  if (reason) {
    const why = t("unread.because", { reason: because(reason) });
    return h("span.s-unread", { title: why }, quoted(text),
      h("span.mark", { "aria-hidden": "true" }, SIGNS.unread), h("span.unseen", null, `, ${why}`));
  }
  return text ? quoted(text) : null;
}

function rank(figure) {
  return ["none", "ok", "doubt", "ask", "part", "wrong"].indexOf(figure.state);
}

/** The rows before `end` as elements. */
function buildRows(doc, table, end) {
  const figures = figuresAt(doc, table);
  const unread = unreadAt(doc, table);
  const rows = Array.from({ length: Math.min(table.row_count, end) }, () => []);
  const names = nameColumn(table, figures);
  for (const [row, column, text, rowSpan = 1, columnSpan = 1, head = 0] of table.cells) {
    if (!rows[row - 1]) continue;
    const key = `${row}:${column}`;
    const inside = figures.get(key);
    rows[row - 1].push([column, h(
      head ? "th" : column === names && columnSpan === 1 && text ? "th.name" : "td",
      {
        rowspan: rowSpan > 1 ? rowSpan : null,
        colspan: columnSpan > 1 ? columnSpan : null,
        scope: head ? "col" : column === names && columnSpan === 1 && text ? "row" : null,
        class: inside ? "number" : null,
      },
      cellContent(text, inside, unread.get(key)),
    ), columnSpan, rowSpan]);
  }
  return withGaps(rows, table.column_count);
}

/** The column that names the rows: the wordiest one before the first figure. */
function nameColumn(table, figures) {
  const rows = new Set([...figures.keys()].map((key) => key.split(":")[0]));
  const first = Math.min(...[...figures.keys()].map((key) => Number(key.split(":")[1])));
  const letters = new Map();
  for (const [row, column, text] of table.cells) {
    if (column < first && rows.has(String(row))) letters.set(column, (letters.get(column) || 0) + text.length);
  }
  return [...letters].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

/** Empty cells where the table has none: every row reaches to its right edge. */
function withGaps(rows, columnCount) {
  const covered = rows.map(() => new Set());
  rows.forEach((cells, n) => {
    for (const [column, , columnSpan, rowSpan] of cells) {
      for (let r = n; r < Math.min(rows.length, n + rowSpan); r += 1) {
        for (let c = column; c < column + columnSpan; c += 1) covered[r].add(c);
      }
    }
  });
  return rows.map((cells, n) => {
    const all = cells.map(([column, cell]) => [column, cell]);
    for (let c = 1; c <= columnCount; c += 1) {
      if (!covered[n].has(c)) all.push([c, h("td")]);
    }
    all.sort((a, b) => a[0] - b[0]);
    return h("tr", null, all.map(([, cell]) => cell));
  });
}

/** The table as an element; long ones show their first rows and a button for the rest. */
function drawTable(doc, table, { all = false } = {}) {
  const rows = buildRows(doc, table, all ? Infinity : rowsAtOnce(table));
  const left = table.row_count - rows.length;
  const heads = [];
  while (rows.length && rows[0].children.length && [...rows[0].children].every((c) => c.tagName === "TH")) {
    heads.push(rows.shift());
  }
  const body = h("tbody", null, rows);
  const title = tableTitle(table);
  const element = h(
    "table.published",
    null,
    h("caption", null, quoted(title), table.notes.length
      ? h("span.notes", null, " ", quoted(table.notes.join(" · "))) : null),
    heads.length ? h("thead", null, heads) : null,
    body,
  );
  const first = element.querySelector("button.cell");
  if (first) first.tabIndex = 0;
  element.addEventListener("keydown", moveByKey);
  const box = scrolled(visible(title), element);
  if (left <= 0) return box;
  const more = h("button.more", { type: "button", onclick: () => drawn.get(table.number)?.(true) },
    t("table.more", { n: left }));
  return h("div", null, box, more);
}

function tableTitle(table) {
  return table.title || table.name || t("table.number", { n: table.number });
}

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

/** Arrow keys go from figure to figure; the table is one stop for the tab key. */
function moveByKey(event) {
  const step = STEPS[event.key];
  const here = event.target.closest?.("button.cell");
  if (!step || !here) return;
  event.preventDefault();
  const goal = step[0] ? cellBeyond(here, step[0]) : neighbour(here, step[1]);
  if (!goal) return;
  here.tabIndex = -1;
  goal.tabIndex = 0;
  goal.focus();
}

function neighbour(here, step) {
  const all = [...here.closest("tr").querySelectorAll("button.cell")];
  return all[all.indexOf(here) + step];
}

function cellBeyond(here, step) {
  const x = here.getBoundingClientRect().right;
  let row = here.closest("tr");
  for (;;) {
    row = step > 0 ? row.nextElementSibling : row.previousElementSibling;
    if (!row) return null;
    const cells = [...row.querySelectorAll("button.cell")];
    const same = cells.sort((a, b) => Math.abs(a.getBoundingClientRect().right - x)
      - Math.abs(b.getBoundingClientRect().right - x))[0];
    if (same) return same;
  }
}

/** The table of the HTML page itself, rebuilt from its tags without anything that could act. */
function drawSource(node) {
  if (typeof node === "string") return document.createTextNode(visible(node));
  const [tag, columns, rows, ...children] = node;
  return h(
    tag === "table" ? "table.source" : tag,
    { colspan: columns > 1 ? columns : null, rowspan: rows > 1 ? rows : null },
    children.map(drawSource),
  );
}
