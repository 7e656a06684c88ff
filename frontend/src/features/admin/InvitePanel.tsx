import { type FormEvent, useState } from "react";
import { api, ask } from "@/lib/api";
import { dateTime } from "@/lib/format";
import { useTranslation } from "@/lib/i18n";
import { useWrite } from "@/lib/query";
import { Button } from "@/ui/Button";
import { Select, TextField } from "@/ui/fields";
import { Card } from "@/ui/layout";
import { Notice, ProblemNotice } from "@/ui/states";
import type { Party } from "./PartyPage";

const blank = { role: "", name: "", contact: "" };

/** Offers a role by a link that works once, for a week. */
export function InvitePanel({ party }: { party: Party }) {
  const { t, lang } = useTranslation("admin");
  const role = useTranslation("app").t;
  const [form, setForm] = useState(blank);
  const [tried, setTried] = useState(false);
  const patch = (p: Partial<typeof blank>) => setForm((old) => ({ ...old, ...p }));
  const invite = useWrite(
    (body: typeof blank, key) =>
      ask(
        api.POST("/api/v1/parties/{id}/invitations", {
          params: { path: { id: party.id }, header: key },
          body,
        }),
      ),
    {
      refresh: [["parties", party.id, "invitations"]],
      onDone: () => {
        setForm(blank);
        setTried(false);
      },
    },
  );
  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (form.role && form.name.trim()) invite.mutate(form);
  }
  return (
    <Card title={t("invite.title")}>
      <form className="stack" onSubmit={submit} noValidate>
        <ProblemNotice problem={invite.error} />
        {invite.data?.link && (
          <Notice tone="ok" live>
            <p>{t("invite.made", { until: dateTime(invite.data.endsAt, lang) })}</p>
            <input
              className="input"
              readOnly
              aria-label={t("invite.link")}
              value={invite.data.link}
              onFocus={(e) => e.target.select()}
            />
          </Notice>
        )}
        <Select
          id="role"
          label={t("members.role")}
          value={form.role}
          onChange={(v) => patch({ role: v })}
          placeholder={t("invite.chooseRole")}
          error={tried && !form.role ? t("invite.roleMissing") : undefined}
          options={party.grantable.map((r) => ({ value: r, label: role(`role.${r}`) }))}
        />
        <TextField
          id="inviteName"
          label={t("invite.name")}
          value={form.name}
          onChange={(name) => patch({ name })}
          error={tried && !form.name.trim() ? t("invite.nameMissing") : undefined}
        />
        <TextField
          id="contact"
          label={t("invite.contact")}
          help={t("invite.contactHelp")}
          value={form.contact}
          onChange={(contact) => patch({ contact })}
          optional
        />
        <Button type="submit" kind="primary" busy={invite.isPending}>
          {t("invite.submit")}
        </Button>
      </form>
    </Card>
  );
}
