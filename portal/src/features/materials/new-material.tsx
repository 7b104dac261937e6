import { NativeSelect } from "@mantine/core";
import { useDraft } from "../../app/draft.ts";
import { useAct } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Restored } from "../../ui/restored.tsx";
import { toast } from "../../ui/toast.tsx";
import { type Content, ContentFields, isWhole, NO_CONTENT, sentContent } from "./material-content.tsx";
import { type About, AboutFields, NOTHING, sentAbout } from "./material-facts.tsx";
import { MATERIAL_KINDS } from "./material-words.ts";

type Kind = (typeof MATERIAL_KINDS)[number];
type NewOne = { readonly kind: Kind } & About & Content;
const EMPTY: NewOne = { kind: "banner", ...NOTHING, ...NO_CONTENT };
const OPTIONS = { unkept: ["file"] } as const;

/** The team offers something to publish. */
export function NewMaterial({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const { open } = useUrlState();
  const draft = useDraft("new_material", EMPTY, OPTIONS);
  const { value } = draft;
  const { kind } = value;
  const add = useAct("createMaterial", {
    touches: ["listAllMaterials"],
    onDone: ({ id }) => {
      draft.clear();
      onClose();
      toast(t("material.added"));
      open(id);
    },
  });
  return (
    <Dialog
      title={t("material.add")}
      act={t("material.add")}
      isOpen={isOpen}
      onClose={onClose}
      isBusy={add.isPending}
      error={add.error}
      isReady={value.title.trim() !== "" && isWhole(kind, value)}
      onSubmit={() => {
        const { description, ...rest } = sentAbout(value);
        add.mutate({
          body: { kind, ...rest, ...(description === null ? {} : { description }), ...sentContent(kind, value) },
        });
      }}
    >
      <Restored draft={draft} />
      <NativeSelect
        label={t("column.type")}
        data={MATERIAL_KINDS.map((value) => ({ value, label: t(`material.kind.${value}`) }))}
        value={kind}
        onChange={(event) => draft.change({ kind: event.currentTarget.value as Kind, ...NO_CONTENT })}
      />
      <ContentFields key={kind} kind={kind} content={value} onChange={draft.change} />
      <AboutFields about={value} onChange={draft.change} />
    </Dialog>
  );
}
