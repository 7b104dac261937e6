import { Button } from "@mantine/core";
import { useMe } from "../../app/me.ts";
import { useUrlState } from "../../app/url-state.ts";
import { useDialog } from "../../app/use-dialog.ts";
import { t } from "../../i18n/messages.ts";
import { Page } from "../../ui/page.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { TierNote } from "../partners/tier-note.tsx";
import { CardList } from "./card-list.tsx";
import { ConnectProgram } from "./connect-program.tsx";
import { MakeProduct } from "./make-product.tsx";
import { ProductList } from "./product-list.tsx";
import { ProgramList } from "./program-list.tsx";
import { SpendList } from "./spend-list.tsx";

const TABS = [
  ["cards", t("nav.cards")],
  ["spend", t("cards.spend")],
  ["products", t("cards.products")],
  ["programs", t("cardProgram.title")],
] as const;
const PARTNER_TABS = TABS.filter(([name]) => name !== "programs");

/** Cards that users carry, and what is spent with them: a partner its own, the team everybody's. */
export default function CardsPage() {
  const { may, isPartner } = useMe();
  const { search, change } = useUrlState();
  const connecting = useDialog("connect");
  const making = useDialog("product");
  const tab = search.tab ?? "cards";
  const mayWrite = !isPartner && may("cards:write");
  if (!may(isPartner ? "own:cards:read" : "cards:read")) return <Page title={t("nav.cards")}>{null}</Page>;
  return (
    <Page
      title={t("nav.cards")}
      acts={
        !mayWrite ? null : tab === "programs" ? (
          <Button onClick={connecting.open}>{t("cardProgram.connect")}</Button>
        ) : tab === "products" ? (
          <Button onClick={making.open}>{t("cardProduct.make")}</Button>
        ) : null
      }
    >
      <Tabs
        tabs={isPartner ? PARTNER_TABS : TABS}
        value={tab}
        onChange={(to) => change({ tab: to, status: undefined, open: undefined, sort: undefined })}
      />
      {isPartner ? <TierNote anyOf={["cards"]} /> : null}
      {tab === "spend" ? (
        <SpendList />
      ) : tab === "products" ? (
        <ProductList />
      ) : tab === "programs" && !isPartner ? (
        <ProgramList onConnect={connecting.open} />
      ) : (
        <CardList />
      )}
      {connecting.isOpen && mayWrite ? <ConnectProgram onClose={connecting.onClose} /> : null}
      {making.isOpen && mayWrite ? <MakeProduct onClose={making.onClose} /> : null}
    </Page>
  );
}
