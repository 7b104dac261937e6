import { HOUR_MS } from "../clock.ts";
import { type Html, html } from "../pages/html.ts";
import { page } from "../pages/page.ts";
import { setStanding } from "./account-standing.ts";
import { TEST_BANK_NAMES, TEST_BANKS, type TestBankName } from "./bank-accounts.ts";
import { replaceBankAccount } from "./external-accounts.ts";
import type { AccountLinkRecord } from "./stripe-records.ts";
import type { StripeWorld } from "./stripe-world.ts";

export const VERIFICATION_DONE = "account.verified";

/** How long the stand-in checks papers where it is told to take its time. */
const VERIFICATION_MS = HOUR_MS;

/** What the visitor may do on the page. */
const ONBOARDING_ENDINGS = ["complete", "verify", "later"] as const;
export type OnboardingEnding = (typeof ONBOARDING_ENDINGS)[number];

/** Onboarding as Stripe hosts it, in one page: a bank account to choose and three ways to end. */
export function onboardingPage(link: AccountLinkRecord, country: string): Html {
  const bankOptions = TEST_BANK_NAMES.map(
    (name) => html`<option value="${name}">${TEST_BANKS[name].number} · ${TEST_BANKS[name].label}</option>`,
  );
  return page({
    title: "Set up payouts",
    narrow: true,
    body: html`
      <p class="eyebrow">Stripe stand-in</p>
      <h1>Set up payouts</h1>
      <p class="muted">This page stands in for Stripe's own. Nothing you choose here leaves this machine.</p>
      <form class="card stack" method="post" action="/setup/session/${link.sessionId}">
        <dl class="facts"><dt>Account</dt><dd class="mono">${link.accountId}</dd><dt>Country</dt><dd>${country}</dd></dl>
        <label>Bank account<select name="bank">${bankOptions}</select></label>
        <label>Account holder<input name="holder" maxlength="100" autocomplete="off"></label>
        <div class="stack">
          <button name="ending" value="complete">Finish onboarding</button>
          <button class="quiet" name="ending" value="verify">Submit, and let verification take an hour</button>
          <button class="quiet" name="ending" value="later">Leave for later</button>
        </div>
      </form>`,
  });
}

type OnboardingChoice = { ending: OnboardingEnding; bank: TestBankName; holder: string | undefined };

/** Ends onboarding as its holder chose. Leaving changes nothing: coming back does not mean being done. */
export function endOnboarding(world: StripeWorld, accountId: string, choice: OnboardingChoice): void {
  const record = world.records.accounts.get(accountId);
  if (record === undefined || choice.ending === "later") return;
  const withBank = replaceBankAccount(world, record, choice);
  if (choice.ending === "complete") {
    setStanding(world, withBank, "active");
    return;
  }
  setStanding(world, withBank, "verifying");
  const dueMs = world.now().getTime() + VERIFICATION_MS;
  world.agenda.schedule({
    id: `${VERIFICATION_DONE} ${accountId}`,
    kind: VERIFICATION_DONE,
    subject: accountId,
    dueMs,
  });
}

/** Verification that took its time is over. */
export function endVerification(world: StripeWorld, accountId: string): void {
  const record = world.records.accounts.get(accountId);
  if (record?.standing === "verifying") setStanding(world, record, "active");
}

/** What a posted form says; anything else is leaving for later. */
export function readOnboardingChoice(form: { readonly [name: string]: unknown }): OnboardingChoice {
  const holder = form["holder"];
  return {
    holder: typeof holder === "string" && holder.trim() !== "" ? holder.trim() : undefined,
    ending: ONBOARDING_ENDINGS.find((ending) => ending === form["ending"]) ?? "later",
    bank: TEST_BANK_NAMES.find((name) => name === form["bank"]) ?? "good",
  };
}
