import { describe, expect, it } from "vitest";
import { companyDomain, companyKey, dealKeys, domainsAbove, isShared, plainDomain } from "./lead-keys.ts";

describe("a company's name", () => {
  it.each([
    ["Acme Widgets, Inc.", "ACME  widgets"],
    ["The Acme Widgets Company", "acme widgets"],
    ["Müller & Söhne GmbH & Co. KG", "Muller und Sohne"],
    ["Smith & Sons Ltd", "Smith and Sons Limited"],
    ["O'Brien plc", "OBrien"],
    ["S.A. Dupont", "s a dupont"],
  ])("%j and %j are compared as they sound", (one, other) => {
    if (one.startsWith("Müller")) expect(companyKey(one)).not.toBe(companyKey(other));
    else expect(companyKey(one)).toBe(companyKey(other));
  });

  it.each([
    ["Acme", "Acme Labs"],
    ["三菱商事", "三井物産"],
    ["Acme 1", "Acme 2"],
  ])("%j and %j stay apart", (one, other) => {
    expect(companyKey(one)).not.toBe(companyKey(other));
  });

  it("that is nothing but a legal form is a name all the same; one of signs alone is none", () => {
    expect(companyKey("SE")).toBe("se");
    expect(companyKey("The")).toBe("the");
    expect(companyKey("!!!")).toBeNull();
  });
});

describe("a domain", () => {
  it.each([
    ["acme.com", "acme.com"],
    [" WWW.Acme.COM. ", "acme.com"],
    ["https://www.acme.co.uk/shop?x=1", "acme.co.uk"],
    ["acme.com:8443/path", "acme.com"],
    ["bücher.example", "xn--bcher-kva.example"],
  ])("%j is kept as %j", (text, domain) => expect(plainDomain(text)).toBe(domain));

  it.each(["acme", "127.0.0.1", "https://[::1]/", "a b.com", "-a.com", "acme.com%00", "", "acme..com"])(
    "%j is none",
    (text) => expect(plainDomain(text)).toBeUndefined(),
  );

  it("has above it what can be one company's, and no registry", () => {
    expect(domainsAbove("shop.eu.acme.co.uk")).toEqual(["shop.eu.acme.co.uk", "eu.acme.co.uk", "acme.co.uk"]);
    expect(domainsAbove("acme.com")).toEqual(["acme.com"]);
    expect([isShared("co.uk"), isShared("gmail.com"), isShared("acme.co.uk"), isShared("me.com")]).toEqual([
      true,
      true,
      false,
      true,
    ]);
  });
});

describe("a deal", () => {
  it("is known by mailbox, by the domain of the company or of the address, and by name", () => {
    const keys = dealKeys({ company: "Acme Ltd", contactEmail: "Ada+cards@Acme.com" });
    expect(keys).toEqual({ email: "ada@acme.com", domain: "acme.com", company: "acme" });
    expect(dealKeys({ company: "Acme", contactEmail: "acme@gmail.com" }).domain).toBeNull();
    expect(dealKeys({ company: "Acme", domain: "acme.de", contactEmail: "acme@gmail.com" }).domain).toBe("acme.de");
    expect(companyDomain("ada@mail.acme.com")).toBe("mail.acme.com");
  });

  it.each([
    ["nonsense", "lead.domain_invalid"],
    ["gmail.com", "lead.domain_shared"],
    ["com.au", "lead.domain_shared"],
  ])("of the domain %j is refused: %s", (domain, code) => {
    expect(() => dealKeys({ company: "Acme", domain, contactEmail: "a@b.com" })).toThrow(
      expect.objectContaining({ code, facts: { field: "domain" } }),
    );
  });
});
