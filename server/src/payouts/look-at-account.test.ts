import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PayoutWorld, payoutWorld } from "../../test/kit/payouts.ts";
import { asOwner } from "../../test/kit/postgres.ts";
import { invariant } from "../kernel/invariant.ts";
import { goneAccount } from "./transfer-provider.ts";

let world: PayoutWorld;
beforeAll(async () => {
  world = await payoutWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

/** A partner whose account at Stripe is paid out to a bank account of this name. */
async function heldBy(holder: string) {
  const partnerId = await world.newPartner();
  const accountId = await world.accountOf(partnerId);
  world.stripe.enterBank(accountId, { bank: "good", holder });
  await hear(accountId);
  return { partnerId, accountId };
}
/** Stripe tells that something about the account is another now. */
const hear = (accountId: string) => world.hear("account.external_account.updated", { id: "ba" }, accountId);
const holdersOf = async (partnerId: string) => {
  const found = await world.db.read(world.system(), (tx) => world.payouts.findHolders(tx, [partnerId]));
  return found.get(partnerId)?.readHolders().toSorted();
};
const accountsOf = async (partnerId: string) =>
  (await world.db.read(world.system(), (tx) => world.payouts.payoutAccountsOf(tx, [partnerId]))).get(partnerId)
    ?.accounts;
const statusOf = async (partnerId: string) => (await world.payouts.getPaymentMethod(world.partner(partnerId)))?.status;

describe("behind an account at Stripe", () => {
  it("stands every holder and every number, however many: also beyond the ten that the account shows", async () => {
    const { partnerId, accountId } = await heldBy("Holder 00");
    const names = Array.from({ length: 115 }, (_, at) => `Holder ${String(at).padStart(2, "0")}`);
    for (const holder of names.slice(1)) world.stripe.addBank(accountId, { bank: "good", holder, currency: "eur" });
    await hear(accountId);
    expect(await holdersOf(partnerId)).toEqual(names.toSorted());
    expect(new Set(await accountsOf(partnerId)).size).toBe(names.length);
  });

  it("is, for what is paid in a currency, the account of that currency alone, or else that of its own", async () => {
    const { partnerId, accountId } = await heldBy("Dollar");
    world.stripe.addBank(accountId, { bank: "good", holder: "Euro", currency: "eur" });
    await hear(accountId);
    const [usd, eur] = (await accountsOf(partnerId)) ?? [];
    const paidIn = (currency: string) =>
      world.db.read(world.system(), async (tx) => {
        const current = (await world.payouts.payoutAccountsOf(tx, [partnerId])).get(partnerId);
        invariant(current, "the partner has an account");
        return world.payouts.payoutAccountPaid(tx, { methodId: current.methodId, currency });
      });
    expect(usd).not.toBe(eur);
    expect(await paidIn("EUR")).toMatchObject({ accounts: [eur] });
    expect(await paidIn("USD")).toMatchObject({ accounts: [usd] });
    expect(await paidIn("GBP")).toMatchObject({ accounts: [usd] });
  });

  it("stays what was asked for last, when the answer to an earlier question comes later", async () => {
    const { partnerId, accountId } = await heldBy("Before");
    const ask = world.said.account;
    let answer: () => void = () => undefined;
    const isHeldBack = new Promise<void>((resolve) => {
      answer = resolve;
    });
    let begun: () => void = () => undefined;
    const hasBegun = new Promise<void>((resolve) => {
      begun = resolve;
    });
    world.said.account = async (id) => {
      const said = await ask(id);
      begun();
      await isHeldBack;
      return said;
    };
    const earlier = hear(accountId);
    await hasBegun;
    world.said.account = ask;
    world.stripe.enterBank(accountId, { bank: "good", holder: "After" });
    world.stripe.setStanding(accountId, "restricted");
    await hear(accountId);
    answer();
    await earlier;
    expect(await holdersOf(partnerId)).toEqual(["After"]);
    expect(await statusOf(partnerId)).toBe("incomplete");
  });

  it("stands nobody any more who was taken away, nor anybody where the account is gone", async () => {
    const { partnerId, accountId } = await heldBy("Stays");
    world.stripe.addBank(accountId, { bank: "good", holder: "Goes", currency: "eur" });
    await hear(accountId);
    world.stripe.removeBank(accountId, "Goes");
    await hear(accountId);
    expect(await holdersOf(partnerId)).toEqual(["Stays"]);
    world.stripe.disconnect(accountId);
    await world.hear("account.application.deauthorized", {}, accountId);
    expect([await holdersOf(partnerId), await accountsOf(partnerId)]).toEqual([[], []]);
    expect(await statusOf(partnerId)).toBe("restricted");
  });

  it("is found gone by whatever asks next, where the message that it is was lost, and another can be opened", async () => {
    await heldBy("Answers");
    await world.advance(1_000);
    const { partnerId, accountId } = await heldBy("Lost");
    world.stripe.disconnect(accountId);
    await hear(accountId);
    expect([await holdersOf(partnerId), await statusOf(partnerId)]).toEqual([[], "restricted"]);
    await world.payouts.updatePaymentMethod(world.partner(partnerId), { kind: "stripe_connect", country: "US" });
    expect(await world.accountOf(partnerId)).not.toBe(accountId);
  });

  it("stays what was known while no other account answers either, nor one that is younger: the key may be another platform's", async () => {
    const { partnerId, accountId } = await heldBy("Known");
    const answer = world.said.account;
    world.said.account = async (id) => goneAccount(id);
    await expect(hear(accountId)).rejects.toThrow("STRIPE_SECRET_KEY");
    await asOwner(world.clone, "update payout_methods set seen = 0 where partner_id = $1", [partnerId]);
    await expect(world.payouts.askForAccounts(world.system())).rejects.toThrow("could not be asked for");
    world.said.account = answer;
    await world.advance(1_000);
    const younger = await heldBy("Younger");
    world.said.account = async (id) => (id === younger.accountId ? answer(id) : goneAccount(id));
    await expect(hear(accountId)).rejects.toThrow("STRIPE_SECRET_KEY");
    world.said.account = answer;
    expect([await holdersOf(partnerId), await statusOf(partnerId)]).toEqual([["Known"], "payable"]);
    await hear(accountId);
    expect(await holdersOf(partnerId)).toEqual(["Known"]);
  });

  it("is asked for where only the default was known, which is compared until then", async () => {
    const { partnerId, accountId } = await heldBy("Default");
    world.stripe.addBank(accountId, { bank: "good", holder: "Second", currency: "eur" });
    const [method] = await asOwner<{ id: string }>(world.clone, "select id from payout_methods where partner_id = $1", [
      partnerId,
    ]);
    invariant(method, "the partner has a method");
    const sealed = world.payoutDeps.sealer.seal(
      JSON.stringify({ fingerprint: "f", holder: "Default" }),
      `payout_methods:${method.id}`,
    );
    await asOwner(world.clone, "update payout_methods set seen = 0, details_encrypted = $2 where id = $1", [
      method.id,
      sealed,
    ]);
    expect([await holdersOf(partnerId), await accountsOf(partnerId)]).toEqual([["Default"], ["f"]]);
    await world.payouts.askForAccounts(world.system());
    expect(await holdersOf(partnerId)).toEqual(["Default", "Second"]);
  });
});
