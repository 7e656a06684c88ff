/** Every component of ui/ on one page, for looking at while working: `npm run dev`, then /kit.html. Not part of the build. */
import { QueryClientProvider } from "@tanstack/react-query";
import { createRootRoute, createRoute, createRouter, Outlet, RouterProvider } from "@tanstack/react-router";
import { Suspense, useState } from "react";
import { createRoot } from "react-dom/client";
import { LanguageSwitch, LooksSwitch } from "@/app/Switches";
import { applyLang, ensureWords } from "@/lib/i18n";
import { applyPrefs } from "@/lib/prefs";
import { Problem } from "@/lib/problem";
import { queryClient } from "@/lib/query";
import { ActionButton, Button, LinkButton } from "@/ui/Button";
import { Capitals } from "@/ui/Capitals";
import { Chip, ChipBar, ChipSelect, SearchBox } from "@/ui/Chips";
import { ComboBox } from "@/ui/ComboBox";
import { Checkbox, CheckboxGroup, RadioGroup } from "@/ui/choices";
import { DataTable } from "@/ui/DataTable";
import { Dialog, SidePanel } from "@/ui/Dialog";
import { DraftSaved, ErrorSummary } from "@/ui/ErrorSummary";
import { FileUpload, type UploadedFile } from "@/ui/FileUpload";
import { DateField, Select, TextArea, TextField } from "@/ui/fields";
import { Card, KeyValue, NextStep, PageHead, Sums } from "@/ui/layout";
import { MoneyBar } from "@/ui/MoneyBar";
import { MoneyField } from "@/ui/MoneyField";
import { Pagination } from "@/ui/Pagination";
import { Tag } from "@/ui/Status";
import { Progress, StepBar } from "@/ui/StepBar";
import { Denied, Empty, ErrorState, Notice, ProblemNotice, Skeleton } from "@/ui/states";
import { Tabs } from "@/ui/Tabs";
import { History, Timeline } from "@/ui/Timeline";
import { TodoList } from "@/ui/TodoList";
import { DateTime, Deadline, Money, Percent } from "@/ui/values";
import "@/ui/tokens.css";
import "@/ui/base.css";
import "@/ui/ui.css";

const soon = new Date(Date.now() + 52 * 3_600_000).toISOString();
const late = new Date(Date.now() - 3 * 86_400_000).toISOString();

function Forms() {
  const [text, setText] = useState("");
  const [fen, setFen] = useState<number | null>(8_640_000);
  const [day, setDay] = useState("2026-03-02");
  const [one, setOne] = useState("a");
  const [many, setMany] = useState(["a"]);
  const [files, setFiles] = useState<UploadedFile[]>([{ id: "1", name: "electric-wires.jpg" }]);
  const options = ["a", "b", "c"].map((v) => ({
    value: v,
    label: `Choice ${v}`,
    help: v === "b" ? "Help of b" : undefined,
  }));
  const places = ["Hemei", "Zhiqiang", "Huazhao"].map((n) => ({
    value: n,
    label: n,
    note: "Chenghua · Baohe",
  }));
  return (
    <Card title="Fields">
      <div className="stack">
        <ErrorSummary errors={{ title: "Give the need a title", amount: "Enter an amount" }} />
        <TextField
          id="title"
          label="Title"
          help="As a neighbour would say it"
          error="Give the need a title"
          value={text}
          onChange={setText}
        />
        <TextArea label="Words" optional maxLength={300} value={text} onChange={setText} />
        <MoneyField id="amount" label="Amount" value={fen} onChange={setFen} />
        <DateField label="Day" value={day} onChange={setDay} hint="10th working day" />
        <Select label="Category" value={one} onChange={setOne} options={options} />
        <ComboBox label="Community" value="Hemei" onChange={() => {}} options={places} />
        <RadioGroup label="Which" layout="boxed" value={one} onChange={setOne} options={options} />
        <CheckboxGroup label="Who" layout="inline" value={many} onChange={setMany} options={options} />
        <Checkbox
          label="I have read the preview"
          checked={false}
          onChange={() => {}}
          error="Please confirm"
        />
        <FileUpload
          label="Photos"
          files={files}
          onChange={setFiles}
          upload={async (f) => ({ id: f.name, name: f.name })}
          accept="image/*"
        />
        <div className="formactions">
          <Button kind="primary">Submit</Button>
          <Button kind="quiet">Cancel</Button>
          <DraftSaved at={new Date()} />
        </div>
      </div>
    </Card>
  );
}

function Shapes() {
  const [dialog, setDialog] = useState("");
  const rows = [1, 2, 3].map((n) => ({
    id: `FK-2026-00039${n}`,
    who: "Chenguang Social Enterprise",
    fen: 8_640_000 * n,
  }));
  return (
    <>
      <div className="columns">
        <div className="stack">
          <StepBar
            label="Payment"
            steps={[
              { label: "Requested", note: "2 June", state: "done" },
              { label: "Invoice checked", note: "3 June", state: "done" },
              { label: "Approved", note: "5 working days left", state: "current" },
              { label: "Instructed", state: "todo" },
              { label: "Paid", note: "due 1 July", state: "todo" },
              { label: "Reconciled", state: "todo" },
            ]}
          />
          <Sums
            items={[
              { label: "Accepted", value: <Money fen={8_640_000} bare />, to: "/a" },
              { label: "Requested", value: <Money fen={8_640_000} bare />, to: "/a" },
              { label: "Paid so far", value: <Money fen={7_200_000} bare />, note: "of 240,000.00" },
              { label: "Left", value: <Money fen={8_160_000} bare /> },
            ]}
          />
          <DataTable
            caption="Payments"
            rows={rows}
            rowKey={(r) => r.id}
            chosen="FK-2026-000392"
            onOpen={() => setDialog("side")}
            columns={[
              { id: "who", head: "Supplier", cell: (r) => r.who, title: true },
              { id: "code", head: "Number", cell: (r) => <span className="num nowrap">{r.id}</span> },
              { id: "s", head: "State", cell: () => <Tag tone="wait">To approve</Tag> },
              {
                id: "fen",
                head: "Amount (yuan)",
                right: true,
                cell: (r) => <Money fen={r.fen} bare />,
                foot: <Money fen={51_840_000} bare />,
              },
            ]}
          />
          <Pagination
            shown={3}
            total={120}
            pages={{ hasNextPage: true, isFetchingNextPage: false, fetchNextPage: () => {} }}
          />
          <Timeline
            label="Thread"
            stations={[
              {
                id: "1",
                title: "Neighbours speak",
                when: "8 January",
                line: "146 households",
                tone: "voice",
              },
              {
                id: "2",
                title: "Evaluated",
                when: "26 March · in time",
                line: "Chenguang with 90.10 points",
                content: <p>Scores</p>,
                open: true,
              },
              { id: "3", title: "Service", when: "10 April", line: "3 milestones", content: <p>More</p> },
              { id: "4", title: "Paid", tone: "todo" },
            ]}
          />
          <TodoList
            empty={{ title: "Nothing waits" }}
            items={[
              {
                id: "1",
                action: "Approve payment",
                title: "Weekly visits, second part",
                code: "FK-2026-000391",
                dueAt: soon,
                to: "/a",
              },
              {
                id: "2",
                action: "Answer a challenge",
                title: "After-school care",
                code: "ZY-2026-000003",
                dueAt: late,
                to: "/b",
              },
            ]}
          />
          <Tabs
            label="Parts"
            items={[
              { id: "a", label: "Lots", count: 3, content: "Lots" },
              { id: "b", label: "Documents", content: "Docs" },
            ]}
          />
        </div>
        <aside className="first">
          <NextStep title="Next: approve the payment" who={<Deadline at={soon} />}>
            <ActionButton kind="primary" block>
              Approve 86,400.00
            </ActionButton>
            <ActionButton block>Return with a reason</ActionButton>
            <ActionButton block disabled reason="Paying is done by the cashier, who must be another person.">
              Pay
            </ActionButton>
          </NextStep>
          <Card title="Every fen">
            <MoneyBar
              label="Every fen"
              items={[
                { id: "b", label: "Budget", fen: 12_000_000, tone: "plan" },
                { id: "a", label: "Award", fen: 11_200_000, to: "/a" },
                { id: "p", label: "Paid", fen: 11_200_000 },
                { id: "r", label: "Returned", fen: 360_000, tone: "voice" },
              ]}
            />
          </Card>
          <Card title="Facts">
            <KeyValue
              items={[
                { label: "When", value: <DateTime at={soon} /> },
                { label: "Late", value: <Deadline at={late} /> },
                { label: "Sum", value: <Capitals fen={8_640_000} /> },
                { label: "Satisfied", value: <Percent bp={9550} /> },
                { label: "Unknown", value: <Money fen={null} /> },
              ]}
            />
          </Card>
          <Card title="History">
            <History
              items={[{ at: soon, what: "Invoice checked", by: "Finance", reason: "All fields agree" }]}
            />
          </Card>
        </aside>
      </div>
      <div className="row">
        <Button onClick={() => setDialog("dialog")}>Dialog</Button>
        <Button onClick={() => setDialog("side")}>Side panel</Button>
      </div>
      <Dialog
        title="Return the payment"
        open={dialog === "dialog"}
        onClose={() => setDialog("")}
        actions={<Button kind="danger">Return</Button>}
      >
        <TextArea label="Reason" help="It will be public" value="" onChange={() => {}} />
      </Dialog>
      <SidePanel title="FK-2026-000391" open={dialog === "side"} onClose={() => setDialog("")}>
        <p>Details</p>
      </SidePanel>
    </>
  );
}

function Kit() {
  return (
    <main className="wrap stack loose">
      <PageHead
        crumbs={[{ label: "Home", to: "/" }, { label: "Kit" }]}
        title="Weekly visits, second part"
        mark={<Tag tone="wait">To approve</Tag>}
        sub="Chenguang · HT-2026-0112"
        actions={<LinkButton to="/x">Thread</LinkButton>}
      />
      <div className="row">
        <LooksSwitch />
        <LanguageSwitch />
        <Button kind="primary">Primary</Button>
        <Button>Plain</Button>
        <Button kind="danger">Danger</Button>
        <Button kind="quiet">Quiet</Button>
        <Button busy>Busy</Button>
        <Button disabled>Disabled</Button>
        <Button small icon="download">
          Small
        </Button>
      </div>
      <div className="row tight">
        {(["ok", "wait", "bad", "info", "plain", "brand", "voice"] as const).map((tone) => (
          <Tag key={tone} tone={tone}>
            {tone}
          </Tag>
        ))}
      </div>
      <SearchBox label="Search" placeholder="Meals, parking" value="" onSearch={() => {}} />
      <ChipBar label="Filters">
        <Chip on onChange={() => {}}>
          Open
        </Chip>
        <Chip on={false} onChange={() => {}}>
          Near me
        </Chip>
        <ChipSelect
          label="Category"
          value=""
          onChange={() => {}}
          options={[{ value: "a", label: "Parking" }]}
        />
      </ChipBar>
      <Progress done={4} of={8} label="4 of 8" />
      <Shapes />
      <Forms />
      <Notice tone="ok">Submitted. The community answers within 3 working days.</Notice>
      <Notice tone="wait">The opinion period ends tomorrow.</Notice>
      <Notice>Rules of a phase do not change while it runs.</Notice>
      <ProblemNotice
        problem={new Problem({ code: "record.stale", requestId: "0123456789abcdef" }, 412)}
        onReload={() => {}}
      />
      <div className="tiles">
        <Empty title="No tenders yet" action={<Button>Start one</Button>}>
          A tender starts from a project with a budget.
        </Empty>
        <ErrorState
          fault={new Problem({ code: "internal.error", requestId: "0123456789abcdef" }, 500)}
          onRetry={() => {}}
        />
        <Denied />
        <Skeleton lines={4} />
      </div>
    </main>
  );
}

const root = createRootRoute({ component: Outlet });
const page = createRoute({
  getParentRoute: () => root,
  path: "$",
  component: () => (
    <Suspense>
      <Kit />
    </Suspense>
  ),
});
applyPrefs();
applyLang();
await ensureWords("ui", "app", "problems", "status");
const place = document.getElementById("root");
if (place) {
  createRoot(place).render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={createRouter({ routeTree: root.addChildren([page]) })} />
    </QueryClientProvider>,
  );
}
