import { IntlMessageFormat } from "intl-messageformat";
import { expect, it } from "vitest";
import { pageErrorEntries } from "../../../test/kit/page-errors.ts";
import en from "./messages/en.json" with { type: "json" };
import he from "./messages/he.json" with { type: "json" };
import { type MessageKey, say } from "./say.ts";

type Node = {
  readonly type: number;
  readonly value?: unknown;
  readonly options?: Readonly<Record<string, { readonly value: readonly Node[] }>>;
};
const LITERAL = 0;

/** The names that a message is given values for, those inside its plurals too. */
function argumentsOf(nodes: readonly Node[]): string[] {
  const named = nodes.filter(({ type, value }) => type !== LITERAL && typeof value === "string");
  const inner = nodes.flatMap(({ options }) => Object.values(options ?? {}).flatMap(({ value }) => argumentsOf(value)));
  return [...new Set([...named.map(({ value }) => String(value)), ...inner])].toSorted();
}

const argumentsIn = (text: string, language: string): string[] =>
  argumentsOf(new IntlMessageFormat(text, language, undefined, { ignoreTag: true }).getAst() as Node[]);
const keys = Object.keys(en) as MessageKey[];

it("every language has every message, and no other", () => {
  expect(Object.keys(he)).toEqual(Object.keys(en));
});

it("a message takes the same values in every language, and can be read by the rules of ICU", () => {
  for (const key of keys)
    expect({ key, values: argumentsIn(he[key], "he") }).toEqual({ key, values: argumentsIn(en[key], "en") });
});

it("what is translated is translated: a language is not English under another name", () => {
  expect(keys.filter((key) => he[key] === en[key])).toEqual([]);
  for (const key of keys) expect(he[key]).toMatch(/\p{Script=Hebrew}/u);
});

it("is filled with what it is given, in every language: nothing is left open, and markup stays text", () => {
  for (const key of keys)
    for (const language of ["en", "he"] as const) {
      const values = Object.fromEntries(argumentsIn(en[key], "en").map((name) => [name, `<b>${name}</b>`]));
      const counted = { ...values, ...(/plural/.test(en[key]) && { count: 2, rows: 2, days: 2 }) };
      const said = say(language, key, counted);
      expect({ key, said }).toEqual({ key, said: expect.not.stringMatching(/[{}]|undefined/) });
    }
});

it("a refusal on a page is called in English what its catalogue calls it", () => {
  const ours = keys.filter((key) => key.startsWith("error."));
  for (const key of ours)
    expect({ key, title: en[key] }).toEqual({ key, title: pageErrorEntries()[key.slice("error.".length)]?.title });
});
