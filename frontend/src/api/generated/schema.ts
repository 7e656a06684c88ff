/** Placeholder until the server's OpenAPI document exists; `npm run generate` replaces it. */
// biome-ignore lint/complexity/noBannedTypes: an API without operations
export type paths = {};
export interface components {
  schemas: Record<string, never>;
}
export type operations = Record<string, never>;
