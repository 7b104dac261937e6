import { NativeSelect } from "@mantine/core";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { useList } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { LOCALES, type Locale, locale } from "../../i18n/locale.ts";
import { t } from "../../i18n/messages.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SideDrawer } from "../../ui/side-drawer.tsx";
import { TemplateForm } from "./template-form.tsx";

type Template = components["schemas"]["NoticeTemplate"];

/** Whose words are in force: those of another language where there are none in this one. */
function wordsOf({ isDefault, writtenIn, language, version }: Template): string {
  if (isDefault) return t("templates.default");
  if (writtenIn !== language) return t("templates.inOther", { language: LOCALES[writtenIn].name });
  return t("plan.version", { version });
}

const COLUMNS: readonly Column<Template>[] = [
  { id: "when", header: t("templates.when"), grow: true, phone: "start", cell: (row) => t(`notice.${row.name}`) },
  {
    id: "subject",
    header: t("templates.subject"),
    grow: true,
    phone: "below",
    cell: (row) => <bdi>{row.subject}</bdi>,
  },
  {
    id: "version",
    header: t("templates.words"),
    phone: "end",
    cell: wordsOf,
  },
];

/** What the programme writes to its partners, each mail with its words. */
export default function Templates() {
  const { search, close, opening } = useUrlState();
  const [language, setLanguage] = useState<Locale>(locale());
  const templates = useList("listNoticeTemplates", { language });
  const shown = templates.rows.find(({ name }) => name === search.open);
  return (
    <Panel
      title={t("settings.templates")}
      flush
      aside={
        <NativeSelect
          aria-label={t("templates.language")}
          size="xs"
          data={Object.entries(LOCALES).map(([value, { name }]) => ({ value, label: name }))}
          value={language}
          onChange={(event) => setLanguage(event.currentTarget.value as Locale)}
        />
      }
    >
      <DataTable
        caption={t("settings.templates")}
        columns={COLUMNS}
        list={templates}
        idOf={(row) => row.name}
        {...opening}
        empty={<Empty title={t("templates.empty")} />}
      />
      <SideDrawer title={shown ? t(`notice.${shown.name}`) : ""} isOpen={shown !== undefined} onClose={close}>
        {shown ? <TemplateForm key={`${shown.name} ${shown.language} ${shown.version}`} template={shown} /> : null}
      </SideDrawer>
    </Panel>
  );
}
