import { winner } from "./bids";
import type { Cast } from "./cast";
import { projectName } from "./project";

const fundName = "致强社区发展基金";

/** The community gets a fund, the supplier promises freely, the money comes, two people book it. */
export async function fund(cast: Cast): Promise<void> {
  const keeper = await cast.as("fund");
  await keeper.menu("社区基金");
  await keeper.press("设立基金");
  await keeper.pick("社区", "致强社区");
  await keeper.fill("名称", fundName);
  await keeper.fill("英文名称", "Zhiqiang community development fund");
  await keeper.fill("用途", "支持致强社区居民提出的公益服务与邻里活动。");
  await keeper.press("设立");
  await keeper.heading(fundName);
  const second = await cast.as("fund.approver");
  await second.todo(fundName, "启用基金");
  await second.press("启用基金");
  await second.confirm("启用基金");
  await promise(cast);
  await keeper.menu("社区基金");
  await keeper.page.getByRole("link", { name: fundName }).first().click();
  await keeper.heading(fundName);
  await keeper.press("登记入账");
  await keeper.choose("类型", "利润反哺");
  await keeper.choose("承诺与分期", winner.name);
  await keeper.fill("银行流水号", "FB-2026-0092");
  await keeper.confirm("登记");
  await second.todo(winner.name, "确认入账");
  await second.press("确认入账");
  await second.confirm("确认入账");
  const anyone = await cast.as("");
  await anyone.goto("/funds");
  await anyone.page.getByRole("link", { name: fundName }).first().click();
  await anyone.heading(fundName);
  await anyone.reads("利润反哺");
  await anyone.reads("560.00");
}

async function promise(cast: Cast): Promise<void> {
  const supplier = await cast.as(winner.login);
  await supplier.menu("承诺");
  await supplier.press("提出承诺");
  await supplier.choose("社区基金", fundName);
  await supplier.choose("相关项目", projectName);
  await supplier.answer("来源", "自愿捐赠");
  await supplier.answer("方式", "固定金额");
  await supplier.fill("金额", "560");
  await supplier.fill("到期", "2026-12-20");
  await supplier.confirm("提出");
  const keeper = await cast.as("fund");
  await keeper.todo(fundName, "接受承诺");
  await keeper.press("接受承诺");
  await keeper.confirm("接受承诺");
}
