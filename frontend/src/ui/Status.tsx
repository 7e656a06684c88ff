/** A lifecycle state in words, with an icon and a tone. Colour never speaks alone. */
import type { ReactNode } from "react";
import { useTranslation } from "@/lib/i18n";
import { Icon, type IconName } from "./icons";

export type Tone = "ok" | "wait" | "bad" | "info" | "plain" | "brand" | "voice";

const icons: Record<Tone, IconName | undefined> = {
  ok: "check",
  wait: "clock",
  bad: "alert",
  info: "dots",
  plain: "circle",
  brand: undefined,
  voice: undefined,
};

/**
 * Tones by state code. The words come from `locales/<lang>/status.<area>.json`; a code that is
 * not listed here is shown calm and neutral.
 */
const tones: Record<Exclude<Tone, "plain" | "brand" | "voice">, string> = {
  ok: "closed confirmed met accepted paid reconciled settled completed done won answered decided active granted adopted upheld applied archived evaluated reported matched verified public announced replied received",
  wait: "submitted open on_agenda publicised publicized inspecting requested invoice_verified approved reviewed contracting partially_accepted partly_met returned withdrawn clarified grant_proposed proposed pending draft drafting due to_confirm not_started complaint challenge supervised",
  bad: "rejected failed cancelled terminated rescinded suspended disputed late_refused unqualified invalid not_feasible not_adopted unmet_no_resource lost overdue frozen reopened revoked locked ended dissolved late",
  info: "linked in_delivery sourcing contracted delivering published opened qualification conformity evaluation candidates confirmed_result sealed decrypted instructed in_progress delivered classified screened deliberated intention qualified responsive ranked signed filed handling dispatched budgeted planned payable passed_on not_ours gathered",
};

const toneOf = new Map(
  (Object.keys(tones) as (keyof typeof tones)[]).flatMap((tone) =>
    tones[tone].split(" ").map((code) => [code, tone] as const),
  ),
);

export function Tag({
  tone = "brand",
  icon,
  children,
}: {
  tone?: Tone;
  icon?: IconName;
  children: ReactNode;
}) {
  const name = icon ?? icons[tone];
  return (
    <span className={`tag ${tone === "brand" ? "" : tone}`}>
      {name && <Icon name={name} size={14} />}
      {children}
    </span>
  );
}

interface StatusProps {
  /** Name of the lifecycle machine: "need", "tender", "payment". */
  machine: string;
  state: string;
  /** Where the usual tone of the code misleads. */
  tone?: Tone;
}

export function Status({ machine, state, tone }: StatusProps) {
  const { t } = useTranslation("status");
  return <Tag tone={tone ?? toneOf.get(state) ?? "plain"}>{t(`${machine}.${state}`)}</Tag>;
}

/** The bare word of a state, for sentences. */
export function StatusWord({ machine, state }: { machine: string; state: string }) {
  const { t } = useTranslation("status");
  return <>{t(`${machine}.${state}`)}</>;
}
