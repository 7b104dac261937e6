import { describe, expect, it } from "vitest";
import { LANGUAGE_NAMES } from "../platform/language/index.ts";
import { fillTemplate } from "./fill-template.ts";
import en from "./messages/en.json" with { type: "json" };
import he from "./messages/he.json" with { type: "json" };
import { COMMON_FACTS, TEMPLATE_NAMES, wordsOf } from "./notice-catalogue.ts";
import { renderTemplate } from "./render-template.ts";
import { examplesOf, requireTemplate } from "./template-rules.ts";

const check = (text: string) => () => requireTemplate("payout_completed", { subject: "Paid", text });

describe("a template", () => {
  it("that the program brings along is one, and fills every tag with an example", () => {
    for (const language of LANGUAGE_NAMES)
      for (const name of TEMPLATE_NAMES) {
        const words = wordsOf(language, name);
        requireTemplate(name, words);
        const filled = { ...words, language, isDefault: true };
        const letter = fillTemplate(filled, COMMON_FACTS, examplesOf(name), "Asia/Jerusalem");
        expect({ name, letter: JSON.stringify(letter) }).toEqual({
          name,
          letter: expect.not.stringMatching(/\{\{|\}\}|undefined|\[object/),
        });
      }
  });

  it("is there in every language, names the same facts in each, and is translated but where the law has the words", () => {
    expect(Object.keys(he)).toEqual(Object.keys(en));
    const tags = (text: string) => [...new Set(text.match(/\{\{[^}]*\}\}/g))].toSorted();
    const keys = Object.keys(en) as (keyof typeof en)[];
    for (const key of keys) expect({ key, tags: tags(he[key]) }).toEqual({ key, tags: tags(en[key]) });
    // 26 CFR 31.6051-1 (j): so the subject reads of a mail that says where a return is.
    expect(keys.filter((key) => he[key] === en[key])).toEqual(["tax_document_available.subject"]);
  });

  it("is filled in the language of its words, with days of the programme's time zone; what somebody wrote stands as that is read", () => {
    const facts = {
      amount: { minor: "125000", currency: "ILS" },
      until: { instant: "2026-03-04T22:30:00Z" },
      endsOn: { dayOf: "2026-03-04T22:30:00Z" },
      reason: "Because of it.\n\nReally.",
    };
    const words = {
      subject: "{{amount}}",
      text: "{{programme}}: {{endsOn}}\n\n{{reason}}\n\n{{until}}",
      isDefault: true,
    };
    const fill = (language: "en" | "he", timeZone: string) =>
      fillTemplate({ ...words, language }, { programme: "Acme" }, facts, timeZone);
    expect(fill("en", "UTC")).toMatchObject({
      subject: "1,250.00 ILS",
      lines: [
        "Acme: 4 March 2026",
        { quoted: "Because of it." },
        { quoted: "Really." },
        expect.stringMatching(/^4 March 2026.*22:30 UTC$/),
      ],
    });
    expect(fill("he", "Asia/Jerusalem").lines[0]).toBe("Acme: 5 במרץ 2026");
  });

  it("names what there is, and conditions on it; another name is refused by name", () => {
    expect(check("{{#amount}}{{amount}} of {{programme}}{{/amount}}{{^amount}}nothing{{/amount}}")).not.toThrow();
    for (const name of ["reason", "constructor", "__proto__", "amount.length", "."])
      expect(check(`{{#amount}}{{${name}}}{{/amount}}`)).toThrow(
        expect.objectContaining({ code: "notice.fact_unknown", facts: expect.objectContaining({ fact: name }) }),
      );
  });

  it.each(["{{> other}}", "{{=<% %>=}}", "{{{amount}}}", "{{&amount}}"])("has no %s", (text) => {
    expect(check(text)).toThrow(expect.objectContaining({ code: "notice.tag_refused" }));
  });

  it.each(["{{amount", "{{#amount}}", "{{/amount}}"])("that ends in the middle is refused: %s", (text) => {
    expect(check(text)).toThrow(expect.objectContaining({ code: "notice.template_invalid" }));
  });

  it("leaves what is in a fact as it is: no tag in it is filled", () => {
    const words = { subject: "{{amount}}", text: "{{amount}}" };
    expect(renderTemplate(words, { amount: "{{programme}} <b>&", programme: "X" }).text).toBe("{{programme}} <b>&");
  });
});
