/** Made by scripts/words.ts. */
declare module "virtual:words" {
  type Dict = { [key: string]: string | Dict };
  /** The words of a namespace; empty for one that nobody wrote. */
  export function load(lang: string, namespace: string): Promise<Dict>;
}
