import { describe, expect, it } from "vitest";
import { canonicalForm, decodeForm } from "./form-body.ts";

describe("a form body", () => {
  it("is decoded with its brackets, plus signs, percent signs and lists", () => {
    const form = decodeForm(
      "amount=1&metadata[payout id]=po+1&a[b][c]=%C3%A9&list[]=x&list[]=y&on[0]=p&on[1]=q&empty=",
    );
    expect(JSON.parse(JSON.stringify(form))).toEqual({
      amount: "1",
      metadata: { "payout id": "po 1" },
      a: { b: { c: "é" } },
      list: { 0: "x", 1: "y" },
      on: { 0: "p", 1: "q" },
      empty: "",
    });
  });

  it("compares equal to the same fields in another order, and to no other", () => {
    const [one, two, other] = ["a[b]=1&c=2", "c=2&a%5Bb%5D=1", "c=2&a[b]=1&d="].map((text) =>
      canonicalForm(decodeForm(text)),
    );
    expect(one).toBe(two);
    expect(one).not.toBe(other);
  });

  it("cannot reach the prototype of objects", () => {
    decodeForm("__proto__[polluted]=1&constructor[prototype][polluted]=1");
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
  });

  it("is refused when it is absurdly deep or wide", () => {
    expect(() => decodeForm(`a${"[b]".repeat(10)}=1`)).toThrow(RangeError);
    expect(() => decodeForm("a=1&".repeat(2000))).toThrow(RangeError);
  });
});
