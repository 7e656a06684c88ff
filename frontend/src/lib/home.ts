/**
 * The home a neighbour stated, kept on this device only, so that "I have this too" asks once.
 * The server keeps a salted hash of it and never the words.
 */
import { readDraft, writeDraft } from "./draft";

export interface Home {
  building: string;
  unit: string;
}

const name = (placeId: string) => `home.${placeId}`;

export const readHome = (placeId: string): Home | undefined => readDraft<Home>(name(placeId))?.value;

export const keepHome = (placeId: string, home: Home): boolean => writeDraft(name(placeId), home);
