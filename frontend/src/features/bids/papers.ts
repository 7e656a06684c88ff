/** What lies inside the envelopes, as the server reads it after the ceremony. */

import { capitals } from "@/lib/capitals";
import { serverNow } from "@/lib/clock";

export interface Attachment {
  name: string;
  mediaType: string;
  base64: string;
}

export interface PriceLine {
  name: string;
  unit: string;
  quantity: number;
  unitFen: number | null;
}

export const declarations = [
  "capacity",
  "credit",
  "equipment",
  "taxAndSocial",
  "noViolation",
  "notListed",
] as const;
export type DeclarationName = (typeof declarations)[number];

export interface BidDraft {
  legalName: string;
  uscc: string;
  legalRep: string;
  sizeClass: string;
  declared: DeclarationName[];
  qualifications: Record<string, string>;
  summary: string;
  answers: Record<string, string>;
  lines: PriceLine[];
}

export const emptyLine = (): PriceLine => ({ name: "", unit: "", quantity: 1, unitFen: null });

export const totalOf = (lines: PriceLine[]): number =>
  lines.reduce((sum, l) => sum + (l.unitFen ?? 0) * l.quantity, 0);

interface Of {
  lotId: string;
  supplierId: string;
}

const head = (of: Of, kind: string) => ({
  v: 1,
  lotId: of.lotId,
  kind,
  supplierId: of.supplierId,
  sealedAt: serverNow().toISOString(),
});

const answersOf = (texts: Record<string, string>) =>
  Object.entries(texts)
    .filter(([, text]) => text.trim())
    .map(([id, text]) => ({ id, text }));

export const qualificationPaper = (of: Of, d: BidDraft) => ({
  ...head(of, "qualification"),
  qualification: {
    legalName: d.legalName.trim(),
    uscc: d.uscc.trim(),
    legalRep: d.legalRep.trim(),
    sizeClass: d.sizeClass,
    declaration: Object.fromEntries(declarations.map((name) => [name, d.declared.includes(name)])),
    answers: answersOf(d.qualifications),
    attachments: [],
  },
});

export const technicalPaper = (of: Of, d: BidDraft, attachments: Attachment[]) => ({
  ...head(of, "technical"),
  technical: { summary: d.summary, answers: answersOf(d.answers), attachments },
});

export const pricePaper = (of: Of, kind: "price" | "final", lines: PriceLine[]) => {
  const totalFen = totalOf(lines);
  return {
    ...head(of, kind),
    price: {
      totalFen,
      capitals: capitals(totalFen),
      lines: lines.map((l) => ({
        name: l.name,
        unit: l.unit,
        quantity: l.quantity,
        unitFen: l.unitFen ?? 0,
      })),
      note: "",
    },
  };
};
