/** The first two stations of a thread: what the neighbours said, and what the council decided. */
import { useState } from "react";
import { useTranslation } from "@/lib/i18n";
import type { NeedDetail, PublicVoice } from "@/lib/needs";
import { paths } from "@/lib/paths";
import { Button } from "../Button";
import { Link } from "../Link";
import { KeyValue } from "../layout";
import { Status, Tag } from "../Status";
import { History } from "../Timeline";
import { Day } from "../values";
import "./needs.css";

const first = 3;

/** Voices as everybody reads them: masked words, photos, how they came in. */
export function NeedVoices({ voices }: { voices: PublicVoice[] }) {
  const { t } = useTranslation("needs");
  const [all, setAll] = useState(false);
  const shown = all ? voices : voices.slice(0, first);
  return (
    <div className="stack tight">
      <ul className="voices">
        {shown.map((v) => (
          <li key={v.id}>
            <VoiceWords voice={v} />
          </li>
        ))}
      </ul>
      {!all && voices.length > first && (
        <Button small kind="quiet" onClick={() => setAll(true)}>
          {t("voices.more", { count: voices.length - first })}
        </Button>
      )}
    </div>
  );
}

export function VoiceWords({ voice }: { voice: PublicVoice }) {
  const { t } = useTranslation("needs");
  const blank = voice.status === "withdrawn" ? t("voices.withdrawn") : t("voices.private");
  return (
    <figure className="said">
      <blockquote className={voice.words ? undefined : "muted"}>{voice.words || blank}</blockquote>
      {voice.photos.length > 0 && <Photos voice={voice} />}
      <figcaption className="small muted row tight">
        <Link to={paths.voice(voice.code)} className="num">
          {voice.code}
        </Link>
        <Day at={voice.postedAt} />
        {voice.channel !== "self" && <Tag tone="plain">{t(`channel.${voice.channel}`)}</Tag>}
        {voice.affected ? <span>{t("voices.affected", { count: voice.affected })}</span> : null}
      </figcaption>
    </figure>
  );
}

function Photos({ voice }: { voice: PublicVoice }) {
  const { t } = useTranslation("needs");
  return (
    <div className="photos">
      {voice.photos.map((p, i) => (
        <a key={p.id} href={p.url} target="_blank" rel="noreferrer">
          <img
            src={p.url}
            alt={t("voices.photo", { number: i + 1 })}
            width={p.width}
            height={p.height}
            loading="lazy"
          />
        </a>
      ))}
    </div>
  );
}

/** The council's vote, the route and the publicity, as far as they have come. */
export function NeedDecision({ need }: { need: NeedDetail }) {
  const { t } = useTranslation("needs");
  const vote = need.vote;
  return (
    <KeyValue
      items={[
        need.agenda && {
          label: t("decision.support"),
          value: t("decision.supportOf", {
            households: need.agenda.households,
            threshold: need.agenda.threshold,
          }),
        },
        need.route !== undefined && { label: t("decision.route"), value: t(`route.${need.route}`) },
        vote && { label: t("decision.heldOn"), value: <Day at={vote.heldOn} /> },
        vote && {
          label: t("decision.present"),
          value: t("decision.presentOf", {
            present: vote.present,
            members: vote.members - vote.recused,
            quorum: vote.quorum,
          }),
        },
        vote && {
          label: t("decision.votes"),
          value: (
            <span className="row tight">
              {t("decision.counted", { yes: vote.yes, no: vote.no, abstain: vote.abstain })}
              <Tag tone={vote.passed ? "ok" : "bad"}>
                {t(vote.passed ? "decision.passed" : "decision.failed")}
              </Tag>
            </span>
          ),
        },
        vote?.minutes ? { label: t("decision.minutes"), value: vote.minutes } : null,
        need.publicUntil !== undefined && {
          label: t("decision.publicUntil"),
          value: <Day at={need.publicUntil} />,
        },
      ]}
    />
  );
}

/** What happened to a need, newest first, by office. */
export function NeedSteps({ need }: { need: Pick<NeedDetail, "steps"> }) {
  const { t } = useTranslation("needs");
  return (
    <History
      items={need.steps.toReversed().map((s) => ({
        at: s.at,
        what: t(`step.${s.action}`, { about: s.about ?? "" }),
        by: s.office,
        reason: s.reason,
      }))}
    />
  );
}

export const VoiceStatus = ({ status }: { status: string }) => <Status machine="voice" state={status} />;
