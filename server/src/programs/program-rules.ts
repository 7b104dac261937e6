import { isTimeZone } from "../kernel/calendar.ts";
import { exponentOf, isCurrency } from "../kernel/currency.ts";
import { invariant } from "../kernel/invariant.ts";
import type { PlanDocument, TierDocument } from "./plan-schema.ts";
import { planErrors, programErrors } from "./program-errors.ts";
import type { UpdateProgram } from "./program-schema.ts";
import { TIERS } from "./tier-plan.ts";

export type Destinations = { readonly destinationHosts: readonly string[]; readonly defaultDestination: string | null };

/** A host as the URL standard writes it: lower case, punycode, the usual port left out. Throws `program.host_invalid`. */
export function normalHost(host: string): string {
  const url = URL.parse(`https://${host}`);
  const isBare = url !== null && url.href === `https://${url.host}/` && url.hostname !== "";
  if (!isBare || /[/\\?#@\s]/.test(host)) throw programErrors.host_invalid({ field: "destinationHosts", value: host });
  return url.host;
}

/** Whether a link may lead there: a web address, without credentials, on one of the programme's hosts. */
export function isProgramDestination(program: Pick<Destinations, "destinationHosts">, destination: string): boolean {
  const url = URL.parse(destination);
  return (
    url !== null &&
    (url.protocol === "https:" || url.protocol === "http:") &&
    url.username === "" &&
    url.password === "" &&
    program.destinationHosts.includes(url.host)
  );
}

/** What a change of settings may say, hosts in normal form. Throws the catalogue error of the first field that cannot be. */
export function checkSettings<Settings extends UpdateProgram>(settings: Settings): Settings {
  const { currency, timeZone, destinationHosts } = settings;
  if (currency !== undefined && !isCurrency(currency)) throw programErrors.currency_unknown({ field: "currency" });
  if (timeZone !== undefined && !isTimeZone(timeZone)) throw programErrors.time_zone_unknown({ field: "timeZone" });
  if (destinationHosts === undefined) return settings;
  return { ...settings, destinationHosts: [...new Set(destinationHosts.map(normalHost))] };
}

/** Throws `program.destination_refused` where the default destination is on none of the hosts. */
export function requireDestination(program: Destinations): void {
  const { defaultDestination } = program;
  if (defaultDestination !== null && !isProgramDestination(program, defaultDestination))
    throw programErrors.destination_refused({ field: "defaultDestination", hosts: program.destinationHosts });
}

const AMOUNT_FIELDS = [
  "signupBonus",
  "qualifyingMinimum",
  "setupFee",
  "monthlyLicense",
  "customCardFee",
  "supportFee",
  "integrationFee",
  "coMarketingBudget",
] as const satisfies readonly (keyof TierDocument)[];

/** The same figures in another currency: 50.00 becomes 50 where the currency has no decimals. Nothing is converted, and nothing rounded. */
export function restateTiers(
  tiers: PlanDocument["tiers"],
  { from, to }: { readonly from: string; readonly to: string },
): PlanDocument["tiers"] {
  const [exponentFrom, exponentTo] = [exponentOf(from), exponentOf(to)];
  invariant(exponentFrom !== undefined && exponentTo !== undefined, "currencies were checked when they were given");
  const restate = (field: string, minor: number): number => {
    const restated = (minor * 10 ** exponentTo) / 10 ** exponentFrom;
    if (!Number.isSafeInteger(restated)) throw planErrors.amount_invalid({ field, currency: to });
    return restated;
  };
  const range = (field: string, { minimum, maximum }: { minimum: number; maximum: number }) => ({
    minimum: restate(`${field}.minimum`, minimum),
    maximum: restate(`${field}.maximum`, maximum),
  });
  const restateTier = (tier: TierDocument, path: string): TierDocument => {
    const amounts = AMOUNT_FIELDS.flatMap((name) => {
      const minor = tier[name];
      return minor === undefined ? [] : [[name, restate(`${path}.${name}`, minor)] as const];
    });
    const { [from]: minimum, ...otherMinimums } = tier.minimumPayout;
    const minimums =
      minimum === undefined || to in otherMinimums ? {} : { [to]: restate(`${path}.minimumPayout`, minimum) };
    const caps = Object.fromEntries(
      Object.entries(tier.caps ?? {}).map(([cap, { [from]: most, ...others }]) => {
        const restated = most === undefined || to in others ? {} : { [to]: restate(`${path}.caps.${cap}`, most) };
        return [cap, { ...others, ...restated }];
      }),
    );
    const { monthlyLicense, setupFee, ...eligibility } = tier.eligibility ?? {};
    return {
      ...tier,
      ...Object.fromEntries(amounts),
      minimumPayout: { ...otherMinimums, ...minimums },
      ...(tier.caps === undefined ? {} : { caps }),
      ...(tier.eligibility === undefined
        ? {}
        : {
            eligibility: {
              ...eligibility,
              ...(monthlyLicense === undefined
                ? {}
                : { monthlyLicense: range(`${path}.monthlyLicense`, monthlyLicense) }),
              ...(setupFee === undefined ? {} : { setupFee: range(`${path}.setupFee`, setupFee) }),
            },
          }),
    };
  };
  return Object.fromEntries(
    TIERS.map((tier) => [tier, restateTier(tiers[tier], `tiers.${tier}`)]),
  ) as PlanDocument["tiers"];
}
