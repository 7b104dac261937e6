import { NativeSelect, Textarea } from "@mantine/core";
import { useDraft } from "../../app/draft.ts";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Form } from "../../ui/form.tsx";
import { Restored } from "../../ui/restored.tsx";
import { toast } from "../../ui/toast.tsx";
import { DESK_TOUCHES } from "./desk-touches.ts";

const KINDS = ["question", "message", "note"] as const;
const EMPTY = { kind: "question" as (typeof KINDS)[number], body: "" };

/** Asks the partner, tells it something, or notes what only the team reads. */
export function WriteInDispute({ id }: { readonly id: string }) {
  const draft = useDraft(`dispute_${id}`, EMPTY);
  const { kind, body } = draft.value;
  const write = useAct("writeInDispute", {
    touches: DESK_TOUCHES,
    onDone: () => {
      draft.clear();
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
      <Restored draft={draft} />
      <NativeSelect
        label={t("dispute.write")}
        description={t(`dispute.write.${kind}.text`)}
        data={KINDS.map((value) => ({ value, label: t(`dispute.write.${value}`) }))}
        value={kind}
        onChange={(event) => draft.change({ kind: event.currentTarget.value as typeof kind })}
      />
      <Textarea
        label={t("dispute.text")}
        autosize
        minRows={3}
        maxLength={2000}
        value={body}
        onChange={(event) => draft.change({ body: event.currentTarget.value })}
      />
    </Form>
  );
}
