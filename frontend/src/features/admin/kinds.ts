/** Kinds of organisations, in the order documents show them. */
export const kinds = [
  "GOV",
  "PSI1",
  "PSI2",
  "MASS",
  "SA",
  "SSO",
  "FDN",
  "RC",
  "VC",
  "ENT",
  "SE",
  "IND",
  "POOL",
  "RES",
  "AUDIT",
  "SITE",
] as const;
