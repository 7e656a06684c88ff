import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { type Membership, partyName, switchMembership, useSession } from "@/lib/session";
import { Button } from "@/ui/Button";
import { PageHead } from "@/ui/layout";
import { Empty, Notice } from "@/ui/states";
import { inside } from "./entry";
import "./account.css";

/** In which of my roles do I act? One of them at a time, and everyone sees which. */
export default function ChooseRolePage() {
  const { t } = useTranslation("account");
  const session = useSession();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { next } = useSearch({ strict: false }) as { next?: string };
  const [going, setGoing] = useState<string>();
  const [failed, setFailed] = useState(false);
  const list = session?.memberships ?? [];
  async function act(id: string) {
    setGoing(id);
    setFailed(false);
    try {
      if (id !== session?.membership?.id) await switchMembership(id);
      client.clear();
      await navigate({ href: inside(next) ?? paths.work() });
    } catch {
      setFailed(true);
    }
    setGoing(undefined);
  }
  return (
    <>
      <PageHead title={t("role.title")} sub={t("role.lead")} />
      {failed && (
        <Notice tone="bad" live>
          {t("role.failed")}
        </Notice>
      )}
      {list.length === 0 ? (
        <Empty title={t("role.none")}>{t("role.noneText")}</Empty>
      ) : (
        <div className="roles">
          {list.map((m) => (
            <RoleButton
              key={m.id}
              membership={m}
              current={m.id === session?.membership?.id}
              busy={going === m.id}
              onPick={() => void act(m.id)}
            />
          ))}
        </div>
      )}
    </>
  );
}

interface RoleProps {
  membership: Membership;
  current: boolean;
  busy: boolean;
  onPick: () => void;
}

function RoleButton({ membership: m, current, busy, onPick }: RoleProps) {
  const { t } = useTranslation("account");
  const { t: app, lang } = useTranslation("app");
  return (
    <Button block busy={busy} onClick={onPick} kind={current ? "primary" : "plain"}>
      <span>
        <strong>{app(`role.${m.role}`)}</strong>
        <span className="small">
          {partyName(m, lang)}
          {m.placeName && m.placeName !== m.partyName && ` · ${m.placeName}`}
          {current && ` · ${t("role.last")}`}
        </span>
      </span>
    </Button>
  );
}
