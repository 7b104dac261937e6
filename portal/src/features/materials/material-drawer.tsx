import { RowDrawer } from "../../app/row-drawer.tsx";
import { t } from "../../i18n/messages.ts";

type MaterialDrawerProps = {
  readonly rows: readonly { readonly id: string }[];
  readonly children: (id: string) => React.ReactNode;
};

/** The material that the address names. */
export function MaterialDrawer({ rows, children }: MaterialDrawerProps) {
  return (
    <RowDrawer title={t("material.title")} rows={rows}>
      {children}
    </RowDrawer>
  );
}
