import { defineErrors } from "../kernel/errors.ts";

export const programErrors = defineErrors("program", {
  not_found: { kind: "not_found", title: "There is no programme yet" },
  exists: { kind: "conflict", title: "There is a programme already" },
  currency_unknown: { kind: "invalid", title: "This is not a currency that amounts can be in" },
  currency_fixed: { kind: "conflict", title: "The currency stays as it is once money has been booked" },
  time_zone_unknown: { kind: "invalid", title: "This is not the name of a time zone" },
  host_invalid: { kind: "invalid", title: "A destination host is a host name, with a port where it needs one" },
  destination_refused: {
    kind: "invalid",
    title: "The destination is not a web address on one of the programme's hosts; its port belongs to the host",
  },
  version_waiting: {
    kind: "conflict",
    title: "A plan version waits to come into force and would bring the old setting back; publish another first",
  },
});

/** Each names its field: `tiers.tier2.recurringRate`. */
export const planErrors = defineErrors("plan", {
  not_found: { kind: "not_found", title: "There is no such plan version" },
  invalid: { kind: "invalid", title: "This is not a commission plan" },
  already_published: { kind: "conflict", title: "A published version is never edited; draft another" },
  currency_mismatch: {
    kind: "conflict",
    title: "The draft's amounts mean another currency than the programme's; edit it",
  },
  effective_in_past: { kind: "invalid", title: "A version cannot come into force before it is published" },
  not_backdated: { kind: "invalid", title: "The date from which a version is to hold lies in the past" },
  backdated_past_change: {
    kind: "conflict",
    title: "Since that date the programme has had another currency or time zone; a version cannot hold across that",
  },
  backdated_true_up: {
    kind: "conflict",
    title: "Periods that have ended were settled by other volume steps; a version that holds from the past keeps them",
  },
  retroactive_is_immediate: {
    kind: "invalid",
    title: "A version that holds for existing customers does so from its publication",
  },
  rate_invalid: { kind: "invalid", title: "A rate is a decimal fraction with at most six places" },
  rate_out_of_range: { kind: "invalid", title: "The rate is outside the range that the tier allows" },
  rate_too_high: {
    kind: "invalid",
    title: "With its highest bonus and the tier's multiplier, no rate comes to more than 10 (1,000 %)",
  },
  range_inverted: { kind: "invalid", title: "The range ends before it begins" },
  bonuses_not_ascending: {
    kind: "invalid",
    title: "Volume bonuses ascend by threshold, and each adds to the one before",
  },
  steps_not_ascending: {
    kind: "invalid",
    title: "The steps of a true-up ascend by volume, and each has a higher rate than the one before",
  },
  condition_empty: {
    kind: "invalid",
    title: "A rule names at least one thing that a payment must have, and each list that it gives has an entry",
  },
  rules_overlap: {
    kind: "invalid",
    title: "Two rules fit the same payments and neither is inside the other; say in a rule of its own what holds there",
  },
  rule_name_taken: { kind: "invalid", title: "Another rule of the tier has this name" },
  rule_pays_one: { kind: "invalid", title: "A rule pays either a rate or an amount" },
  rule_currency_missing: { kind: "invalid", title: "A rule that pays an amount names the currency of its payments" },
  country_unknown: { kind: "invalid", title: "This is not the ISO 3166-1 alpha-2 code of a country" },
  volume_window_invalid: {
    kind: "invalid",
    title: "A rolling true-up names a window of 31 to 366 days; any other names none",
  },
  window_out_of_range: { kind: "invalid", title: "An attribution window is 30 to 90 days" },
  hold_out_of_range: { kind: "invalid", title: "A hold is 0 to 365 days" },
  duration_invalid: { kind: "invalid", title: "A duration is 1 to 1,200 whole months, or null for no end" },
  amount_invalid: { kind: "invalid", title: "An amount is a whole number of minor units, zero or more" },
  currency_unknown: { kind: "invalid", title: "This is not a currency that amounts can be in" },
});

export const featureErrors = defineErrors("feature", {
  not_included: { kind: "forbidden", title: "The tier does not include this" },
});
