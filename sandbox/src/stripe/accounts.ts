import type { Stripe } from "stripe";
import { businessProfile, platformAccount, settings } from "./account-object.ts";
import { setStanding } from "./account-standing.ts";
import { invalidParameter, noAccess, refusal } from "./api-error.ts";
import { currencyOf } from "./countries.ts";
import type { Call, Endpoint } from "./endpoint.ts";
import { externalAccountsOf, externalAccountsUrl, noExternalAccounts, shownAccount } from "./external-accounts.ts";
import { newId, toSeconds } from "./ids.ts";
import { readPage } from "./lists.ts";
import { changedMetadata, type Metadata, type Parameters } from "./parameters.ts";
import { standingFields } from "./standings.ts";
import type { AccountRecord } from "./stripe-records.ts";
import type { StripeWorld } from "./stripe-world.ts";

const CAPABILITIES = ["transfers", "card_payments"] as const;
const INTERVALS = ["daily", "manual"] as const;

type AccountInput = {
  readonly country: string | undefined;
  readonly email: string | undefined;
  readonly businessType: Stripe.Account["business_type"];
  readonly businessUrl: string | undefined;
  readonly requested: readonly string[];
  readonly agreement: "full" | "recipient" | undefined;
  readonly interval: (typeof INTERVALS)[number] | undefined;
  readonly metadata: Metadata | "unset" | undefined;
};

/** v1 accounts with `controller` properties: https://docs.stripe.com/api/accounts. Legacy types are refused: new platforms have none. */
export const accountEndpoints = (world: StripeWorld): readonly Endpoint[] => [
  {
    method: "POST",
    url: "/v1/accounts",
    prepare: ({ parameters }) => {
      const controller = readController(parameters);
      const input = readAccount(parameters);
      return () => createAccount(world, input, controller);
    },
  },
  {
    method: "GET",
    url: "/v1/accounts",
    prepare: ({ parameters }) => {
      const page = readPage(parameters);
      const created = parameters.range("created");
      return () => {
        const accounts = world.records.accounts.all().filter((record) => !record.isDisconnected);
        const matching = accounts
          .map(({ account }) => shownAccount(account))
          .filter((account) => created(account.created ?? 0));
        return page(matching, "/v1/accounts");
      };
    },
  },
  {
    method: "GET",
    url: "/v1/account",
    prepare:
      ({ account }) =>
      () =>
        account === null ? platformAccount() : shownAccount(getAccount(world, account).account),
  },
  {
    method: "GET",
    url: "/v1/accounts/:id",
    prepare: (call) => () => shownAccount(getAccount(world, idOf(call)).account),
  },
  {
    method: "POST",
    url: "/v1/accounts/:id",
    prepare: (call) => {
      const input = readAccount(call.parameters);
      return () => updateAccount(world, getAccount(world, idOf(call)), input);
    },
  },
  {
    method: "GET",
    url: "/v1/accounts/:id/external_accounts",
    prepare: (call) => {
      const page = readPage(call.parameters);
      const kind = call.parameters.oneOf("object", ["bank_account", "card"]);
      return () => {
        const { id, account } = getAccount(world, idOf(call));
        return page(externalAccountsOf(account, kind), externalAccountsUrl(id));
      };
    },
  },
  {
    method: "DELETE",
    url: "/v1/accounts/:id",
    prepare: (call) => () => {
      const { id } = getAccount(world, idOf(call));
      world.records.accounts.remove(id);
      return { id, object: "account", deleted: true };
    },
  },
];

/** The account, unless there is none or it has disconnected. @throws account_invalid with 403, for both alike */
export function getAccount(world: StripeWorld, id: string): AccountRecord {
  const record = world.records.accounts.get(id);
  if (record === undefined || record.isDisconnected) throw noAccess(id, world.secretKey);
  return record;
}

const idOf = (call: Call): string => call.ids["id"] ?? "";

/** Only what a payout platform uses of it. `type` is the legacy way and excludes `controller`. */
function readController(parameters: Parameters): Stripe.Account.Controller {
  const type = parameters.text("type");
  const controller = parameters.group("controller");
  if (type !== undefined) {
    const message =
      controller === undefined
        ? "Account types are for platforms that already use them; give `controller` instead"
        : "You may not provide the `type` parameter and `controller` parameters simultaneously. They are mutually exclusive.";
    throw invalidParameter("type", message);
  }
  const collection = controller?.oneOf("requirement_collection", ["stripe", "application"]) ?? "stripe";
  const dashboard = controller?.group("stripe_dashboard")?.oneOf("type", ["express", "full", "none"]) ?? "full";
  const fees = controller?.group("fees")?.oneOf("payer", ["application", "account"]) ?? "account";
  const losses = controller?.group("losses")?.oneOf("payments", ["application", "stripe"]) ?? "stripe";
  return {
    type: "application",
    is_controller: true,
    fees: { payer: fees },
    losses: { payments: losses },
    requirement_collection: collection,
    stripe_dashboard: { type: dashboard },
  };
}

function readAccount(parameters: Parameters): AccountInput {
  const capabilities = parameters.group("capabilities");
  const requested = CAPABILITIES.filter((name) => capabilities?.group(name)?.boolean("requested") === true);
  const terms = parameters.group("tos_acceptance");
  terms?.ignore("date", "ip", "user_agent");
  const agreement = terms?.oneOf("service_agreement", ["full", "recipient"]);
  const profile = parameters.group("business_profile");
  profile?.ignore("mcc", "name", "product_description", "support_email", "support_phone", "support_url");
  const schedule = parameters.group("settings")?.group("payouts")?.group("schedule");
  parameters.ignore("individual", "company", "default_currency");
  return {
    country: parameters.text("country"),
    email: parameters.text("email"),
    businessType:
      parameters.oneOf("business_type", ["company", "government_entity", "individual", "non_profit"]) ?? null,
    businessUrl: profile?.text("url"),
    requested,
    agreement,
    interval: schedule?.oneOf("interval", INTERVALS),
    metadata: parameters.metadata(),
  };
}

function createAccount(world: StripeWorld, input: AccountInput, controller: Stripe.Account.Controller): Stripe.Account {
  const country = input.country ?? "US";
  const currency = currencyOf(country);
  if (currency === undefined) {
    const message = `${country} is not currently supported by Stripe for connected accounts of this platform.`;
    throw refusal("country_unsupported", { param: "country", message });
  }
  refuseCardsUnderRecipientAgreement(input.agreement, input.requested);
  const id = newId("acct", 16);
  const account: Stripe.Account = {
    id,
    object: "account",
    business_profile: businessProfile(input.businessUrl ?? null),
    business_type: input.businessType ?? null,
    ...standingFields("new", input.requested),
    controller,
    country,
    created: toSeconds(world.now()),
    default_currency: currency,
    email: input.email ?? null,
    external_accounts: noExternalAccounts(id),
    metadata: changedMetadata({}, input.metadata),
    settings: settings(input.interval ?? "daily"),
    tos_acceptance: { service_agreement: input.agreement ?? "full" },
    type: "none",
  };
  return world.records.accounts.put({ id, account, standing: "new", isDisconnected: false }).account;
}

function updateAccount(world: StripeWorld, record: AccountRecord, input: AccountInput): Stripe.Account {
  const { account, standing } = record;
  const agreement = account.tos_acceptance?.service_agreement;
  if (input.agreement !== undefined && input.agreement !== agreement && account.details_submitted) {
    throw invalidParameter(
      "tos_acceptance[service_agreement]",
      "You cannot change the service agreement once it has been accepted.",
    );
  }
  const capabilities = [...new Set([...Object.keys(account.capabilities ?? {}), ...input.requested])];
  const service_agreement = input.agreement ?? agreement ?? "full";
  refuseCardsUnderRecipientAgreement(service_agreement, capabilities);
  const changed: Stripe.Account = {
    ...account,
    ...standingFields(standing, capabilities),
    email: input.email ?? account.email,
    business_type: input.businessType ?? account.business_type ?? null,
    business_profile:
      input.businessUrl === undefined ? (account.business_profile ?? null) : businessProfile(input.businessUrl),
    metadata: changedMetadata(account.metadata ?? {}, input.metadata),
    settings: input.interval === undefined ? (account.settings ?? null) : settings(input.interval),
    tos_acceptance: { service_agreement },
  };
  return shownAccount(setStanding(world, { ...record, account: changed }, standing).account);
}

/** https://docs.stripe.com/connect/service-agreement-types: recipients only receive. */
function refuseCardsUnderRecipientAgreement(agreement: string | undefined, capabilities: readonly string[]): void {
  if (agreement === "recipient" && capabilities.includes("card_payments")) {
    throw invalidParameter(
      "capabilities",
      "Accounts under the recipient service agreement cannot request card_payments.",
    );
  }
}
