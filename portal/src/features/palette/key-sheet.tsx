import { Checkbox } from "@mantine/core";
import "@mantine/core/styles/Checkbox.layer.css";
import "@mantine/core/styles/InlineInput.layer.css";
import { useState } from "react";
import { useNav } from "../../app/nav.ts";
import { type MessageKey, t } from "../../i18n/messages.ts";
import { Facts } from "../../ui/facts.tsx";
import { hasLetterKeys, setLetterKeys } from "../../ui/letter-keys.ts";
import { SideDrawer } from "../../ui/side-drawer.tsx";

const EVERYWHERE: readonly (readonly [keys: readonly string[], words: MessageKey])[] = [
  [["Ctrl", "K"], "keys.palette"],
  [["?"], "keys.sheet"],
  [["Esc"], "keys.close"],
  [["Ctrl", "Enter"], "keys.send"],
];
const LISTS: readonly (readonly [keys: readonly string[], words: MessageKey])[] = [
  [["j"], "keys.next"],
  [["k"], "keys.previous"],
  [["Enter"], "keys.open"],
  [["x"], "keys.mark"],
  [["/"], "keys.search"],
  [["f"], "keys.filter"],
];

function Keys({ names }: { readonly names: readonly string[] }) {
  return (
    <span dir="ltr">
      {names.map((name) => (
        <span key={name}>
          <kbd>{name}</kbd>{" "}
        </span>
      ))}
    </span>
  );
}

/** Every key that means something, and the switch for those that are letters. */
export default function KeySheet({ onClose }: { readonly onClose: () => void }) {
  const nav = useNav();
  const [areOn, setOn] = useState(hasLetterKeys);
  const pages = nav.flatMap(({ entries }) => entries);
  const facts = (rows: typeof EVERYWHERE) =>
    rows.map(([names, words]) => [t(words), <Keys key={words} names={names} />] as const);
  return (
    <SideDrawer title={t("keys.title")} isOpen onClose={onClose}>
      <Facts facts={facts(EVERYWHERE)} />
      <h2>{t("keys.lists")}</h2>
      <Facts facts={facts(LISTS)} />
      <h2>{t("keys.pages")}</h2>
      <Facts facts={pages.map(({ words, key }) => [t(words), <Keys key={key} names={["g", key]} />] as const)} />
      <Checkbox
        label={t("keys.letters")}
        description={t("keys.lettersText")}
        checked={areOn}
        onChange={(event) => {
          setOn(event.currentTarget.checked);
          setLetterKeys(event.currentTarget.checked);
        }}
      />
    </SideDrawer>
  );
}
