/** Under what the words of a mail in a language are found among all of a tenant's. */
export const placeOf = (name: string, language: string): string => `${name} ${language}`;
