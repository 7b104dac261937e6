import { Button, NativeSelect } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { api } from "../../app/api.ts";
import { read, useList } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { download } from "../../ui/download.ts";
import { Facts } from "../../ui/facts.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Problem } from "../../ui/problem.tsx";
import { linkName } from "../links/link-words.ts";
import classes from "./material.module.css";
import { formatWords } from "./material-words.ts";
import { Picture } from "./picture.tsx";

type Detail = components["schemas"]["MaterialDetail"];

/** A material with the partner's own link inside: to be copied, or downloaded. */
export function OwnMaterial({ id }: { readonly id: string }) {
  const [linkId, setLinkId] = useState("");
  const query = useQuery(read("getMaterial", { path: { id }, query: linkId === "" ? {} : { linkId } }));
  return (
    <Loaded query={query}>
      {(material) => (
        <>
          <Picture material={material} />
          <h3>
            <bdi>{material.title}</bdi>
          </h3>
          {material.description === null ? null : (
            <p>
              <bdi>{material.description}</bdi>
            </p>
          )}
          <ChooseLink linkId={linkId} onChange={setLinkId} />
          <Publish material={material} />
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
              [t("material.version"), String(material.version)],
              [t("material.updated"), <Moment key="u" at={material.updatedAt} as="time" />],
            ]}
          />
        </>
      )}
    </Loaded>
  );
}

/** Which of the partner's links is put in: for each place its own, if it likes. */
function ChooseLink({ linkId, onChange }: { readonly linkId: string; readonly onChange: (id: string) => void }) {
  const links = useList("listReferralLinks", { status: "active", sort: "-createdAt" });
  const others = links.rows.filter(({ isDefault }) => !isDefault);
  if (others.length === 0) return null;
  return (
    <NativeSelect
      label={t("material.link")}
      value={linkId}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[
        { value: "", label: t("links.default") },
        ...others.map((link) => ({ value: link.id, label: linkName(link) })),
      ]}
    />
  );
}

function Publish({ material: { id, kind, text, embedCode, link, file } }: { readonly material: Detail }) {
  const fetch = useMutation({
    mutationFn: async () => download(await api.downloadMaterial({ path: { id } }), file?.name ?? "file"),
  });
  return (
    <>
      {text === null ? null : <Code title={t("material.text")} code={text} isPlain />}
      {embedCode === null ? null : <Code title={t("material.embed")} code={embedCode} />}
      {kind === "file" ? <Code title={t("material.linkAlong")} code={link} /> : null}
      {file === null ? null : (
        <div>
          <Button variant="default" disabled={fetch.isPending} onClick={() => fetch.mutate()}>
            {t("material.download")}
          </Button>
        </div>
      )}
      {fetch.error ? <Problem error={fetch.error} /> : null}
    </>
  );
}

type CodeProps = { readonly title: string; readonly code: string; readonly isPlain?: boolean };

function Code({ title, code, isPlain = false }: CodeProps) {
  return (
    <section className={classes.code} aria-label={title}>
      <h3>{title}</h3>
      {/* Long code scrolls, by keyboard too. */}
      <pre dir={isPlain ? "auto" : "ltr"} data-plain={isPlain || undefined} tabIndex={0}>
        {code}
      </pre>
      <CopyButton text={code} label={title} />
    </section>
  );
}
