import { Button, Group } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { api } from "../../app/api.ts";
import { useMe } from "../../app/me.ts";
import { read, useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { download } from "../../ui/download.ts";
import { Facts } from "../../ui/facts.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Moment } from "../../ui/moment.tsx";
import { formatCount } from "../../ui/numbers.ts";
import { Problem } from "../../ui/problem.tsx";
import { toast } from "../../ui/toast.tsx";
import classes from "./material.module.css";
import { MaterialStatus } from "./material-columns.tsx";
import { type Content, ContentFields, isWhole, NO_CONTENT, sentContent } from "./material-content.tsx";
import { type About, AboutFields, sentAbout } from "./material-facts.tsx";
import { formatWords, tiersWords } from "./material-words.ts";
import { Picture } from "./picture.tsx";

type Detail = components["schemas"]["OperatorMaterialDetail"];
const TOUCHES = ["getMaterialFor", "listAllMaterials"] as const;

/** A material as the team keeps it: what it holds and held, who sees it, and how often it is used. */
export function AnyMaterial({ id }: { readonly id: string }) {
  const query = useQuery(read("getMaterialFor", { path: { id } }));
  return (
    <Loaded query={query}>
      {(material) => (
        <>
          <MaterialStatus code={material.status} soft />
          {material.status === "active" ? <Picture material={material} /> : null}
          <h3>
            <bdi>{material.title}</bdi>
          </h3>
          {material.description === null ? null : (
            <p>
              <bdi>{material.description}</bdi>
            </p>
          )}
          <Acts material={material} />
          <Facts
            facts={[
              [t("column.type"), t(`material.kind.${material.kind}`)],
              material.kind === "text"
                ? null
                : [
                    t("material.format"),
                    <span key="f" dir="ltr">
                      {formatWords(material)}
                    </span>,
                  ],
              [t("material.tiers"), tiersWords(material.tiers)],
              [
                t("material.destination"),
                material.destinationUrl === null ? (
                  t("material.destinationNone")
                ) : (
                  <span dir="ltr">{material.destinationUrl}</span>
                ),
              ],
              material.alt === null ? null : [t("material.alt"), <bdi key="a">{material.alt}</bdi>],
              material.kind === "text"
                ? null
                : [
                    t("material.downloads"),
                    t("material.downloadsBy", {
                      count: material.downloads.count,
                      partners: material.downloads.partners,
                    }),
                  ],
            ]}
          />
          {material.body === null ? null : (
            <section className={classes.code} aria-label={t("material.text")}>
              <h3>{t("material.text")}</h3>
              <pre dir="auto" data-plain tabIndex={0}>
                {material.body}
              </pre>
            </section>
          )}
          <Versions material={material} />
        </>
      )}
    </Loaded>
  );
}

function Acts({ material }: { readonly material: Detail }) {
  const { may } = useMe();
  const [asked, setAsked] = useState<"edit" | "replace" | "archive">();
  const path = { id: material.id };
  const close = (): void => setAsked(undefined);
  const move = useAct("changeMaterial", {
    touches: TOUCHES,
    onDone: ({ status }) => {
      close();
      toast(t(`material.${status}.done`));
    },
  });
  if (!may("materials:write")) return null;
  if (material.status === "archived")
    return (
      <>
        <div>
          <Button
            variant="default"
            disabled={move.isPending}
            onClick={() => move.mutate({ path, body: { status: "active" } })}
          >
            {t("material.restore")}
          </Button>
        </div>
        {move.error ? <Problem error={move.error} /> : null}
      </>
    );
  return (
    <Group gap="sm">
      {(["edit", "replace", "archive"] as const).map((act) => (
        <Button key={act} variant="default" onClick={() => setAsked(act)}>
          {t(`material.${act}`)}
        </Button>
      ))}
      {asked === "edit" ? <Edit material={material} onClose={close} /> : null}
      {asked === "replace" ? <Replace material={material} onClose={close} /> : null}
      <Dialog
        title={t("material.archive")}
        act={t("material.archive")}
        isOpen={asked === "archive"}
        onClose={close}
        isBusy={move.isPending}
        error={move.error}
        isDestructive
        onSubmit={() => move.mutate({ path, body: { status: "archived" } })}
      >
        <p>{t(material.kind === "banner" ? "material.archiveBanner" : "material.archiveEffect")}</p>
      </Dialog>
    </Group>
  );
}

type EditingProps = { readonly material: Detail; readonly onClose: () => void };

function Edit({ material, onClose }: EditingProps) {
  const [about, setAbout] = useState<About>({
    title: material.title,
    description: material.description ?? "",
    destinationUrl: material.destinationUrl ?? "",
    tiers: material.tiers ?? [],
  });
  const save = useAct("changeMaterial", {
    touches: TOUCHES,
    onDone: () => {
      onClose();
      toast(t("material.saved"));
    },
  });
  return (
    <Dialog
      title={t("material.edit")}
      act={t("material.save")}
      isOpen
      onClose={onClose}
      isBusy={save.isPending}
      error={save.error}
      isReady={about.title.trim() !== ""}
      onSubmit={() => save.mutate({ path: { id: material.id }, body: sentAbout(about) })}
    >
      <AboutFields about={about} onChange={(changed) => setAbout((before) => ({ ...before, ...changed }))} />
    </Dialog>
  );
}

function Replace({ material: { id, kind, body, alt }, onClose }: EditingProps) {
  const [content, setContent] = useState<Content>({ ...NO_CONTENT, text: body ?? "", alt: alt ?? "" });
  const replace = useAct("addMaterialVersion", {
    touches: TOUCHES,
    onDone: () => {
      onClose();
      toast(t("material.replaced"));
    },
  });
  return (
    <Dialog
      title={t("material.replace")}
      act={t("material.replace")}
      isOpen
      onClose={onClose}
      isBusy={replace.isPending}
      error={replace.error}
      isReady={isWhole(kind, content)}
      onSubmit={() => replace.mutate({ path: { id }, body: sentContent(kind, content) })}
    >
      <p>{t(kind === "banner" ? "material.replaceBanner" : "material.replaceEffect")}</p>
      <ContentFields
        kind={kind}
        content={content}
        onChange={(changed) => setContent((before) => ({ ...before, ...changed }))}
      />
    </Dialog>
  );
}

/** What it held, and holds; each file can be fetched. */
function Versions({ material: { id, versions } }: { readonly material: Detail }) {
  const fetch = useMutation({
    mutationFn: async ({ number, name }: { readonly number: number; readonly name: string }) =>
      download(await api.getMaterialFileFor({ path: { id, number } }), name),
  });
  return (
    <section aria-label={t("material.versions")}>
      <h3>{t("material.versions")}</h3>
      <ol className={classes.versions}>
        {versions.map(({ number, file, createdAt }) => (
          <li key={number}>
            <span>
              {t("material.versionOf", { number: formatCount(number) })}{" "}
              <span className={classes.note}>
                <Moment at={createdAt} as="time" />
              </span>
            </span>
            {file === null ? null : (
              <Button
                variant="default"
                size="compact-sm"
                disabled={fetch.isPending}
                onClick={() => fetch.mutate({ number, name: file.name })}
              >
                <bdi>{file.name}</bdi>
              </Button>
            )}
          </li>
        ))}
      </ol>
      {fetch.error ? <Problem error={fetch.error} /> : null}
    </section>
  );
}
