/** What a partner shows of itself beside the operator's mark. */
export type CoBranding = {
  /** Of buttons, as `#rrggbb`: white can be read on it. */
  readonly colour: string;
  readonly logoId: string;
};

/** What a partner writes on the page in front of where a link leads: plain text. */
export type LandingPageWords = {
  readonly title: string;
  readonly text: string;
  /** On the button that leads on. */
  readonly button: string;
};
