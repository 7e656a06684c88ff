/** Offer, pause or withdraw one's own service, room or hours. */
import { useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { useWrite } from "@/lib/query";
import { ActDialog } from "@/ui/ActDialog";
import { Button } from "@/ui/Button";
import { ProblemNotice } from "@/ui/states";
import { refreshed } from "./model";

type Verb = "offer" | "pause" | "withdraw";

interface Props {
  kind: "services" | "resources";
  id: string;
  version: number;
  actions: { action: string; permitted: boolean; reason: boolean }[];
}

export function FireButtons({ kind, id, version, actions }: Props) {
  const { t } = useTranslation("resources");
  const [asking, ask4] = useState<Verb>();
  const fire = useWrite(
    (input: { verb: Verb; reason: string; version: number }, key) => {
      const request = {
        params: { path: { id }, header: { ...ifMatch(input.version), ...key } },
        body: { reason: input.reason },
      };
      const calls = {
        services: {
          offer: () => api.POST("/api/v1/services/{id}/offer", request),
          pause: () => api.POST("/api/v1/services/{id}/pause", request),
          withdraw: () => api.POST("/api/v1/services/{id}/withdraw", request),
        },
        resources: {
          offer: () => api.POST("/api/v1/resources/{id}/offer", request),
          pause: () => api.POST("/api/v1/resources/{id}/pause", request),
          withdraw: () => api.POST("/api/v1/resources/{id}/withdraw", request),
        },
      };
      return ask<unknown>(calls[kind][input.verb]());
    },
    { refresh: refreshed, onDone: () => ask4(undefined) },
  );
  const verbs = actions.filter((a) => a.permitted);
  return (
    <span className="row tight end">
      {verbs.map((a) => (
        <Button
          key={a.action}
          small
          kind={a.action === "offer" ? "primary" : "plain"}
          busy={fire.isPending && fire.variables.verb === a.action}
          onClick={() =>
            a.reason ? ask4(a.action as Verb) : fire.mutate({ verb: a.action as Verb, reason: "", version })
          }
        >
          {t(`verb.${a.action}`)}
        </Button>
      ))}
      {!asking && <ProblemNotice problem={fire.error} />}
      {asking && (
        <ActDialog
          title={t(`verb.${asking}`)}
          text={t(`verb.${asking}Text`)}
          verb={t(`verb.${asking}`)}
          ask={{ label: t("reason") }}
          write={fire}
          onClose={() => ask4(undefined)}
          onSubmit={(reason) => fire.mutate({ verb: asking, reason, version })}
        />
      )}
    </span>
  );
}
