"""The interval check held against Arelle, the reference validator of XBRL Calculations 1.1.

Random sums are written as XBRL instances, all in one batch, and both say which of them are
inconsistent. Arelle is large, so it lives in an environment of its own:

    python3 -m venv arelle && arelle/bin/pip install arelle-release==2.47.3
    .venv/bin/python -m benchmarks.xbrl_sums --write FOLDER --count 1000
    arelle/bin/python benchmarks.xbrl_sums.py --judge FOLDER
    .venv/bin/python -m benchmarks.xbrl_sums --compare FOLDER
"""

from __future__ import annotations

import argparse
import json
import random
from decimal import Decimal
from pathlib import Path

SCHEMA = """<?xml version="1.0" encoding="utf-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance"
  xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink"
  xmlns:t="urn:t" targetNamespace="urn:t" elementFormDefault="qualified">
<xs:annotation><xs:appinfo>
<link:roleType roleURI="urn:t:r" id="r"><link:usedOn>link:calculationLink</link:usedOn></link:roleType>
<link:linkbaseRef xlink:type="simple" xlink:href="calc.xml"
  xlink:role="http://www.xbrl.org/2003/role/calculationLinkbaseRef"
  xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/>
</xs:appinfo></xs:annotation>
<xs:import namespace="http://www.xbrl.org/2003/instance"
  schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>
{elements}
</xs:schema>"""
ELEMENT = (
    '<xs:element name="{name}" id="t_{name}" type="xbrli:decimalItemType" nillable="true"'
    ' substitutionGroup="xbrli:item" xbrli:periodType="instant"/>'
)
ARC = (
    '<link:loc xlink:type="locator" xlink:href="t.xsd#t_{name}" xlink:label="{name}"/>'
    '<link:calculationArc xlink:type="arc" xlink:arcrole="{arcrole}"'
    ' xlink:from="total" xlink:to="{name}" weight="{weight}" order="{order}"/>'
)
ARCROLE = "http://www.xbrl.org/2003/arcrole/summation-item"
CALC = """<?xml version="1.0" encoding="utf-8"?>
<link:linkbase xmlns:link="http://www.xbrl.org/2003/linkbase"
  xmlns:xlink="http://www.w3.org/1999/xlink">
<link:roleRef roleURI="urn:t:r" xlink:type="simple" xlink:href="t.xsd#r"/>
<link:calculationLink xlink:type="extended" xlink:role="urn:t:r">
<link:loc xlink:type="locator" xlink:href="t.xsd#t_total" xlink:label="total"/>
{arcs}
</link:calculationLink></link:linkbase>"""
INSTANCE = """<?xml version="1.0" encoding="utf-8"?>
<xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance"
  xmlns:link="http://www.xbrl.org/2003/linkbase"
  xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:t="urn:t">
<link:schemaRef xlink:type="simple" xlink:href="t.xsd"/>
<xbrli:context id="c"><xbrli:entity><xbrli:identifier scheme="urn:s">e</xbrli:identifier>
</xbrli:entity><xbrli:period><xbrli:instant>2024-12-31</xbrli:instant></xbrli:period></xbrli:context>
<xbrli:unit id="u"><xbrli:measure>xbrli:pure</xbrli:measure></xbrli:unit>
{facts}
</xbrli:xbrl>"""
FACT = '<t:{name} contextRef="c" unitRef="u" decimals="{decimals}">{value}</t:{name}>'


def case(seed: int) -> dict[str, object]:
    """A sum of 2 to 12 items printed to 10^-d, its total often off by about the tolerance."""
    rng = random.Random(seed)
    places = rng.choice([-3, 0, 1, 2])
    unit = Decimal(1).scaleb(-places)
    count = rng.randint(2, 12)
    items = [(rng.choice([1, 1, 1, -1]), rng.randint(-50, 9999) * unit) for _ in range(count)]
    exact = sum((w * v for w, v in items), Decimal(0))
    away = rng.choice([0, 0, 1, (count + 1) // 2, (count + 1) // 2 + 1, count, count + 2])
    total = exact + rng.choice([-1, 1]) * away * unit
    return {
        "decimals": places,
        "total": f"{total:f}",
        "items": [[weight, f"{value:f}"] for weight, value in items],
    }


def write(folder: Path, count: int) -> None:
    for seed in range(count):
        made = case(seed)
        items = made["items"]
        assert isinstance(items, list)
        place = folder / f"{seed:05}"
        place.mkdir(parents=True, exist_ok=True)
        names = [f"i{n}" for n in range(len(items))]
        elements = "\n".join(ELEMENT.format(name=n) for n in ("total", *names))
        arcs = "\n".join(
            ARC.format(name=name, arcrole=ARCROLE, weight=weight, order=order)
            for order, (name, (weight, _)) in enumerate(zip(names, items, strict=True), start=1)
        )
        printed = [("total", made["total"]), *zip(names, (v for _, v in items), strict=True)]
        facts = "\n".join(
            FACT.format(name=name, value=value, decimals=made["decimals"])
            for name, value in printed
        )
        (place / "t.xsd").write_text(SCHEMA.format(elements=elements), encoding="utf-8")
        (place / "calc.xml").write_text(CALC.format(arcs=arcs), encoding="utf-8")
        (place / "i.xbrl").write_text(INSTANCE.format(facts=facts), encoding="utf-8")
        (place / "case.json").write_text(json.dumps(made), encoding="utf-8")


def judge(folder: Path) -> None:
    """Let Arelle say which instances are inconsistent; runs where Arelle is installed."""
    from arelle.api.Session import Session
    from arelle.RuntimeOptions import RuntimeOptions

    verdicts = {}
    for place in sorted(p for p in folder.iterdir() if p.is_dir()):
        options = RuntimeOptions(
            entrypointFile=str(place / "i.xbrl"),
            validate=True,
            calcs="c11r",
            internetConnectivity="offline",
            logFile="logToBuffer",
            logFormat="[%(messageCode)s] %(message)s",
        )
        with Session() as session:
            session.run(options)
            # Without clearing, every later instance looks inconsistent.
            log = session.get_logs("text", clear_logs=True)
        verdicts[place.name] = "calc11e:inconsistentCalculation" not in log
        unexpected = [
            line
            for line in log.splitlines()
            if line.startswith("[") and not line.startswith(("[info", "[calc11e:incons", "[]"))
        ]
        if unexpected:
            print(place.name, unexpected[:2])
    (folder / "arelle.json").write_text(json.dumps(verdicts), encoding="utf-8")


def own(made: dict[str, object]) -> bool:
    """Whether the sum may be right, as `solieu.intervals` sees it."""
    from solieu import intervals

    place = Decimal(1).scaleb(-int(str(made["decimals"])))
    items = made["items"]
    assert isinstance(items, list)
    parts = intervals.total(
        intervals.printed(Decimal(value), place).times(Decimal(weight)) for weight, value in items
    )
    return parts.meets(intervals.printed(Decimal(str(made["total"])), place))


def compare(folder: Path) -> None:
    told = json.loads((folder / "arelle.json").read_text(encoding="utf-8"))
    cases = {p.parent.name: json.loads(p.read_text()) for p in folder.glob("*/case.json")}
    differ = [name for name, verdict in told.items() if own(cases[name]) != verdict]
    held = sum(told.values())
    print(f"{len(told)} instances, {held} consistent, {len(differ)} where the two differ: {differ}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--judge", type=Path)
    parser.add_argument("--compare", type=Path)
    parser.add_argument("--count", type=int, default=1000)
    args = parser.parse_args()
    if args.write:
        write(args.write, args.count)
    if args.judge:
        judge(args.judge)
    if args.compare:
        compare(args.compare)


if __name__ == "__main__":
    main()
