/** Acts on needs and voices. All share one head (identity, version, key); the bodies differ. */
import { api, ask, ifMatch } from "@/lib/api";
import { type Need, needsChanged } from "@/lib/needs";
import { useWrite } from "@/lib/query";

export type ActBody = Record<string, unknown>;

/** `act.mutate({ verb: "adopt" })`; the server's actions say which verbs there are. */
export function useNeedAct(need: Pick<Need, "id" | "version">, onDone?: () => void) {
  return useWrite(
    ({ verb, body = {} }: { verb: string; body?: ActBody }, key) =>
      ask(
        // Every act is a route of the same shape; the literal stands for all of them.
        api.POST(`/api/v1/needs/{id}/${verb}` as "/api/v1/needs/{id}/adopt", {
          params: { path: { id: need.id }, header: { ...ifMatch(need.version), ...key } },
          body,
        }),
      ),
    { refresh: needsChanged, onDone },
  );
}

/** Acts on a voice: return, pass_on, take_back, detach, resubmit, withdraw. */
export function useVoiceAct(voice: { id: string; version: number }, onDone?: () => void) {
  return useWrite(
    ({ verb, body = {} }: { verb: string; body?: ActBody }, key) =>
      ask(
        api.POST(`/api/v1/voices/{id}/${verb}` as "/api/v1/voices/{id}/return", {
          params: { path: { id: voice.id }, header: { ...ifMatch(voice.version), ...key } },
          body,
        }),
      ),
    { refresh: needsChanged, onDone },
  );
}

export function useGather(voice: { id: string; version: number }, onDone?: () => void) {
  return useWrite(
    (needId: string, key) =>
      ask(
        api.POST("/api/v1/voices/{id}/gather", {
          params: { path: { id: voice.id }, header: { ...ifMatch(voice.version), ...key } },
          body: { needId },
        }),
      ),
    { refresh: needsChanged, onDone },
  );
}
