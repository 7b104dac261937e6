import { expect, it } from "vitest";
import type { Ctx } from "../platform/context.ts";
import { putInOrder } from "./put-in-order.ts";

it.each([
  [false, []],
  [true, ["what was shown"]],
])(
  "a partner is put in order, which locks its books, where the order of dates differs (%s) alone",
  async (differs, booked) => {
    const asked: string[] = [];
    const commissions = {
      previewReassessment: async () => ({ fingerprint: "what was shown", differs }),
      reassessPartner: async (_: Ctx, { fingerprint }: { readonly fingerprint: string }) => {
        asked.push(fingerprint);
        return { fingerprint };
      },
    };
    await putInOrder({ commissions })({} as Ctx, { partnerId: "ada" });
    expect(asked).toEqual(booked);
  },
);
