/** Two tasks from the first key to the last without a mouse. */
import type { Hands } from "./hands";

/** A resident says a need, question after question. */
export async function say(at: Hands): Promise<void> {
  await at.goto("/say");
  await next(at, "继续", "是哪方面的事？");
  await at.on("searchbox", "查找类别");
  await at.type("巡逻");
  await at.press("Enter");
  await at.on("button", "治安与巡逻");
  await at.press("Enter");
  await next(at, "继续写下来");
  await at.on("textbox", "内容");
  await at.type("单元门锁坏了，夜里谁都进得来，想请人来修。");
  await next(at, "继续");
  const different = at.page.getByRole("button", { name: "不一样，我的另说" });
  const urgency = at.page.getByRole("radio", { name: "几周内" });
  await different.or(urgency).first().waitFor();
  if (await different.isVisible()) await next(at, "不一样，我的另说");
  await urgency.waitFor();
  await at.to("input[type=radio]");
  await at.press("ArrowDown");
  await next(at, "继续");
  await at.on("textbox", "楼栋");
  await at.type("3栋");
  await at.on("textbox", "单元和房号");
  await at.type("2单元102");
  await next(at, "继续", "大家会看到这些");
  await next(at, "提交需求");
  await at.page.locator(".receiptcode").waitFor();
  await at.holds("main", "the receipt takes the focus");
}

async function next(at: Hands, button: string, heading?: string): Promise<void> {
  await at.on("button", button);
  await at.press("Enter");
  if (!heading) return;
  await at.page.getByRole("heading", { name: heading }).waitFor();
  await at.holds("main", `the question "${heading}" takes the focus`);
}

/** The community opens a voice from its list, leaves it, comes back and makes it a need. */
export async function decide(at: Hands): Promise<void> {
  await at.goto("/work/voices");
  await at.to("tr.clickable");
  await at.press("Enter");
  await at.holds("dialog[open]", "the voice opens beside the list and takes the focus");
  await at.press("Escape");
  await at.page.locator("dialog").waitFor({ state: "detached" });
  await at.holds("tr.clickable", "Escape hands the focus back to the row");
  await at.press("Enter");
  await at.on("button", "归成新需求");
  await at.press("Enter");
  await at.on("textbox", "标题");
  await at.page.keyboard.press("Control+A");
  await at.type("单元门锁要修");
  await at.on("button", "归成需求");
  await at.press("Enter");
  await at.page.waitForURL("**/work/needs/*");
  await at.holds("main", "the need that was made takes the focus");
}
