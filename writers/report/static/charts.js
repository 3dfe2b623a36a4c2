// Drawings by hand: bars that are also a table, a line over time, a total against its sum.

const WIDTH = 640;

/** A bar from zero as part of the longest; the number stands beside it as text. */
function bar(value, longest, kind = "") {
  const length = longest ? Math.max(0.5, (Math.abs(value) / longest) * 100) : 0;
  return s(
    `svg.bar`,
    { viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" },
    s(`rect${kind ? `.${kind}` : ""}`, { x: 0, y: 1, width: length.toFixed(2), height: 8 }),
  );
}

/** The parts laid end to end over the published total, and the gap between both. */
function totalAgainstSum(finding) {
  const weights = weightsOf(finding);
  const [whole, ...terms] = finding.members;
  if (!weights || !whole || weights.some((w) => w < 0)) return null;
  if (terms.some((f) => !(f.value >= 0)) || !(finding.published > 0)) return null;
  const longest = Math.max(finding.published, finding.expected);
  const x = (value) => (value / longest) * WIDTH;
  let at = 0;
  const pieces = terms.map((figure, n) => {
    const piece = s(
      `rect.piece${n % 2 ? ".other" : ""}`,
      { x: x(at).toFixed(1), y: 4, width: Math.max(0.5, x(figure.value)).toFixed(1), height: 22 },
      s("title", null, `${visible(figureLabel(figure))}: ${visible(figure.raw)}`),
    );
    at += figure.value;
    return piece;
  });
  const [low, high] = [finding.published, finding.expected].sort((a, b) => a - b);
  const scale = scaleOf(whole);
  return h(
    "figure.totals",
    null,
    s(
      "svg",
      {
        viewBox: `-4 0 ${WIDTH + 8} 60`, role: "img",
        "aria-label": t("chart.totals", {
          sum: amount(finding.expected, whole.unit, scale),
          total: amount(finding.published, whole.unit, scale),
        }),
      },
      pieces,
      s("rect.whole", { x: 0, y: 32, width: x(finding.published).toFixed(1), height: 22 }),
      s("rect.gap", {
        x: x(low).toFixed(1), y: finding.published < finding.expected ? 32 : 4,
        width: Math.max(2, x(high - low)).toFixed(1), height: 22,
      }),
    ),
    h(
      "figcaption",
      null,
      h("span", null, t("chart.above", { value: amount(finding.expected, whole.unit, scale) })),
      h("span", null, t("chart.below", { value: amount(finding.published, whole.unit, scale) })),
    ),
  );
}

function ticks(low, high, count) {
  const rough = (high - low) / count || 1;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((n) => n * size).find((n) => n >= rough);
  const found = [];
  for (let v = Math.ceil(low / step) * step; v <= high + step / 1e6; v += step) found.push(v);
  return found;
}

/** Lines over periods: [{name, points: [[period, value, figureId]]}]. */
function lines(series, label) {
  const periods = [...new Set(series.flatMap((one) => one.points.map(([p]) => p)))].sort();
  const values = series.flatMap((one) => one.points.map(([, v]) => v));
  const low = Math.min(0, ...values);
  const high = Math.max(...values, 1e-9);
  const [left, top, width, height] = [70, 10, WIDTH - 90, 220];
  const x = (p) => left + (periods.length < 2 ? width / 2 : (periods.indexOf(p) / (periods.length - 1)) * width);
  const y = (v) => top + height - ((v - low) / (high - low)) * height;
  const every = Math.ceil(periods.length / 10);
  return s(
    "svg.lines",
    { viewBox: `0 0 ${WIDTH} 270`, role: "img", "aria-label": label },
    ticks(low, high, 4).map((v) => [
      s("line.grid", { x1: left, x2: left + width, y1: y(v), y2: y(v) }),
      s("text.tick", { x: left - 8, y: y(v) + 4, "text-anchor": "end" }, short(v)),
    ]),
    periods.filter((_, n) => n % every === 0).map((p) =>
      s("text.tick", { x: x(p), y: top + height + 20, "text-anchor": "middle" }, p)),
    series.map((one, n) => [
      s(`polyline.line.c${n % 6}`, { points: one.points.map(([p, v]) => `${x(p).toFixed(1)},${y(v).toFixed(1)}`).join(" ") }),
      one.points.map(([p, v]) => s(`circle.dot.c${n % 6}`, { cx: x(p), cy: y(v), r: 4 },
        s("title", null, `${visible(one.name)} ${p}: ${number(v)}`))),
    ]),
  );
}
