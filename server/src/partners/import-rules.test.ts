import { describe, expect, it } from "vitest";
import { type ImportedPartner, planImport, readImportedRow, type SoundRow } from "./import-rules.ts";

describe("a row of an import", () => {
  const at = new Date("2026-03-01T00:00:00Z");
  const row: ImportedPartner = {
    externalId: "p1",
    email: "Ada@Example.com",
    joinedAt: new Date("2020-01-01T00:00:00Z"),
  };
  const read = (fields: Partial<ImportedPartner>) => readImportedRow({ ...row, ...fields }, at);
  const sound = (fields: Partial<ImportedPartner>): SoundRow => read(fields) as SoundRow;

  it("is an affiliate of its type's tier unless it says otherwise", () => {
    expect(read({})).toMatchObject({
      email: "ada@example.com",
      partnerType: "affiliate",
      tier: "tier1",
      referralCode: null,
    });
    const tierOf = (partnerType: string) => sound({ partnerType }).tier;
    expect(["affiliate", "reseller", "whitelabel", "technology"].map(tierOf)).toEqual([
      "tier1",
      "tier2",
      "tier3",
      "tier4",
    ]);
    expect(read({ partnerType: "technology", tier: "tier2" })).toMatchObject({ tier: "tier2" });
  });

  it.each<[Partial<ImportedPartner>, string]>([
    [{ externalId: "" }, "externalId"],
    [{ externalId: "x".repeat(256) }, "externalId"],
    [{ externalId: "a\0b" }, "externalId"],
    [{ companyName: "a\0b" }, "companyName"],
    [{ companyName: "half \ud83d" }, "companyName"],
    [{ email: "a\0@b.example" }, "email"],
    [{ email: "nobody" }, "email"],
    [{ email: "" }, "email"],
    [{ partnerType: "friend" }, "partnerType"],
    [{ tier: "tier5" }, "tier"],
    [{ companyName: "x".repeat(256) }, "companyName"],
    [{ country: "Germany" }, "country"],
    [{ country: "1DE" }, "country"],
    [{ country: "de" }, "country"],
    [{ country: "D" }, "country"],
    [{ email: "x ada@example.com" }, "email"],
    [{ email: "ada@example.com x" }, "email"],
    [{ email: `${"a".repeat(243)}@example.com` }, "email"],
    [{ referralCode: "a b" }, "referralCode"],
    [{ joinedAt: new Date(Number.NaN) }, "joinedAt"],
    [{ joinedAt: new Date("2027-01-01T00:00:00Z") }, "joinedAt"],
  ])("is refused, with its field: %j", (fields, field) => expect(read(fields)).toMatchObject({ field }));

  it.each<Partial<ImportedPartner>>([
    { externalId: "x".repeat(255) },
    { companyName: "x".repeat(255) },
    { companyName: "Fernbill Ltd" },
    { country: "DE" },
    { email: `${"a".repeat(242)}@example.com` },
    { joinedAt: at },
    { referralCode: null },
  ])("is taken up to every limit: %j", (fields) => expect(read(fields)).not.toHaveProperty("code"));

  it("is refused with what is wrong", () => {
    expect(read({ country: "Germany" })).toEqual({ code: "partner.import_invalid", field: "country" });
    expect(read({ referralCode: "a b" })).toEqual({ code: "partner.code_invalid", field: "referralCode" });
  });

  it("says which partner it is, and what is taken", () => {
    const taken = { idsByExternalId: new Map([["old", "id-of-old"]]), codes: new Set(["gone"]) };
    const plans = planImport(
      [
        read({ externalId: "" }),
        sound({ externalId: "old" }),
        sound({ externalId: "a" }),
        sound({ externalId: "a" }),
        sound({ externalId: "b", email: "b@example.com", referralCode: "gone" }),
        sound({ externalId: "c" }),
        sound({ externalId: "d", email: "d@example.com" }),
      ],
      taken,
    );
    const refused = (code: string, field: string) => ({ status: "rejected", refusal: { code, field } });
    expect(plans).toEqual([
      refused("partner.import_invalid", "externalId"),
      { status: "duplicate", partnerId: "id-of-old" },
      { status: "import", row: sound({ externalId: "a" }) },
      { status: "duplicate", partnerId: null },
      refused("partner.code_taken", "referralCode"),
      refused("partner.email_taken", "email"),
      { status: "import", row: sound({ externalId: "d", email: "d@example.com" }) },
    ]);
  });

  it("is a duplicate by its external id, and refused for a code or an e-mail that is taken", () => {
    const taken = { idsByExternalId: new Map([["old", "id-of-old"]]), codes: new Set(["gone"]) };
    const statuses = planImport(
      [
        sound({ externalId: "old" }),
        sound({ externalId: "a", referralCode: "Mine" }),
        sound({ externalId: "a", email: "x@example.com" }),
        sound({ externalId: "b", email: "b@example.com", referralCode: "MINE" }),
        sound({ externalId: "c", email: "c@example.com", referralCode: "gone" }),
        sound({ externalId: "d" }),
      ],
      taken,
    ).map((plan) => (plan.status === "rejected" ? plan.refusal.code : plan.status));
    expect(statuses).toEqual([
      "duplicate",
      "import",
      "duplicate",
      "partner.code_taken",
      "partner.code_taken",
      "partner.email_taken",
    ]);
  });
});
