export const pay = (to: string): string => to;
