/** The form of the documents mirrors the screen: points and shares are text until they are sent. */
import { isoDate, time } from "@/lib/format";
import { type Condition, type Criterion, parsePoints, points, type Tender } from "@/lib/procurement";
import { shanghai } from "@/ui/fields";

export interface GradeForm {
  text: string;
  min: string;
  max: string;
}

export interface CriterionForm {
  id: string;
  title: string;
  guidance: string;
  objective: boolean;
  max: string;
  grades: GradeForm[];
}

export interface LotForm {
  id: string;
  no: number;
  title: string;
  scope: string;
  budgetFen: number;
  ceilingFen: number | null;
  priceWeight: string;
  criteria: CriterionForm[];
  qualifications: Condition[];
  requirements: Condition[];
  lowPrice: { meanPct: number; secondPct: number; ceilingPct: number };
}

export interface TenderForm {
  title: string;
  deadline: string;
  document: Tender["document"];
  lots: LotForm[];
}

/** "2026-04-20T09:30" in Shanghai, as a datetime-local field holds it. */
const local = (at: string): string => `${isoDate(new Date(at))}T${time(at, "en")}`;

const toCriterion = (c: Criterion): CriterionForm => ({
  ...c,
  max: points(c.max),
  grades: c.grades.map((g) => ({ text: g.text, min: points(g.min), max: points(g.max) })),
});

export const toForm = (t: Tender): TenderForm => ({
  title: t.title,
  deadline: t.deadlineAt ? local(t.deadlineAt) : "",
  document: t.document,
  lots: t.lots.map((l) => ({
    id: l.id,
    no: l.no,
    title: l.title,
    scope: l.scope,
    budgetFen: l.budgetFen,
    ceilingFen: l.ceilingFen || null,
    priceWeight: l.priceWeight ? points(l.priceWeight) : "",
    criteria: l.criteria.map(toCriterion),
    qualifications: l.qualifications,
    requirements: l.requirements,
    lowPrice: l.lowPrice,
  })),
});

const score = (text: string): number => parsePoints(text) ?? 0;

/** The body of the request. */
export const fromForm = (f: TenderForm) => ({
  title: f.title,
  deadlineAt: f.deadline ? shanghai(f.deadline) : undefined,
  document: f.document,
  lots: f.lots.map((l) => ({
    id: l.id,
    scope: l.scope,
    ceilingFen: l.ceilingFen ?? 0,
    priceWeight: score(l.priceWeight),
    lowPrice: l.lowPrice,
    qualifications: l.qualifications,
    requirements: l.requirements,
    criteria: l.criteria.map((c) => ({
      ...c,
      max: score(c.max),
      grades: c.grades.map((g) => ({ text: g.text, min: score(g.min), max: score(g.max) })),
    })),
  })),
});

/** What the scoring table adds up to, in hundredths; 10000 is right. */
export const sumOf = (l: LotForm): number =>
  l.criteria.reduce((sum, c) => sum + score(c.max), score(l.priceWeight));

export const newId = (): string => crypto.randomUUID().slice(0, 8);

export const newCriterion = (): CriterionForm => ({
  id: newId(),
  title: "",
  guidance: "",
  objective: false,
  max: "",
  grades: [
    { text: "", min: "", max: "" },
    { text: "", min: "", max: "" },
  ],
});
