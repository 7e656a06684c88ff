/** The draft of a voice: it mirrors the screens, lives on the device, and is sent once. */
import type { components } from "@/api/generated/schema";
import type { UploadedFile } from "@/ui/FileUpload";

export type Category = components["schemas"]["CategoryView"];

export interface Saying {
  placeId: string;
  placeName: string;
  category: string;
  words: string;
  photos: UploadedFile[];
  /** Needs shown as likely the same, and the author said: mine is different. */
  different: string[];
  where: string;
  who: string;
  affected: string;
  urgency: "normal" | "soon" | "urgent";
  wished: string;
  building: string;
  unit: string;
  isPrivate: boolean;
}

export const blank: Saying = {
  placeId: "",
  placeName: "",
  category: "",
  words: "",
  photos: [],
  different: [],
  where: "",
  who: "",
  affected: "",
  urgency: "normal",
  wished: "",
  building: "",
  unit: "",
  isPrivate: false,
};

export const stepNames = [
  "place",
  "category",
  "guidance",
  "words",
  "similar",
  "details",
  "home",
  "preview",
] as const;
export type StepName = (typeof stepNames)[number];

export const wordsMin = 4;
export const wordsMax = 2000;

/** The screens of this voice: guidance is for categories that name somebody to call. */
export const stepsOf = (category: Category | undefined): StepName[] =>
  stepNames.filter((s) => s !== "guidance" || (category?.call?.length ?? 0) > 0);

/** What a screen needs before one may go on. */
export function ready(step: StepName, s: Saying): boolean {
  switch (step) {
    case "place":
      return s.placeId !== "";
    case "category":
      return s.category !== "";
    case "words":
      return s.words.trim().length >= wordsMin;
    case "home":
      return (s.building.trim() === "") === (s.unit.trim() === "");
    default:
      return true;
  }
}

/** The first screen that is not answered: nobody lands on a preview of nothing. */
export function firstOpen(steps: StepName[], wanted: StepName, s: Saying): StepName {
  const until = steps.slice(0, Math.max(0, steps.indexOf(wanted)));
  return until.find((step) => !ready(step, s)) ?? wanted;
}

/** The body of the request. */
export function toBody(s: Saying, preview: string, assistId: string | undefined) {
  return {
    placeId: s.placeId,
    category: s.category,
    words: s.words.trim(),
    public: preview,
    private: s.isPrivate,
    urgency: s.urgency,
    where: s.where.trim() || undefined,
    who: s.who.trim() || undefined,
    affected: Number.parseInt(s.affected, 10) || undefined,
    wished: s.wished.trim() || undefined,
    photos: s.photos.map((p) => p.id),
    building: s.building.trim() || undefined,
    unit: s.unit.trim() || undefined,
    different: s.different.slice(0, 5),
    assistId,
  };
}
