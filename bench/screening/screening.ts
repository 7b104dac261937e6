import { birthSpanOf } from "../../server/src/compliance/birth-dates.ts";
import { indexOf } from "../../server/src/compliance/list-screening.ts";
import type { ListIndex } from "../../server/src/compliance/matching/list-index.ts";
import { normalName } from "../../server/src/compliance/matching/normal-name.ts";
import { entryHash, type SanctionsEntry } from "../../server/src/compliance/ofac-entry.ts";
import { type ListFile, readOfacFiles } from "../../server/src/compliance/ofac-files.ts";
import {
  type AskedName,
  isAlert,
  searchFrom,
  type Weight,
  weigh,
} from "../../server/src/compliance/screening-rules.ts";
import { realList } from "../../server/test/kit/ofac-list.ts";
import type { Bench, Benchmark } from "../kit/benchmark.ts";
import type { BenchDatabase } from "../kit/cluster.ts";
import { importPartners } from "../kit/people.ts";
import { openProgram } from "../kit/program.ts";
import { check, interleave } from "../kit/ratio.ts";
import { number } from "../kit/report.ts";
import { ORDINARY_NAMES } from "./ordinary-names.ts";
import { createChance, PERTURBATIONS } from "./perturb.ts";

const SIZES = {
  full: { names: 40, rounds: 5, sample: 1_000, partners: 2_000, lists: 3 },
  quick: { names: 10, rounds: 2, sample: 100, partners: 200, lists: 1 },
};
const THRESHOLDS = [0.9, 0.92, 0.95];
const ALERT_AT = 0.9;
/** As many entries change in a usual week. */
const CHANGED = 60;

type ListedName = { readonly entry: number; readonly name: string };

export const screening: Benchmark = {
  name: "screening",
  title: "Comparing names with a sanctions list",
  about:
    "OFAC's list of July 2021, whole (not current). One name: the subject asks the index, the floor looks at every name of the list with the same rules, in the same process. A new list: the subject compares partners with the entries that have changed and writes down that it did, the floor compares the same partners with the whole list by the index and does the same. Recall: listed names, drawn and changed by a fixed seed. False alerts: names of nobody in particular (`bench/screening/ordinary-names.ts`), without a country, which would lower some. With a date of birth: of listed people the one that the list gives to the day, of the others one of 1950 to 2004, by a fixed seed.",
  run: runScreening,
};

async function runScreening({ cluster, isQuick, say }: Bench) {
  const size = SIZES[isQuick ? "quick" : "full"];
  const entries = readOfacFiles(realList(), "utf-8");
  const begunAt = performance.now();
  const { index } = indexOf(entries.map((entry) => ({ entry, hash: entryHash(entry) })));
  const builtIn = performance.now() - begunAt;
  const names = namesOf(entries);
  const chance = createChance(7);
  const sample = Array.from({ length: size.sample }, () => chance.pick(names));
  const agreement = agreementOf(index, sample.slice(0, size.names));
  const speed = await measureSpeed(index, sample, size);
  say(`one name: ${speed.ratio.median.toFixed(0)} times as fast as the scan`);
  await using database = await cluster.createDatabase();
  const delta = await measureDelta(database, size);
  say(`a new list: ${delta.ratio.median.toFixed(1)} times as fast as comparing with all of it`);
  return {
    checks: [speed, delta],
    notes: [
      `${number(entries.length)} entries, ${number(names.length)} names of people and organisations; the index is built in ${builtIn.toFixed(0)} ms.`,
      agreement,
      ...recallNotes(index, sample),
      ...alertNotes(index),
      ...knownNotes(entries, index, sample),
    ],
  };
}

const namesOf = (entries: readonly SanctionsEntry[]): ListedName[] =>
  entries.flatMap(({ kind, name, aliases }, entry) =>
    kind === "person" || kind === "organisation" ? [name, ...aliases].map((one) => ({ entry, name: one })) : [],
  );

async function measureSpeed(
  index: ListIndex,
  sample: readonly ListedName[],
  { names, rounds }: { names: number; rounds: number },
) {
  const typed = PERTURBATIONS["one typing error, other order"] ?? ((name: string) => name);
  const asked = sample.slice(0, names).map(({ name }) => normalName(typed(name, createChance(11))));
  // The index answers faster than a clock ticks: it is asked the same names many times.
  const REPEATED = 50;
  for (const name of asked) index.search(name, ALERT_AT);
  const perSecond = (times: number, search: ListIndex["search"]): number => {
    const begunAt = performance.now();
    for (let turn = 0; turn < times; turn += 1) for (const name of asked) search(name, ALERT_AT);
    return (times * asked.length * 1_000) / (performance.now() - begunAt);
  };
  const samples = await interleave(
    {
      floor: async () => perSecond(1, index.scan),
      subject: async () => perSecond(REPEATED, index.search),
    },
    rounds,
  );
  return check({ figure: "one name against a scan of the list", unit: "names/s", ...samples, target: { atLeast: 50 } });
}

/** What the scan finds and the index does not. */
function agreementOf(index: ListIndex, sample: readonly ListedName[]): string {
  let found = 0;
  let scanned = 0;
  for (const [what, change] of Object.entries(PERTURBATIONS)) {
    const chance = createChance(what.length);
    for (const { name } of sample) {
      const asked = normalName(change(name, chance));
      const by = new Set(index.search(asked, ALERT_AT).map(({ entry }) => entry));
      const all = index.scan(asked, ALERT_AT);
      scanned += all.length;
      found += all.filter(({ entry }) => by.has(entry)).length;
    }
  }
  return `Of ${number(scanned)} matches that the scan finds (at ${ALERT_AT}, names changed in every way below), the index finds ${number(found)}.`;
}

function recallNotes(index: ListIndex, sample: readonly ListedName[]): string[] {
  return Object.entries(PERTURBATIONS).map(([what, change]) => {
    const shares = THRESHOLDS.map((from) => {
      const chance = createChance(11);
      const hit = sample.filter(({ name, entry }) =>
        index.search(normalName(change(name, chance)), from).some((match) => match.entry === entry),
      );
      return `${((hit.length / sample.length) * 100).toFixed(1)} % at ${from}`;
    });
    return `Found, ${what}: ${shares.join(", ")} (of ${number(sample.length)}).`;
  });
}

function alertNotes(index: ListIndex): string[] {
  return ORDINARY_NAMES.map(({ group, names }) => {
    const shares = THRESHOLDS.map((from) => {
      const alerts = names.filter((name) => index.search(normalName(name), from).length > 0);
      return `${((alerts.length / names.length) * 100).toFixed(1)} % at ${from}`;
    });
    return `False alerts, ${group}: ${shares.join(", ")} (of ${number(names.length)}).`;
  });
}

/** A person of a name and a date of birth, as the server weighs it against the list. */
function weighed(
  entries: readonly SanctionsEntry[],
  index: ListIndex,
  { name, birthDate }: { readonly name: string; readonly birthDate: string },
): (Weight & { readonly entry: number })[] {
  const known = { birthDate, countries: [], numbers: [], key: null };
  const asked: AskedName = { kind: "person", name, country: null, source: "profile", known };
  return index.search(normalName(name), searchFrom([asked], ALERT_AT)).flatMap(({ entry, score }) => {
    const weight = weigh(score, asked, entries[entry] ?? null);
    return isAlert(weight, ALERT_AT) ? [{ entry, ...weight }] : [];
  });
}

/** What a date of birth adds: who is found besides, and how many false alerts it lets people see through at a glance. */
function knownNotes(entries: readonly SanctionsEntry[], index: ListIndex, sample: readonly ListedName[]): string[] {
  const percent = (part: number, whole: number): string => `${((part / Math.max(1, whole)) * 100).toFixed(1)} %`;
  const dated = sample.flatMap((one) => {
    const exact = entries[one.entry]?.birthDates.map(birthSpanOf).find((span) => span?.from === span?.to);
    return exact === undefined ? [] : [{ ...one, birthDate: exact.from }];
  });
  const recall = Object.entries(PERTURBATIONS).map(([what, change]) => {
    const chance = createChance(11);
    const asked = dated.map((one) => ({ ...one, name: change(one.name, chance) }));
    const byName = asked.filter(({ name, entry }) =>
      index.search(normalName(name), ALERT_AT).some((match) => match.entry === entry),
    );
    const found = asked.filter((one) => weighed(entries, index, one).some((match) => match.entry === one.entry));
    const with_ = percent(found.length, asked.length);
    return `Found with a date of birth, ${what}: ${with_} at ${ALERT_AT}, by the name alone ${percent(byName.length, asked.length)} (of ${number(asked.length)} people with a date to the day).`;
  });
  const { below } = createChance(13);
  const two = (value: number): string => String(value).padStart(2, "0");
  const people = ORDINARY_NAMES.filter(({ group }) => group !== "companies");
  const alerts = people.map(({ group, names }) => {
    const asked = names.map((name) => ({
      name,
      birthDate: `${1950 + below(55)}-${two(1 + below(12))}-${two(1 + below(28))}`,
    }));
    const before = asked.filter(({ name }) => index.search(normalName(name), ALERT_AT).length > 0).length;
    const hits = asked.map((one) => weighed(entries, index, one)).filter((one) => one.length > 0);
    const apart = hits.filter((one) => one.every(({ birthDate }) => birthDate === "differs")).length;
    const close = hits.filter((one) =>
      one.some(({ birthDate }) => birthDate === "agrees" || birthDate === "fits"),
    ).length;
    return `False alerts with a date of birth, ${group}: ${percent(hits.length, asked.length)} at ${ALERT_AT} (by the name alone ${percent(before, asked.length)}); of them every date differs in ${percent(apart, hits.length)}, one agrees or fits in ${percent(close, hits.length)}.`;
  });
  return [...recall, ...alerts];
}

async function measureDelta(database: BenchDatabase, { partners, lists }: { partners: number; lists: number }) {
  await using program = await openProgram(database);
  const { app, ctx } = program;
  await importPartners(program, partners);
  const files = realList();
  const importAs = (version: number, changed: number) => {
    const asOf = new Date(ctx().now.getTime() - 86_400_000 + version * 1_000);
    const of = { source: "ofac", files: withRemarks(files, version, changed), encoding: "utf-8" } as const;
    return app.compliance.importList(ctx(), { ...of, asOf, confirmedAt: asOf });
  };
  await importAs(0, 0);
  await app.compliance.changeScreening(ctx(), { isEnabled: true });
  const perSecond = async (): Promise<number> => {
    const begunAt = performance.now();
    const { screened } = await app.compliance.screenDue(ctx());
    if (screened !== partners) throw new Error(`${screened} partners were compared, not ${partners}`);
    return (screened * 1_000) / (performance.now() - begunAt);
  };
  await perSecond();
  let version = 0;
  let alertAt = 0.9;
  const samples = await interleave(
    {
      // Another threshold is another way of comparing: everybody is compared with everything.
      floor: async () => {
        alertAt += 0.001;
        await app.compliance.changeScreening(ctx(), { alertAt });
        return perSecond();
      },
      subject: async () => {
        version += 1;
        await importAs(version, CHANGED);
        return perSecond();
      },
    },
    lists,
  );
  return check({
    figure: `partners after a list with ${CHANGED} changed entries, against the whole list`,
    unit: "partners/s",
    ...samples,
    target: { atLeast: 1.5 },
  });
}

/** The list with other remarks of some entries. */
function withRemarks(files: readonly ListFile[], version: number, changed: number): ListFile[] {
  return files.map((file) => {
    if (file.name !== "sdn.csv") return file;
    let left = changed;
    const content = Buffer.from(file.content)
      .toString()
      .split("\r\n")
      .map((line) => {
        if (left === 0 || !line.endsWith(",-0- ")) return line;
        left -= 1;
        return `${line.slice(0, -"-0- ".length)}"Remark ${version}."`;
      });
    return { ...file, content: Buffer.from(content.join("\r\n")) };
  });
}
