// The printed page beside the figure, the figure's box drawn on it in the page's own points.

function pictureOf(doc, figure) {
  return doc.pictures.find((p) => p.page === figure.page && figure.box);
}

function boxRect(figure, kind) {
  const [x0, top, x1, bottom] = figure.box;
  return s(`rect.box.${kind}`, {
    x: x0 - 2, y: top - 2, width: x1 - x0 + 4, height: bottom - top + 4,
    "vector-effect": "non-scaling-stroke",
  });
}

function pictureSvg(doc, picture, figure, finding, view, label) {
  const [x0, top, x1, bottom] = picture.box;
  const others = (finding?.members || []).filter((f) => f !== figure && f.page === picture.page && f.box);
  return s(
    "svg.page",
    { viewBox: view.join(" "), role: "img", "aria-label": label },
    s("image", {
      href: `data:image/png;base64,${picture.png}`,
      x: x0, y: top, width: x1 - x0, height: bottom - top, preserveAspectRatio: "none",
    }),
    others.map((f) => boxRect(f, f.state === "wrong" ? "wrong" : "part")),
    boxRect(figure, figure.state === "wrong" ? "wrong" : "here"),
  );
}

/** The printed surroundings of a figure; a button shows the whole part of the page. */
function cropFor(doc, figure, finding) {
  const picture = pictureOf(doc, figure);
  if (!picture) return null;
  const [x0, top, x1, bottom] = picture.box;
  const [fx0, ftop, fx1, fbottom] = figure.box;
  const width = Math.min(x1 - x0, 260);
  const height = Math.min(bottom - top, 110);
  const clamp = (v, low, high) => Math.max(low, Math.min(high, v));
  const near = [
    clamp((fx0 + fx1) / 2 - width / 2, x0, x1 - width),
    clamp((ftop + fbottom) / 2 - height / 2, top, bottom - height),
    width, height,
  ];
  const whole = [x0, top, x1 - x0, bottom - top];
  const label = t("picture.label", { page: figure.page, raw: visible(figure.raw) });
  const frame = h("div.crop", null, pictureSvg(doc, picture, figure, finding, near, label));
  let wide = false;
  const toggle = h("button.plain", {
    type: "button",
    onclick: () => {
      wide = !wide;
      frame.replaceChildren(pictureSvg(doc, picture, figure, finding, wide ? whole : near, label));
      toggle.textContent = t(wide ? "picture.near" : "picture.whole");
    },
  }, t("picture.whole"));
  return h("figure.printed", null, frame, h("figcaption", null, t("picture.caption", { page: figure.page }), " ", toggle));
}
