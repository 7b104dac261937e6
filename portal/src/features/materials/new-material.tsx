import { NativeSelect } from "@mantine/core";
import { useState } from "react";
import { useAct } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { toast } from "../../ui/toast.tsx";
import { type Content, ContentFields, isWhole, NO_CONTENT, sentContent } from "./material-content.tsx";
import { type About, AboutFields, NOTHING, sentAbout } from "./material-facts.tsx";
import { MATERIAL_KINDS } from "./material-words.ts";

type Kind = (typeof MATERIAL_KINDS)[number];

/** The team offers something to publish. */
export function NewMaterial({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const { open } = useUrlState();
  const [kind, setKind] = useState<Kind>("banner");
  const [about, setAbout] = useState<About>(NOTHING);
  const [content, setContent] = useState<Content>(NO_CONTENT);
  const add = useAct("createMaterial", {
    touches: ["listAllMaterials"],
    onDone: ({ id }) => {
      setAbout(NOTHING);
      setContent(NO_CONTENT);
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
      isReady={about.title.trim() !== "" && isWhole(kind, content)}
      onSubmit={() => {
        const { description, ...rest } = sentAbout(about);
        add.mutate({
          body: { kind, ...rest, ...(description === null ? {} : { description }), ...sentContent(kind, content) },
        });
      }}
    >
      <NativeSelect
        label={t("column.type")}
        data={MATERIAL_KINDS.map((value) => ({ value, label: t(`material.kind.${value}`) }))}
        value={kind}
        onChange={(event) => {
          setKind(event.currentTarget.value as Kind);
          setContent(NO_CONTENT);
        }}
      />
      <ContentFields
        key={kind}
        kind={kind}
        content={content}
        onChange={(changed) => setContent((before) => ({ ...before, ...changed }))}
      />
      <AboutFields about={about} onChange={(changed) => setAbout((before) => ({ ...before, ...changed }))} />
    </Dialog>
  );
}
