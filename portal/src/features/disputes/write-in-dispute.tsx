import { NativeSelect, Textarea } from "@mantine/core";
import { useState } from "react";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Form } from "../../ui/form.tsx";
import { toast } from "../../ui/toast.tsx";
import { DESK_TOUCHES } from "./desk-touches.ts";

const KINDS = ["question", "message", "note"] as const;

/** Asks the partner, tells it something, or notes what only the team reads. */
export function WriteInDispute({ id }: { readonly id: string }) {
  const [kind, setKind] = useState<(typeof KINDS)[number]>("question");
  const [body, setBody] = useState("");
  const write = useAct("writeInDispute", {
    touches: DESK_TOUCHES,
    onDone: () => {
      setBody("");
      toast(t(`dispute.written.${kind}`));
    },
  });
  return (
    <Form
      act={t(`dispute.write.${kind}`)}
      isBusy={write.isPending}
      error={write.error}
      isReady={body.trim() !== ""}
      onSubmit={() => write.mutate({ path: { id }, body: { kind, body: body.trim() } })}
    >
      <NativeSelect
        label={t("dispute.write")}
        description={t(`dispute.write.${kind}.text`)}
        data={KINDS.map((value) => ({ value, label: t(`dispute.write.${value}`) }))}
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value as typeof kind)}
      />
      <Textarea
        label={t("dispute.text")}
        autosize
        minRows={3}
        maxLength={2000}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
    </Form>
  );
}
