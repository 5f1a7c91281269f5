/** What a schema table says about one of its entries, in every display language. */
export interface Documentation {
  readonly en: string;
  readonly fr: string;
}
