import { IntlMessageFormat } from "intl-messageformat";
import { expect, it } from "vitest";
import firstEn from "./messages/en.json";
import pagesEn from "./messages/en-pages.json";
import firstHe from "./messages/he.json";
import pagesHe from "./messages/he-pages.json";

type Node = {
  readonly value?: unknown;
  readonly options?: Readonly<Record<string, { readonly value: readonly Node[] }>>;
};

/** The names that a message is given values for, those inside its plurals too. */
function argumentsOf(nodes: readonly Node[]): string[] {
  const named = nodes.filter((node) => "type" in node && (node as { type: number }).type !== 0);
  const inner = nodes.flatMap(({ options }) => Object.values(options ?? {}).flatMap(({ value }) => argumentsOf(value)));
  return [
    ...new Set([...named.map(({ value }) => value).filter((value) => typeof value === "string"), ...inner]),
  ].toSorted();
}

const en = { ...firstEn, ...pagesEn };
const he = { ...firstHe, ...pagesHe };
const languages = { en, he } as const;

it("a message is in one file, and in the same one in every language", () => {
  expect(Object.keys(firstEn).filter((key) => key in pagesEn)).toEqual([]);
  expect(Object.keys(firstHe).toSorted()).toEqual(Object.keys(firstEn).toSorted());
  expect(Object.keys(pagesHe).toSorted()).toEqual(Object.keys(pagesEn).toSorted());
});

it("every language has every message, and no other", () => {
  for (const messages of Object.values(languages))
    expect(Object.keys(messages).toSorted()).toEqual(Object.keys(en).toSorted());
});

it("a message takes the same values in every language, and can be read by the rules of ICU", () => {
  for (const [locale, messages] of Object.entries(languages)) {
    for (const [key, text] of Object.entries(messages)) {
      const given = argumentsOf(new IntlMessageFormat(text, locale).getAst() as Node[]);
      const english = argumentsOf(new IntlMessageFormat(en[key as keyof typeof en], "en").getAst() as Node[]);
      expect({ key, locale, given }).toEqual({ key, locale, given: english });
    }
  }
});

it("what is translated is translated: a language is not English under another name", () => {
  const same = Object.entries(he).filter(([key, text]) => text === en[key as keyof typeof en]);
  expect(same.map(([key]) => key).toSorted()).toEqual(["developers.webhooks", "method.iban", "method.stripe_connect"]);
});
