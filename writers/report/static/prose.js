// Running text with its figures underlined by what they measure.

function proseFigures(doc) {
  const found = new Map();
  for (const figure of doc.figures) {
    if (figure.table || figure.passage === null || figure.start === null) continue;
    if (found.has(figure.passage)) found.get(figure.passage).push(figure);
    else found.set(figure.passage, [figure]);
  }
  for (const list of found.values()) list.sort((a, b) => a.start - b.start);
  return found;
}

/** Offsets count characters of Python, which are code points and not JavaScript's halves. */
function markedText(text, figures) {
  const letters = Array.from(text);
  const pieces = [];
  let at = 0;
  for (const figure of figures) {
    if (figure.start < at || figure.end > letters.length) continue;
    pieces.push(visible(letters.slice(at, figure.start).join("")));
    pieces.push(h(
      `button.cell.inline.kind-${figure.measure || "level"}.s-${figure.state}`,
      { type: "button", data: { cell: figure.id } },
      quoted(letters.slice(figure.start, figure.end).join("")),
      h("span.unseen", null, ` (${named("measure", figure.measure || "level")})`),
    ));
    at = figure.end;
  }
  pieces.push(visible(letters.slice(at).join("")));
  return pieces;
}

function drawProse(doc) {
  const figures = proseFigures(doc);
  const unread = doc.unread.filter(([, table, , , passage]) => !table && passage !== null);
  if (!figures.size && !unread.length) return null;
  const blocks = doc.passages.map(([number, kind, text]) => {
    const heading = kind === "title" || kind === "heading";
    const reasons = unread.filter(([, , , , passage]) => passage === number);
    return [
      h(heading ? "p.heading" : "p", { dir: "auto" }, markedText(text, figures.get(number) || [])),
      reasons.length ? h("ul.unread", null, reasons.map(([, , , , , raw, reason]) =>
        h("li", null, quoted(raw), ": ", because(reason)))) : null,
    ];
  });
  const kinds = ["level", "change", "growth", "plan_completion", "share"];
  return h(
    "section.prose",
    { "aria-labelledby": "prose-title" },
    h("h2", { id: "prose-title" }, t("prose.title")),
    h("p.legend", null, t("prose.legend"), " ", kinds.map((k) =>
      [h(`span.kind-${k}`, null, named("measure", k)), " "])),
    h("div.text", null, blocks),
  );
}
