import { useState } from "react";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { sentenceOf } from "@/lib/problem";
import type { Hall } from "@/lib/procurement";
import { useWrite } from "@/lib/query";
import { ActionButton, Button } from "@/ui/Button";
import { TextField } from "@/ui/fields";
import { Card } from "@/ui/layout";
import { Tag } from "@/ui/Status";
import { Notice, ProblemNotice } from "@/ui/states";

type Officer = Hall["officers"][number];
type Kind = "qualification" | "technical" | "price" | "final";
interface Share {
  kind: Kind;
  officerId: string;
  value: string;
}

/**
 * The table of the ceremony: the officers come to this page in turn, each types his passphrase
 * and unlocks his shares here. They stay in this page's memory until one request brings them.
 */
export function Unlocking({ hall }: { hall: Hall }) {
  const { t } = useTranslation("opening");
  const [shares, setShares] = useState<Record<string, Share[]>>({});
  const present = hall.officers.filter((o) => o.present);
  const unlocked = Object.keys(shares).length;
  const unseal = useWrite(
    (body: { shares: Share[] }, key) =>
      ask(
        api.POST("/api/v1/lots/{lotId}/ceremonies/{ceremony}/unseal", {
          params: { path: { lotId: hall.lotId, ceremony: hall.ceremony }, header: key },
          body,
        }),
      ),
    { refresh: [["tenders"], ["todos"]], onDone: () => setShares({}) },
  );
  if (!hall.officer) return <Notice>{t("unlock.watch")}</Notice>;
  const enough = unlocked >= hall.threshold;
  const why = hall.due
    ? enough
      ? undefined
      : t("unlock.more", { count: hall.threshold - unlocked })
    : sentenceOf(hall.dueCode ?? "", hall.dueParams);
  return (
    <>
      {!hall.due && <Notice tone="wait">{sentenceOf(hall.dueCode ?? "", hall.dueParams)}</Notice>}
      <Card title={t("unlock.title")} aside={t("unlock.count", { done: unlocked, of: hall.threshold })}>
        <div className="stack">
          <p className="small">
            {t("unlock.text", { kinds: hall.kinds.map((k) => t(`kind.${k}`)).join(t("unlock.and")) })}
          </p>
          {present.length === 0 && <Notice>{t("unlock.nobody")}</Notice>}
          {present.map((o) => (
            <Turn
              key={o.personId}
              officer={o}
              done={o.personId in shares}
              onUnlocked={(mine) => setShares((all) => ({ ...all, [o.personId]: mine }))}
            />
          ))}
          <ProblemNotice problem={unseal.error} />
          <ActionButton
            kind={enough && hall.due ? "primary" : "plain"}
            disabled={!enough || !hall.due}
            reason={why}
            busy={unseal.isPending}
            onClick={() => unseal.mutate({ shares: Object.values(shares).flat() })}
          >
            {t("unlock.open")}
          </ActionButton>
        </div>
      </Card>
    </>
  );
}

function Turn({
  officer,
  done,
  onUnlocked,
}: {
  officer: Officer;
  done: boolean;
  onUnlocked: (mine: Share[]) => void;
}) {
  const { t } = useTranslation("opening");
  const [pass, setPass] = useState("");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState("");
  async function unlock() {
    setBusy(true);
    setFault("");
    try {
      const { unlockShares } = await import("@/lib/seal");
      const given = await unlockShares(
        officer.wrapped ?? "",
        pass,
        officer.shares.map((s) => ({ officerId: officer.personId, index: s.index, sealed: s.sealed })),
      );
      setPass("");
      onUnlocked(
        given.map((g, i) => ({
          kind: officer.shares[i]?.kind as Kind,
          officerId: g.officerId,
          value: g.value,
        })),
      );
    } catch (error) {
      setFault(sentenceOf((error as { code?: string }).code ?? "seal.unreadable") ?? "");
    } finally {
      setBusy(false);
    }
  }
  return (
    <form
      className="turn"
      onSubmit={(e) => {
        e.preventDefault();
        void unlock();
      }}
    >
      <b>{officer.name}</b>
      {done ? (
        <Tag tone="ok">{t("unlock.done")}</Tag>
      ) : (
        <>
          <TextField
            label={t("unlock.passphrase", { name: officer.name })}
            type="password"
            autoComplete="off"
            value={pass}
            error={fault || undefined}
            onChange={setPass}
          />
          <Button type="submit" busy={busy} disabled={!pass}>
            {t(busy ? "unlock.working" : "unlock.unlock")}
          </Button>
        </>
      )}
    </form>
  );
}
