/** `amount` in integer minor units (cents, grosze …) of the ISO 4217 `currency`. */
export type Money = { readonly amount: number; readonly currency: string };
