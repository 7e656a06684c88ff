import { winner } from "./bids";
import type { Cast } from "./cast";
import { projectName } from "./project";

const challengeDays = 14;
const untilTerm = 2;

/** Terms by the buyer's clerk, signed by both, published, filed and begun. */
export async function contract(cast: Cast): Promise<void> {
  await cast.pass(challengeDays);
  await terms(cast);
  const supplier = await cast.as(winner.login);
  await supplier.todo(projectName, "供应商签字");
  await supplier.press("供应商签字");
  await supplier.tick("我已阅读全文，同意签订");
  await supplier.confirm("供应商签字");
  const head = await cast.as("buyer.qinglong.approver");
  await head.todo(projectName, "采购人签字");
  await head.press("采购人签字");
  await head.tick("我已阅读全文，同意签订");
  await head.confirm("采购人签字");
  const clerk = await cast.as("buyer.qinglong");
  await clerk.todo(projectName, "公告合同");
  await clerk.press("公告合同");
  await clerk.confirm("公告合同");
  await clerk.press("备案");
  await clerk.fill("备案号", "BA-2026-0092");
  await clerk.confirm("备案");
  await cast.pass(untilTerm);
  await clerk.todo(projectName, "开始履行");
  await clerk.press("开始履行");
  await clerk.confirm("开始履行");
  await clerk.reads("履行中：按里程碑交付和验收");
}

async function terms(cast: Cast): Promise<void> {
  const clerk = await cast.as("buyer.qinglong");
  await clerk.todo(projectName, "起草合同");
  await clerk.press("起草");
  await clerk.heading(projectName);
  await clerk.press("填写条款");
  const form = clerk.card("填写条款与里程碑");
  await clerk.fill("开始日", "2026-12-01", form);
  await clerk.fill("结束日", "2026-12-31", form);
  await clerk.fill("验收期限（天）", "5", form);
  await clerk.fill("付款期限（天）", "10", form);
  await clerk.fill("开户行", "示范银行成都分行", form);
  await clerk.fill("账号", "6222 0000 4471 4471", form);
  await clerk.fill("名称", "十二月巡逻与宣传", form);
  await clerk.fill("交付日", "2026-12-04", form);
  await clerk.fill("约定内容", "巡逻记录与签到表", form);
  await clerk.fill("权重（%）", "40", form);
  await clerk.press("再加一项", form);
  await form.getByLabel("约定内容").nth(1).fill("夜间巡逻次数");
  await form.getByLabel("类型").nth(1).selectOption({ label: "指标" });
  await clerk.fill("目标值", "12", form);
  await clerk.fill("单位", "次", form);
  await clerk.press("保存条款", form);
  await form.waitFor({ state: "detached" });
  cast.trail.contract = clerk.page.url().split("/").pop() ?? "";
}
