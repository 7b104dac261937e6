import { useQuery } from "@tanstack/react-query";
import type { components } from "@tributary/sdk";
import { read } from "../../app/queries.ts";
import { Loaded } from "../../ui/loaded.tsx";
import { RulesForm } from "./rules-form.tsx";

export type Rules = components["schemas"]["FraudRules"];
export type RuleName = keyof Rules["rules"];
export type Setting = NonNullable<Rules["rules"][RuleName]>;

/** The rules in force, to be changed; another version begins the form anew. */
export function FraudRules() {
  const query = useQuery(read("getFraudRules"));
  return <Loaded query={query}>{(rules) => <RulesForm key={Number(rules.version)} rules={rules} />}</Loaded>;
}
