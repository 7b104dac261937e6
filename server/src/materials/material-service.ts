import { addMaterialVersion, changeMaterial } from "./change-material.ts";
import { createMaterial } from "./create-material.ts";
import { findMaterials, getBanner, getMaterialFileFor, getMaterialFor } from "./find-materials.ts";
import type { MaterialDeps } from "./material-deps.ts";
import { downloadMaterial, getMaterial, getMaterials } from "./offer-materials.ts";

/** What partners may publish, with their own link inside. */
export const createMaterialService = (deps: MaterialDeps) => ({
  createMaterial: createMaterial(deps),
  changeMaterial: changeMaterial(deps),
  addMaterialVersion: addMaterialVersion(deps),
  findMaterials: findMaterials(deps),
  getMaterialFor: getMaterialFor(deps),
  getMaterialFileFor: getMaterialFileFor(deps),
  getMaterials: getMaterials(deps),
  getMaterial: getMaterial(deps),
  downloadMaterial: downloadMaterial(deps),
  getBanner: getBanner(deps),
});

export type MaterialService = ReturnType<typeof createMaterialService>;
