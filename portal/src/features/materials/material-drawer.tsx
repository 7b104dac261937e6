import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { SideDrawer } from "../../ui/side-drawer.tsx";
import { useRowKeys } from "../../ui/use-row-keys.ts";

type MaterialDrawerProps = {
  readonly rows: readonly { readonly id: string }[];
  readonly children: (id: string) => React.ReactNode;
};

/** The material that the address names. */
export function MaterialDrawer({ rows, children }: MaterialDrawerProps) {
  const { search, change, close } = useUrlState();
  const id = search.open;
  useRowKeys({ rows, openId: id, onStep: (open) => change({ open }) });
  return (
    <SideDrawer title={t("material.title")} isOpen={id !== undefined} onClose={close}>
      {id === undefined ? null : children(id)}
    </SideDrawer>
  );
}
