import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask } from "@/lib/api";
import { actionProps } from "@/lib/can";
import { useTranslation } from "@/lib/i18n";
import type { VoiceDetail } from "@/lib/needs";
import { paths } from "@/lib/paths";
import { can } from "@/lib/session";
import { ActDialog } from "@/ui/ActDialog";
import { ActionButton, Button } from "@/ui/Button";
import { SidePanel } from "@/ui/Dialog";
import { Link } from "@/ui/Link";
import { NeedStatus } from "@/ui/needs/NeedStatus";
import { VoiceStatus } from "@/ui/needs/NeedVoices";
import { Loaded, ProblemNotice } from "@/ui/states";
import { Deadline } from "@/ui/values";
import { useGather, useVoiceAct } from "./acts";
import { OpenNeedForm } from "./OpenNeedForm";
import { PrivatePhotos } from "./PrivatePhotos";
import { VoiceFacts } from "./VoicePage";

/** One voice beside the inbox: read it, gather it, answer it. */
export function VoicePanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation("needs");
  const voice = useQuery({
    queryKey: ["voices", "one", id],
    queryFn: () => ask(api.GET("/api/v1/voices/{id}", { params: { path: { id } } })),
  });
  return (
    <SidePanel
      title={voice.data ? t("voice.heading", { code: voice.data.code }) : t("voice.title")}
      open
      onClose={onClose}
    >
      <Loaded query={voice}>{(v) => <Body voice={v} onDone={onClose} />}</Loaded>
    </SidePanel>
  );
}

function Body({ voice, onDone }: { voice: VoiceDetail; onDone: () => void }) {
  const { t } = useTranslation("needs");
  return (
    <div className="stack">
      <div className="row tight">
        <VoiceStatus status={voice.status} />
        {voice.status === "submitted" && <Deadline at={voice.replyBy} />}
      </div>
      <p className="prewrap">{voice.fullWords}</p>
      <PrivatePhotos photos={voice.photos} />
      {voice.words !== voice.fullWords && (
        <figure className="said">
          <blockquote>{voice.words || t("voices.private")}</blockquote>
          <figcaption className="small muted">{t("voice.public")}</figcaption>
        </figure>
      )}
      <VoiceFacts voice={voice} />
      {voice.needCode && (
        <p>
          {t("voice.gathered")} <Link to={paths.workNeed(voice.needCode)}>{voice.needTitle}</Link>
        </p>
      )}
      {voice.status === "submitted" && can("need.gather") && <Gathering voice={voice} onDone={onDone} />}
      <Answers voice={voice} onDone={onDone} />
    </div>
  );
}

/** Needs that likely tell of the same matter, each with a button; or a new one. */
function Gathering({ voice, onDone }: { voice: VoiceDetail; onDone: () => void }) {
  const { t } = useTranslation("needs");
  const [opening, setOpening] = useState(false);
  const gather = useGather(voice, onDone);
  const body = { placeId: voice.placeId, category: voice.category, words: voice.fullWords || voice.words };
  const similar = useQuery({
    queryKey: ["needs", "similar", body],
    queryFn: async () => (await ask(api.POST("/api/v1/needs/similar", { body }))).items,
  });
  const fits = (similar.data ?? []).filter((n) => n.placeId === voice.placeId && n.stage !== "closed");
  return (
    <section className="stack tight">
      <h3>{t("gather.title")}</h3>
      <ul className="similar">
        {fits.map((n) => (
          <li key={n.id}>
            <span>
              <Link to={paths.workNeed(n.code)}>{n.title}</Link>
              <span className="block small muted">
                <NeedStatus need={n} /> {t("case.households", { count: n.counts.households })} ·{" "}
                {t("gather.score", { score: n.score })}
                {voice.different?.includes(n.id) && ` · ${t("gather.different")}`}
              </span>
            </span>
            <Button
              small
              busy={gather.isPending && gather.variables === n.id}
              onClick={() => gather.mutate(n.id)}
            >
              {t("gather.into")}
            </Button>
          </li>
        ))}
      </ul>
      {similar.data && fits.length === 0 && <p className="small muted">{t("gather.none")}</p>}
      <Button kind="primary" onClick={() => setOpening(true)}>
        {t("gather.new")}
      </Button>
      <ProblemNotice problem={gather.error} />
      {opening && (
        <OpenNeedForm
          voices={[voice]}
          onClose={(done) => {
            setOpening(false);
            if (done) onDone();
          }}
        />
      )}
    </section>
  );
}

const answers = ["return", "pass_on", "take_back", "detach"];

function Answers({ voice, onDone }: { voice: VoiceDetail; onDone: () => void }) {
  const { t } = useTranslation("needs");
  const { t: verb } = useTranslation("action");
  const [open, setOpen] = useState<string>();
  const act = useVoiceAct(voice, onDone);
  const offered = voice.actions.filter((a) => a.permitted && answers.includes(a.action));
  if (offered.length === 0) return null;
  return (
    <div className="row tight">
      {offered.map((a) => (
        <ActionButton
          key={a.action}
          small
          {...actionProps(voice.actions, a.action)}
          onClick={() => setOpen(a.action)}
        >
          {verb(`voice.${a.action}`)}
        </ActionButton>
      ))}
      {open && (
        <ActDialog
          title={verb(`voice.${open}`)}
          ask={{ label: t("reason.label"), help: t("reason.help") }}
          write={act}
          onClose={() => setOpen(undefined)}
          onSubmit={(reason) => act.mutate({ verb: open, body: { reason } })}
        />
      )}
    </div>
  );
}
