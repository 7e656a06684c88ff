import { type FormEvent, useState } from "react";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { useWrite } from "@/lib/query";
import { useSession } from "@/lib/session";
import { Button } from "@/ui/Button";
import { RadioGroup } from "@/ui/choices";
import { TextField } from "@/ui/fields";
import { PageHead } from "@/ui/layout";
import { Notice, ProblemNotice } from "@/ui/states";

const channels = ["assisted", "paper", "door"] as const;
type Channel = (typeof channels)[number];

/** Before a community worker writes: for whom, and how the resident came. */
export function AssistStart() {
  const { t } = useTranslation("post");
  const { t: needs } = useTranslation("needs");
  const placeId = useSession()?.membership?.placeId ?? "";
  const [phone, setPhone] = useState("");
  const [nameless, setNameless] = useState("");
  const [channel, setChannel] = useState<Channel>("assisted");
  const start = useWrite(
    (body: { placeId: string; phone?: string; nameless?: string; channel: Channel }, key) =>
      ask(api.POST("/api/v1/assists", { params: { header: key }, body })),
    { refresh: [["assist"]] },
  );
  function submit(event: FormEvent) {
    event.preventDefault();
    start.mutate({
      placeId,
      channel,
      phone: phone.trim() || undefined,
      nameless: nameless.trim() || undefined,
    });
  }
  return (
    <>
      <PageHead title={t("assist.title")} sub={t("assist.sub")} />
      <form className="stack measure" onSubmit={submit}>
        <Notice>{t("assist.notice")}</Notice>
        <TextField
          label={t("assist.phone")}
          help={t("assist.phoneHelp")}
          optional
          inputMode="tel"
          autoComplete="off"
          value={phone}
          onChange={setPhone}
        />
        <TextField
          label={t("assist.nameless")}
          help={t("assist.namelessHelp")}
          optional
          maxLength={60}
          disabled={phone.trim() !== ""}
          value={nameless}
          onChange={setNameless}
        />
        <RadioGroup
          label={t("assist.channel")}
          layout="inline"
          value={channel}
          onChange={(c) => setChannel(c as Channel)}
          options={channels.map((c) => ({ value: c, label: needs(`channel.${c}`) }))}
        />
        <ProblemNotice problem={start.error} />
        <Button
          type="submit"
          kind="primary"
          busy={start.isPending}
          disabled={!phone.trim() && !nameless.trim()}
        >
          {t("assist.start")}
        </Button>
      </form>
    </>
  );
}
