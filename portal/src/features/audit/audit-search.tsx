import { TextInput } from "@mantine/core";
import { useState } from "react";
import { t } from "../../i18n/messages.ts";
import { readersDay } from "../../ui/dates.ts";
import { Form } from "../../ui/form.tsx";
import classes from "./audit-search.module.css";

/** Of the API's query; what is empty is left out. */
export type Search = Readonly<Partial<Record<"words" | "occurredFrom" | "occurredBefore", string>>>;
type Fields = Readonly<Record<"words" | "from" | "until", string>>;
const EMPTY: Fields = { words: "", from: "", until: "" };

const searchOf = ({ words, from, until }: Fields): Search => ({
  ...(words.trim() !== "" && { words: words.trim() }),
  ...(from !== "" && { occurredFrom: readersDay(from).begins }),
  // The day itself is part of what is meant.
  ...(until !== "" && { occurredBefore: readersDay(until).ends }),
});

/** What is looked for in the trail. */
export function AuditSearch({ onSearch, isBusy }: { onSearch: (search: Search) => void; isBusy: boolean }) {
  const [fields, setFields] = useState(EMPTY);
  const field = (name: keyof Fields, label: string, more: { description?: string; type?: string } = {}) => (
    <TextInput
      label={label}
      dir={name === "words" ? "auto" : "ltr"}
      maxLength={100}
      value={fields[name]}
      onChange={(event) => setFields({ ...fields, [name]: event.currentTarget.value })}
      {...more}
    />
  );
  return (
    <Form act={t("audit.search")} isBusy={isBusy} error={null} onSubmit={() => onSearch(searchOf(fields))}>
      <div className={classes.fields}>
        {field("words", t("audit.words"), { description: t("audit.wordsText") })}
        {field("from", t("audit.from"), { type: "date" })}
        {field("until", t("audit.until"), { type: "date" })}
      </div>
    </Form>
  );
}
