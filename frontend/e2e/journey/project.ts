import type { Cast } from "./cast";

export const projectName = "致强社区夜间平安巡逻服务";
export const budgetYuan = "60000";

/** The street finds who could do it, makes a project of the need, and finance names the money. */
export async function project(cast: Cast): Promise<void> {
  const buyer = await cast.as("buyer.qinglong");
  await buyer.menu("项目");
  await buyer.follow("提出项目");
  await buyer.tick(cast.trail.title);
  await buyer.fill("项目名称", projectName);
  await buyer.fill("项目说明", "组织志愿者和专业人员每周五次夜间巡逻，并教居民防盗。");
  await buyer.fill("受益人数", "200");
  await buyer.fill("金额（元）", budgetYuan);
  await buyer.press("提出项目");
  await buyer.heading(projectName);
  cast.trail.project = projectName;
  await money(cast);
  await match(cast);
  await plan(cast);
}

/** One finance officer records the line of the year, another takes the project's money from it. */
async function money(cast: Cast): Promise<void> {
  const officer = await cast.as("finance");
  await officer.menu("预算额度");
  await officer.press("登记预算");
  await officer.pick("采购人", "青龙街道");
  await officer.fill("预算名称", "社区平安服务");
  await officer.fill("功能科目", "2080299");
  await officer.fill("批复数", budgetYuan);
  await officer.confirm("登记预算");
  const approver = await cast.as("finance.approver");
  await approver.todo(projectName);
  await approver.press("落实预算");
  await approver.press("落实预算", approver.card("落实预算"));
  await approver.reads("下一步：备案实施计划");
}

/** Who could do it, each with its reasons; the choice is written down. */
async function match(cast: Cast): Promise<void> {
  const buyer = await cast.as("buyer.qinglong");
  await buyer.menu("项目");
  await buyer.page.getByRole("link", { name: projectName }).first().click();
  await buyer.follow("看看谁合适");
  await buyer.heading("谁合适");
  await buyer.press("留存这份推荐");
  await buyer.reads("已留存，可在下面打开。");
}

async function plan(cast: Cast): Promise<void> {
  const head = await cast.as("buyer.qinglong.approver");
  await head.todo(projectName, "备案实施计划");
  await head.press("备案实施计划");
  await head.fill("开始日", "2026-11-16");
  await head.fill("结束日（含续期）", "2026-12-18");
  await head.tick("已逐项核对负面清单");
  await head.answer("中小企业政策", "面向社会组织购买");
  await head.fill("例外文号", "成财采〔2026〕示范 2 号");
  await head.fill("例外理由", "按政策向社会组织购买");
  await head.press("备案实施计划", head.card("备案实施计划"));
  await head.reads("下一步：开始采购");
}
