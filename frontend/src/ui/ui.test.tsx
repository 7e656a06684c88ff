import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { hearServerTime } from "@/lib/clock";
import { Problem } from "@/lib/problem";
import { show } from "@/testing/render";
import { ActionButton, Button } from "./Button";
import { DataTable } from "./DataTable";
import { Dialog } from "./Dialog";
import { ErrorSummary } from "./ErrorSummary";
import { TextField } from "./fields";
import { MoneyBar } from "./MoneyBar";
import { MoneyField } from "./MoneyField";
import { Status } from "./Status";
import { ErrorState, ProblemNotice } from "./states";
import { Tabs } from "./Tabs";
import { Deadline, Money } from "./values";

describe("ActionButton", () => {
  it("is hidden when the state offers no such action", () => {
    const { container } = render(<ActionButton offered={false}>发布</ActionButton>);
    expect(container.textContent).toBe("");
  });

  it("tells why it is disabled and does nothing", () => {
    const act = vi.fn();
    render(
      <ActionButton disabled reason="须由他人办理" onClick={act}>
        同意付款
      </ActionButton>,
    );
    const button = screen.getByRole("button", { name: "同意付款" });
    fireEvent.click(button);
    expect(act).not.toHaveBeenCalled();
    expect(button.getAttribute("aria-disabled")).toBe("true");
    expect(document.getElementById(button.getAttribute("aria-describedby") ?? "")?.textContent).toBe(
      "须由他人办理",
    );
  });
});

it("a busy button ignores the second click", () => {
  const act = vi.fn();
  render(
    <Button busy onClick={act}>
      提交
    </Button>,
  );
  fireEvent.click(screen.getByRole("button"));
  expect(act).not.toHaveBeenCalled();
});

describe("MoneyField", () => {
  function Form({ heard }: { heard: (fen: number | null) => void }) {
    const [fen, setFen] = useState<number | null>(null);
    return (
      <MoneyField
        label="金额"
        value={fen}
        onChange={(v) => {
          setFen(v);
          heard(v);
        }}
      />
    );
  }

  it("takes yuan, gives fen, and writes the capitals underneath", () => {
    const heard = vi.fn();
    render(<Form heard={heard} />);
    fireEvent.change(screen.getByLabelText("金额"), { target: { value: "86,400" } });
    expect(heard).toHaveBeenLastCalledWith(8_640_000);
    expect(screen.getByText("捌万陆仟肆佰元整")).toBeTruthy();
  });

  it("says what is wrong with three decimals and gives null", () => {
    const heard = vi.fn();
    render(<Form heard={heard} />);
    const input = screen.getByLabelText("金额");
    fireEvent.change(input, { target: { value: "1.234" } });
    expect(heard).toHaveBeenLastCalledWith(null);
    expect(input.getAttribute("aria-invalid")).toBe("true");
  });
});

it("a field names its error and its help", () => {
  render(<TextField id="name" label="名称" help="写全称" error="请填写名称" value="" onChange={() => {}} />);
  const input = screen.getByLabelText("名称");
  expect(input.getAttribute("aria-describedby")).toBe("name-error name-help");
  expect(input.hasAttribute("required")).toBe(true);
});

it("the error summary takes the focus and leads to the field", () => {
  render(
    <>
      <ErrorSummary errors={{ name: "请填写名称", other: undefined }} />
      <input id="name" />
    </>,
  );
  expect(document.activeElement).toBe(screen.getByRole("alert"));
  fireEvent.click(screen.getByText("请填写名称"));
  expect(document.activeElement?.id).toBe("name");
});

describe("Deadline", () => {
  const at = (hours: number) => new Date(Date.now() + hours * 3_600_000 + 30_000).toISOString();

  it("shows what is left together with the day", () => {
    render(<Deadline at={at(52)} />);
    expect(screen.getByText(/^还有 2 天 4 小时（.+ 截止）$/)).toBeTruthy();
  });

  it("shows a passed deadline as late", () => {
    render(<Deadline at={at(-2)} />);
    expect(screen.getByText(/已超过 1 小时/).className).toContain("late");
  });

  it("follows the server's clock when a demonstration moved it", async () => {
    const moved = Date.now() + 10 * 86_400_000;
    hearServerTime(new Date(moved).toISOString());
    render(<Deadline at={new Date(moved + 86_430_000).toISOString()} />);
    expect(screen.getByText(/^还有 1 天（/)).toBeTruthy();
    hearServerTime(new Date().toISOString());
  });
});

it("money is shown exactly, and a dash when it is not known", () => {
  const { container } = render(
    <>
      <Money fen={123456789} /> <Money fen={null} />
    </>,
  );
  expect(container.textContent).toBe("1,234,567.89 元 —");
});

it("a table row opens by click and by Enter, but a link inside keeps its own way", async () => {
  const open = vi.fn();
  await show(
    <DataTable
      caption="付款"
      columns={[
        { id: "code", head: "编号", cell: (r: { id: string }) => <a href="#x">{r.id}</a> },
        { id: "x", head: "状态", cell: () => "待审批" },
      ]}
      rows={[{ id: "FK-1" }, { id: "FK-2" }]}
      rowKey={(r) => r.id}
      onOpen={open}
    />,
  );
  const row = screen.getByText("FK-1").closest("tr") as HTMLElement;
  fireEvent.click(screen.getByText("FK-1"));
  expect(open).not.toHaveBeenCalled();
  fireEvent.click(screen.getAllByText("待审批")[0] as HTMLElement);
  fireEvent.keyDown(row, { key: "Enter" });
  expect(open).toHaveBeenCalledTimes(2);
  row.focus();
  fireEvent.keyDown(row, { key: "ArrowDown" });
  expect(document.activeElement).toBe(row.nextElementSibling);
});

it("tabs move by arrow keys and show one panel", async () => {
  await show(
    <Tabs
      label="视图"
      items={[
        { id: "a", label: "甲", content: "甲的内容" },
        { id: "b", label: "乙", content: "乙的内容" },
      ]}
    />,
  );
  fireEvent.keyDown(screen.getByRole("tab", { name: "甲" }), { key: "ArrowRight" });
  expect(screen.getByRole("tab", { name: "乙" }).getAttribute("aria-selected")).toBe("true");
  expect(screen.getByRole("tabpanel").textContent).toBe("乙的内容");
});

it("the money bar has a table for readers", () => {
  render(<MoneyBar label="每一分钱" items={[{ id: "budget", label: "预算", fen: 12_000_000 }]} />);
  fireEvent.click(screen.getByRole("button", { name: "看表格" }));
  expect(screen.getByRole("table").textContent).toContain("120,000.00");
});

it("an unknown state shows its code rather than nothing", () => {
  render(<Status machine="trial" state="strange" />);
  expect(screen.getByText("trial.strange")).toBeTruthy();
});

it("a dialog has a name and closes by its button", async () => {
  const close = vi.fn();
  render(
    <Dialog title="退回并说明" open onClose={close}>
      x
    </Dialog>,
  );
  fireEvent.click(screen.getByRole("button", { name: "关闭", hidden: true }));
  await waitFor(() => expect(close).toHaveBeenCalled());
});

describe("problems", () => {
  const problem = new Problem({ code: "duty.incompatible", requestId: "req-12345678" }, 409);

  it("are shown by their sentence, code and request id", async () => {
    await show(<ErrorState fault={problem} />);
    expect(screen.getByText("同一项目中，您已承担与此不相容的职责，须由他人办理")).toBeTruthy();
    expect(screen.getByText("duty.incompatible")).toBeTruthy();
    expect(screen.getByText("req-12345678")).toBeTruthy();
  });

  it("of a stale version offer to read again", () => {
    const reload = vi.fn();
    render(<ProblemNotice problem={new Problem({ code: "record.stale" }, 412)} onReload={reload} />);
    fireEvent.click(screen.getByRole("button", { name: "读取最新内容" }));
    expect(reload).toHaveBeenCalled();
  });
});
