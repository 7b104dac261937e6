import { lazy } from "react";
import { useMe } from "../../app/me.ts";

const OwnMaterials = lazy(() => import("./own-materials.tsx"));
const AllMaterials = lazy(() => import("./all-materials.tsx"));

/** What may be published: for a partner with its own link inside, for the team to keep up. */
export default function MaterialsPage() {
  return useMe().isPartner ? <OwnMaterials /> : <AllMaterials />;
}
