import type { Branding, ImagePlace } from "./branding.ts";

/** A branding as everybody reads it: pictures by their paths. */
export type BrandingView = Omit<Branding, "imageIds"> & {
  readonly images: Readonly<Record<ImagePlace, string | null>>;
};

export const brandingView = ({ imageIds, ...branding }: Branding): BrandingView => {
  const path = (id: string | null) => (id === null ? null : imagePath(id));
  return {
    ...branding,
    images: { logo: path(imageIds.logo), logoDark: path(imageIds.logoDark), favicon: path(imageIds.favicon) },
  };
};

/** Where everybody finds a mark of the brand. */
export const imagePath = (fileId: string): string => `/api/v1/brand/images/${fileId}`;
