// Numbers as a reader of the language writes them.

const SCALES = [[1e12, "trillion"], [1e9, "billion"], [1e6, "million"], [1e3, "thousand"]];

function number(value, digits = 4) {
  if (value === null || value === undefined) return "";
  const places = Math.abs(value) >= 1000 ? Math.min(digits, 2) : digits;
  return new Intl.NumberFormat(language, { maximumFractionDigits: places }).format(value);
}

/** What one of the printed number is worth: a million for a table in triệu đồng. */
function scaleOf(figure) {
  const rounding = figure?.rounding ?? 1;
  return (SCALES.find(([size]) => rounding >= size) || [1])[0];
}

function unitName(unit, scale = 1) {
  const size = SCALES.find(([s]) => s === scale);
  const name = (unit || "").split("/").map((u) => (u === "count" ? "" : named("unit", u))).join("/");
  return [size ? t(`scale.${size[1]}`) : "", name].filter(Boolean).join(" ");
}

/** A value in its unit: 15.304 người, 93,2%; with a sign it is a difference: +5,3 điểm phần trăm. */
function amount(value, unit, scale = 1, { sign = false } = {}) {
  if (value === null || value === undefined) return "–";
  const text = (sign && value > 0 ? "+" : "") + number(value / scale);
  if (unit === "percent") return sign ? `${text} ${unitName("percentage_point")}` : `${text}%`;
  const name = unitName(unit, scale);
  return name ? `${text} ${name}` : text;
}

/** A number as the document itself writes its numbers: a sum is redone in one writing. */
function numberLike(value, format, { sign = false } = {}) {
  const writing = { dot_thousands: "vi", comma_thousands: "en" }[format] || language;
  const text = new Intl.NumberFormat(writing, { maximumFractionDigits: 4 }).format(value);
  return sign && value > 0 ? `+${text}` : text;
}

/** A large amount in few letters, for axes and bars. */
function short(value) {
  return new Intl.NumberFormat(language, {
    notation: "compact",
    maximumSignificantDigits: 4,
  }).format(value);
}

function percent(part, whole) {
  if (!whole) return "–";
  return new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 })
    .format(part / whole);
}
