import { useQuery } from "@tanstack/react-query";
import { read } from "../../app/queries.ts";
import { Loaded } from "../../ui/loaded.tsx";
import { RulesForm } from "./rules-form.tsx";

/** The rules in force, to be changed; another version begins the form anew. */
export function FraudRules() {
  const query = useQuery(read("getFraudRules"));
  return <Loaded query={query}>{(rules) => <RulesForm key={Number(rules.version)} rules={rules} />}</Loaded>;
}
