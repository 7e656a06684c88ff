import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { api, ask } from "@/lib/api";
import { actionProps } from "@/lib/can";
import { useCategories } from "@/lib/categories";
import { useTranslation } from "@/lib/i18n";
import type { VoiceDetail } from "@/lib/needs";
import { paths } from "@/lib/paths";
import { ActDialog } from "@/ui/ActDialog";
import { ActionButton } from "@/ui/Button";
import { Link } from "@/ui/Link";
import { Card, KeyValue, PageHead } from "@/ui/layout";
import { VoiceStatus, VoiceWords } from "@/ui/needs/NeedVoices";
import { Loaded, Notice } from "@/ui/states";
import { Day } from "@/ui/values";
import { useVoiceAct } from "./acts";
import { PrivatePhotos } from "./PrivatePhotos";
import { ResubmitForm } from "./ResubmitForm";

/** One voice: its author reads what he wrote and what became of it; everybody else the public words. */
export default function VoicePage() {
  const { voiceId } = useParams({ strict: false }) as { voiceId: string };
  const voice = useQuery({
    queryKey: ["voices", "one", voiceId],
    queryFn: () => ask(api.GET("/api/v1/voices/{id}", { params: { path: { id: voiceId } } })),
  });
  return <Loaded query={voice}>{(v) => <Whole voice={v} />}</Loaded>;
}

function Whole({ voice }: { voice: VoiceDetail }) {
  const { t } = useTranslation("needs");
  const categories = useCategories();
  return (
    <>
      <PageHead
        title={t("voice.heading", { code: voice.code })}
        mark={<VoiceStatus status={voice.status} />}
        crumbs={[{ label: t("list.title"), to: paths.needs() }, { label: voice.code }]}
        sub={`${voice.place.slice(-2).join(" ")} · ${categories.name(voice.category)}`}
      />
      <div className="columns">
        <div className="stack">
          <Became voice={voice} />
          <Card title={t("voice.public")}>
            <VoiceWords voice={voice.full ? { ...voice, photos: [] } : voice} />
          </Card>
          {voice.full && <Own voice={voice} />}
        </div>
        <aside>
          <Acts voice={voice} />
        </aside>
      </div>
    </>
  );
}

/** The one sentence somebody comes for: what became of it. */
function Became({ voice }: { voice: VoiceDetail }) {
  const { t } = useTranslation("needs");
  if (voice.needCode) {
    return (
      <Notice tone="ok">
        {t("voice.gathered")} <Link to={paths.need(voice.needCode)}>{voice.needTitle}</Link>{" "}
        <span className="num muted">{voice.needCode}</span>
      </Notice>
    );
  }
  if (voice.status === "submitted") {
    return (
      <Notice tone={voice.late ? "bad" : "wait"}>
        {t(voice.late ? "voice.late" : "voice.waiting", { body: voice.body || t("voice.community") })}{" "}
        <Day at={voice.replyBy} />
      </Notice>
    );
  }
  return (
    <Notice tone={voice.status === "returned" ? "wait" : "info"}>
      {t(`voice.became.${voice.status}`)} {voice.reason}
    </Notice>
  );
}

function Own({ voice }: { voice: VoiceDetail }) {
  const { t } = useTranslation("needs");
  return (
    <Card title={t("voice.own")}>
      <p className="measure prewrap">{voice.fullWords}</p>
      <PrivatePhotos photos={voice.photos} />
      <VoiceFacts voice={voice} />
    </Card>
  );
}

/** What the author told besides the words; for himself and his community. */
export function VoiceFacts({ voice }: { voice: VoiceDetail }) {
  const { t } = useTranslation("needs");
  return (
    <KeyValue
      items={[
        { label: t("voice.posted"), value: <Day at={voice.postedAt} /> },
        Boolean(voice.author || voice.nameless) && {
          label: t("voice.author"),
          value: voice.author || voice.nameless,
        },
        { label: t("voice.channel"), value: t(`channel.${voice.channel}`) },
        voice.where !== undefined && { label: t("voice.where"), value: voice.where },
        voice.who !== undefined && { label: t("voice.who"), value: voice.who },
        Boolean(voice.affected) && {
          label: t("voice.affected"),
          value: t("case.people", { count: voice.affected ?? 0 }),
        },
        { label: t("case.urgency"), value: t(`urgency.${voice.urgency}`) },
        voice.wished !== undefined && { label: t("voice.wished"), value: voice.wished },
        { label: t("voice.household"), value: t(voice.household ? "voice.counted" : "voice.notCounted") },
      ]}
    />
  );
}

function Acts({ voice }: { voice: VoiceDetail }) {
  const { t } = useTranslation("needs");
  const { t: verb } = useTranslation("action");
  const [open, setOpen] = useState<string>();
  const act = useVoiceAct(voice, () => setOpen(undefined));
  const own = voice.actions.filter(
    (a) => a.permitted && (a.action === "withdraw" || a.action === "resubmit"),
  );
  if (own.length === 0) return null;
  return (
    <Card next title={t("voice.acts")}>
      <div className="stack tight">
        {own.map((a) => (
          <ActionButton
            key={a.action}
            kind={a.action === "resubmit" ? "primary" : "plain"}
            {...actionProps(voice.actions, a.action)}
            onClick={() => setOpen(a.action)}
          >
            {verb(`voice.${a.action}`)}
          </ActionButton>
        ))}
        <p className="small muted">{t("voice.withdrawHelp")}</p>
      </div>
      {open === "resubmit" && <ResubmitForm voice={voice} onClose={() => setOpen(undefined)} />}
      {open === "withdraw" && (
        <ActDialog
          title={verb("voice.withdraw")}
          text={t("reason.none")}
          write={act}
          onClose={() => setOpen(undefined)}
          onSubmit={() => act.mutate({ verb: "withdraw" })}
        />
      )}
    </Card>
  );
}
