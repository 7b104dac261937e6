import classes from "./material.module.css";

type PictureProps = {
  readonly material: {
    readonly imageUrl: string | null;
    readonly alt: string | null;
    readonly width: number | null;
    readonly height: number | null;
    readonly version: number;
  };
};

/** A banner as it is now: the same file that stands in partners' pages, from this host. */
export function Picture({ material: { imageUrl, alt, width, height, version } }: PictureProps) {
  if (imageUrl === null || width === null || height === null) return null;
  return (
    <div className={classes.picture}>
      <img src={`${new URL(imageUrl).pathname}?v=${version}`} alt={alt ?? ""} width={width} height={height} />
    </div>
  );
}
