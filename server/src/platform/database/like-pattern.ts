/** Words as a pattern of LIKE that finds them anywhere: what stands for something there stands for itself here. */
export const likeOf = (words: string): string => `%${words.replaceAll(/[\\%_]/g, "\\$&")}%`;
