/** Types that the pages of places share. */
import type { components } from "@/api/generated/schema";

export type Place = components["schemas"]["PlaceDetailView"];
export type Question = components["schemas"]["PlaceQuestionView"];
