import { Checkbox, Textarea } from "@mantine/core";
import "@mantine/core/styles/Checkbox.layer.css";
import "@mantine/core/styles/InlineInput.layer.css";
import { useState } from "react";
import { t } from "../../i18n/messages.ts";
import { Form } from "../../ui/form.tsx";

type NoteProps = {
  readonly isBusy: boolean;
  readonly error: Error | null;
  readonly onSubmit: (body: string, isInternal: boolean) => Promise<unknown>;
  /** The team may keep a note to itself. */
  readonly hasInternal?: boolean;
};

/** Something to remember about a deal. What was typed stays until it is kept. */
export function NoteOnLead({ isBusy, error, onSubmit, hasInternal = false }: NoteProps) {
  const [body, setBody] = useState("");
  const [isInternal, setInternal] = useState(hasInternal);
  return (
    <Form
      act={t("lead.keepNote")}
      isBusy={isBusy}
      error={error}
      isReady={body.trim() !== ""}
      onSubmit={() =>
        void onSubmit(body.trim(), isInternal).then(
          () => setBody(""),
          () => {},
        )
      }
    >
      <Textarea
        label={t("lead.note")}
        autosize
        minRows={2}
        maxLength={5000}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
      {hasInternal ? (
        <Checkbox
          label={t("lead.isInternal")}
          checked={isInternal}
          onChange={(event) => setInternal(event.currentTarget.checked)}
        />
      ) : null}
    </Form>
  );
}
