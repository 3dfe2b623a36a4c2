// What waits in files beside the page, loaded when it is asked for.

const arrived = new Map();
const waiting = new Map();
const POLICY = window.trustedTypes?.createPolicy("solieu", {
  createScriptURL(name) {
    if (!/^[a-z]+\/[0-9a-f_]+$/.test(name)) throw new TypeError(name);
    return `${name}.js`;
  },
});

window.solieuData = (name, value) => {
  arrived.set(name, value);
  waiting.get(name)?.(value);
  waiting.delete(name);
};

/** The value that the file `name` hands over; an error where there is no such file. */
function load(name) {
  if (arrived.has(name)) return Promise.resolve(arrived.get(name));
  if (DATA.inside) return Promise.reject(new Error(name));
  return new Promise((resolve, reject) => {
    waiting.set(name, resolve);
    const script = document.createElement("script");
    script.src = POLICY ? POLICY.createScriptURL(name) : `${name}.js`;
    script.addEventListener("error", () => reject(new Error(name)));
    document.head.append(script);
  });
}

/** Packed rows as objects. */
function unpack({ columns, shared, words, rows }) {
  const texts = new Set(shared);
  const plan = columns.map((name, n) => [name, n, texts.has(name)]);
  return rows.map((row) => {
    const found = {};
    for (const [name, n, isText] of plan) {
      found[name] = isText && row[n] !== null ? words[row[n]] : row[n];
    }
    return found;
  });
}

const DOCUMENTS = unpack(DATA.documents);
const FINDINGS = unpack(DATA.findings);
const byId = new Map(DOCUMENTS.filter((d) => d.id).map((d) => [d.id, d]));

const opened = new Map();

/** A document's figures, findings and tables, joined. */
async function openDocument(id) {
  if (!opened.has(id)) {
    const got = await load(`documents/${id}`);
    opened.set(id, joined(got));
  }
  return opened.get(id);
}

function joined(got) {
  const figures = unpack(got.figures);
  const findings = unpack(got.findings);
  for (const figure of figures) figure.checks = [];
  for (const finding of findings) {
    finding.members = finding.figures.map((n) => figures[n]);
    finding.suspected = finding.suspect === null ? null : figures[finding.suspect];
    for (const figure of finding.members) figure.checks.push(finding);
  }
  return {
    ...got, figures, findings, about: byId.get(got.id),
    byId: new Map(figures.map((f) => [f.id, f])), byTable: groups(figures, (f) => f.table),
  };
}

/** Key to the items that have it. */
function groups(items, key) {
  const found = new Map();
  for (const item of items) {
    const one = key(item);
    if (found.has(one)) found.get(one).push(item);
    else found.set(one, [item]);
  }
  return found;
}

/** The document that a figure's or finding's id belongs to; null for an id of another run. */
async function ownerOf(id) {
  if (!/^[0-9a-f]{8,64}$/.test(id)) return null;
  try {
    const found = await load(`ids/_${id.slice(0, DATA.letters)}`);
    const n = found[id.slice(0, 8)];
    return n === undefined ? null : DOCUMENTS[n];
  } catch {
    return null;
  }
}

let everything = null;

/** All figures of the run. */
async function allFigures(progress) {
  if (everything) return everything;
  const parts = [];
  for (let n = 0; n < DATA.parts; n += 1) {
    progress?.(n, DATA.parts);
    parts.push(unpack(await load(`figures/${n}`)));
  }
  everything = parts.flat();
  return everything;
}
