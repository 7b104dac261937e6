export const secret = "";
