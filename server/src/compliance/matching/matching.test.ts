import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { realList } from "../../../test/kit/ofac-list.ts";
import { indexOf } from "../list-screening.ts";
import { entryHash } from "../ofac-entry.ts";
import { readOfacFiles } from "../ofac-files.ts";
import { jaroWinkler } from "./jaro-winkler.ts";
import { buildListIndex, type ListIndex } from "./list-index.ts";
import { consonantsOf, normalName } from "./normal-name.ts";

describe("two words", () => {
  // Winkler, 'String comparator metrics' (1990), table 1, with the prefix counted.
  it.each([
    ["martha", "marhta", 0.961],
    ["dwayne", "duane", 0.84],
    ["dixon", "dicksonx", 0.813],
    ["jones", "johnson", 0.832],
    ["same", "same", 1],
    ["abc", "xyz", 0],
    ["", "x", 0],
  ])("%s and %s are alike by Jaro and Winkler", (left, right, expected) => {
    expect(jaroWinkler(left, right)).toBeCloseTo(expected, 2);
  });

  it("are alike from 0 to 1, and wholly only where they are the same", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", "c", "d", "e"), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(word, word, (left, right) => {
        const value = jaroWinkler(left, right);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value <= 1 && (value === 1) === (left === right)).toBe(true);
      }),
    );
  });
});

describe("a name", () => {
  it.each([
    ["BIN LADIN, Usama", ["ladin", "usama"]],
    ["Dr. José Ñúñez-Pérez", ["jose", "nunez", "perez"]],
    ["Aero-Caribbean S.A.", ["aero", "caribbean"]],
    ["ООО Рога и Копыта", ["roga", "i", "kopyta"]],
    ["Владимир Ильич", ["vladimir", "ilich"]],
    ["Αθηνά Παπαδοπούλου", ["athina", "papadopoyloy"]],
    ["Łukasz Straße Øre", ["lukasz", "strasse", "ore"]],
    ["The Company Ltd", ["the", "company", "ltd"]],
    ["3M Company", ["3m"]],
  ])("%s is compared by its words", (name, tokens) => {
    expect(normalName(name)).toMatchObject({ tokens, isReadable: true });
  });

  it.each(["\u00AD", "\u200B", "\u200C", "\u2060", "\uFEFF", "\u3164", "\u0001", "\u034F", "\u{E0041}"])(
    "with a sign in it that nobody sees is compared without it (%j)",
    (sign) => {
      const name = `Gr${sign}een Har${sign}bour`;
      expect(normalName(name)).toMatchObject({ tokens: ["green", "harbour"], isReadable: true });
    },
  );

  it("whose letters are shown in another order than they stand in is for people to read", () => {
    expect(normalName("\u202Egnidart ruobrah neerg").isReadable).toBe(false);
  });

  it("that is written without vowels is compared by its consonants", () => {
    expect(normalName("מוחמד").isConsonantal).toBe(true);
    expect(consonantsOf("mohammed")).toBe(consonantsOf("muhamad"));
    const index = buildListIndex([
      { entry: 0, name: "HUSAYN, Muhammad" },
      { entry: 1, name: "COHEN, David" },
    ]);
    for (const name of ["מוחמד חוסיין", "محمد حسين"])
      expect(index.search(normalName(name), 0.9).map(({ entry }) => entry)).toEqual([0]);
  });

  it.each(["王小明", "", "!!", "สมชาย"])(
    "of which nothing can be read is not taken for one that matches nobody: %s",
    (name) => {
      expect(normalName(name).isReadable).toBe(false);
    },
  );
});

describe("the real list", () => {
  let index: ListIndex;
  let names: { entry: number; name: string }[];
  beforeAll(() => {
    const entries = readOfacFiles(realList(), "utf-8");
    ({ index } = indexOf(entries.map((entry) => ({ entry, hash: entryHash(entry) }))));
    names = entries.flatMap(({ kind, name, aliases }, entry) =>
      kind === "person" || kind === "organisation" ? [name, ...aliases].map((one) => ({ entry, name: one })) : [],
    );
  });

  const finds = ({ entry, name }: { entry: number; name: string }, from = 0.9): boolean =>
    index.search(normalName(name), from).some((match) => match.entry === entry);

  it("is found by each of its own names, whatever the order of their words", () => {
    const unreadable = names.filter(({ name }) => !normalName(name).isReadable);
    expect(unreadable).toEqual([]);
    const missed = names.filter(
      (one, at) =>
        at % 20 === 0 &&
        !finds({
          ...one,
          name: one.name
            .split(/[\s,]+/)
            .toReversed()
            .join(" "),
        }),
    );
    expect(missed).toEqual([]);
  });

  it.each([
    ["Usama bin Ladin", "BIN LADIN, Usama"],
    ["Osama Bin Laden", "BIN LADEN, Osama"],
    ["Banco Nacional de Cuba", "BANCO NACIONAL DE CUBA"],
    ["nicolas madurro moros", "MADURO MOROS, Nicolas"],
    ["Ахмат Кадыров Рамзан", "KADYROV, Ramzan Akhmatovich"],
  ])("has %s", (asked, listed) => {
    expect(index.search(normalName(asked), 0.88).map(({ name }) => name)).toContain(listed);
  });

  it.each([
    ["UsamabinLadin", "BIN LADIN, Usama"],
    ["BancoNacionalde Cuba", "BANCO NACIONAL DE CUBA"],
    ["B a n c o Nacional de Cuba", "BANCO NACIONAL DE CUBA"],
    ["MaduroMoros, Nicolas", "MADURO MOROS, Nicolas"],
  ])("has %s, however it is parted into words", (asked, listed) => {
    expect(index.search(normalName(asked), 1).map(({ name }) => name)).toContain(listed);
    expect(index.scan(normalName(asked), 1).map(({ name }) => name)).toContain(listed);
  });

  it.each([
    "Ada Lovelace",
    "Grace Hopper",
    "Acme Analytics Ltd",
    "Moshe Levi",
    "Olga Petrova",
    "Maria",
    "Trading Company",
  ])("has nobody like %s", (name) => {
    expect(index.search(normalName(name), 0.9)).toEqual([]);
  });

  it("finds by the index whatever looking at every name finds of a name with one wrong letter", () => {
    const letter = fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz".split(""));
    fc.assert(
      fc.property(fc.nat(names.length - 1), fc.nat(40), letter, (at, place, sign) => {
        const { name, entry } = names[at] ?? { name: "", entry: -1 };
        const letters = [...name.matchAll(/[a-z]/gi)];
        const wrong = letters[place % Math.max(1, letters.length)]?.index ?? 0;
        const typed = normalName(`${name.slice(0, wrong)}${sign}${name.slice(wrong + 1)}`);
        const [scanned] = index.scan(typed, 0.9).filter((match) => match.entry === entry && match.name === name);
        if (scanned === undefined) return;
        expect(index.search(typed, 0.9)).toContainEqual(scanned);
      }),
      { numRuns: 25 },
    );
  });
});
