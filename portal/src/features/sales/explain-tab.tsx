import { NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { read } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Form } from "../../ui/form.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Explanation } from "./explanation.tsx";

const SUBJECTS = ["customer", "transaction", "click"] as const;
type Subject = (typeof SUBJECTS)[number];

const queryOf = (subject: Subject, name: string) =>
  subject === "click" ? { clickId: name } : subject === "customer" ? { customer: name } : { transaction: name };

/** Why a click, a customer or a sale is whose it is. What is asked is in the address. */
export default function ExplainTab() {
  const { search, change } = useUrlState();
  const asked = SUBJECTS.find((one) => one === search.type) ?? "customer";
  const name = search.q ?? "";
  const [subject, setSubject] = useState<Subject>(asked);
  const [typed, setTyped] = useState(name);
  const query = useQuery({ ...read("explain", { query: queryOf(asked, name) }), enabled: name !== "" });
  return (
    <>
      <Panel title={t("explain.ask")}>
        <Form
          act={t("explain.act")}
          isBusy={query.isFetching}
          error={null}
          isReady={typed.trim() !== ""}
          onSubmit={() => change({ type: subject, q: typed.trim() }, { replace: false })}
        >
          <NativeSelect
            label={t("explain.subject")}
            data={SUBJECTS.map((value) => ({ value, label: t(`missing.${value}`) }))}
            value={subject}
            onChange={(event) => setSubject(event.currentTarget.value as Subject)}
          />
          <TextInput
            label={t("missing.reference")}
            description={t(`explain.subject.${subject}`)}
            dir="ltr"
            maxLength={255}
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </Form>
      </Panel>
      {name === "" ? null : (
        <Panel title={t("explain.of", { kind: t(`missing.${asked}`), name })}>
          <Loaded query={query}>{(found) => <Explanation found={found} />}</Loaded>
        </Panel>
      )}
    </>
  );
}
