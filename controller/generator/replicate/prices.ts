/** US dollars a picture, as published, as of November 2026. Cancelled and failed predictions may be charged too. */
const PRICES: Readonly<Record<string, number>> = {
  'black-forest-labs/flux-kontext-pro': 0.04,
  'black-forest-labs/flux-kontext-max': 0.08,
};

/** A model's list price; undefined for one that nobody has written down. */
export function listPriceUsd(model: string): number | undefined {
  const name = model.split(':', 1)[0]!;
  return Object.hasOwn(PRICES, name) ? PRICES[name] : undefined;
}
