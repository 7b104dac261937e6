import { useMe } from "../../app/me.ts";
import Sessions from "../settings/sessions.tsx";
import { ChangePassword } from "./change-password.tsx";
import { FactorRules } from "./factor-rules.tsx";
import { Factors } from "./factors.tsx";

/** How the reader signs in, where they are signed in, and, for whoever runs the team, who needs a second factor. */
export default function Security() {
  const { may } = useMe();
  return (
    <>
      <ChangePassword />
      <Factors />
      <Sessions />
      {may("users:write") ? <FactorRules /> : null}
    </>
  );
}
