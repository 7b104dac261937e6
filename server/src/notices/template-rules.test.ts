import { describe, expect, it } from "vitest";
import { renderTemplate } from "./render-template.ts";
import { defaultOf, requireTemplate, TEMPLATE_NAMES } from "./template-rules.ts";

const check = (text: string) => () => requireTemplate("payout_completed", { subject: "Paid", text });

describe("a template", () => {
  it("that the program brings along is one, and fills every tag with an example", () => {
    for (const name of TEMPLATE_NAMES) {
      const { examples, ...words } = defaultOf(name);
      requireTemplate(name, words);
      const { subject, text } = renderTemplate(words, examples);
      expect(`${subject} ${text}`).not.toMatch(/[{}]|undefined/);
    }
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
