import { useMe } from "../../app/me.ts";
import { AllAgreements } from "./all-agreements.tsx";
import { OwnAgreements } from "./own-agreements.tsx";

/** Texts that partners accept: for a partner its own, for the team all of them with their versions. */
export default function AgreementsPage() {
  const { isPartner } = useMe();
  return isPartner ? <OwnAgreements /> : <AllAgreements />;
}
