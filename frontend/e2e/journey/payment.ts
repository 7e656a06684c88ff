import { winner } from "./bids";
import type { Cast } from "./cast";
import type { Person } from "./person";
import { projectName } from "./project";

const account = "国库集中支付零余额 6100";
const paidOn = "2026-12-02";

/** Asked for, invoice checked, approved, instructed, paid and found in the bank's statement: six people. */
export async function payment(cast: Cast): Promise<void> {
  const supplier = await cast.as(winner.login);
  await supplier.todo(projectName, "申请付款");
  await supplier.fill("发票号码", "26510000000000009201");
  await supplier.fill("开票日期", paidOn);
  await supplier.fill("项目名称", "社会服务");
  await supplier.press("提交付款申请");
  await supplier.reads("下一步：核对发票");
  const ledger = await cast.as("finance.ledger");
  await ledger.todo(projectName, "核对发票");
  await ledger.press("核对发票");
  await ledger.confirm("核对发票");
  const head = await cast.as("buyer.qinglong.approver");
  await head.todo(projectName, "同意付款");
  await head.press("同意付款 56,000.00 元");
  await head.confirm("同意付款");
  const cashier = await cast.as("finance");
  await cashier.todo(projectName, "发支付指令");
  await cashier.press("发支付指令");
  await cashier.confirm("发支付指令");
  await cashier.press("确认已支付");
  await cashier.fill("银行凭证号", "GK-2026-09201");
  await cashier.fill("支付日期", paidOn);
  await cashier.confirm("确认已支付");
  await cashier.reads("下一步：对账");
  cast.trail.payment = /FK-\d{4}-\d{6}/.exec(await cashier.page.getByRole("main").innerText())?.[0] ?? "";
  await reconcile(cashier, await cast.as("finance.approver"), cast.trail.payment);
  await finish(cast);
}

async function reconcile(cashier: Person, approver: Person, code: string): Promise<void> {
  const header = "sequence,booked_on,amount_yuan,counterparty,counter_account,remark";
  await cashier.menu("对账");
  await cashier.press("导入银行流水");
  await cashier.fill("银行账号", account);
  await cashier.fill(
    "或粘贴内容",
    `${header}\nB-2026-09201,${paidOn},-56000.00,${winner.name},6222000044714471,${code}\n`,
  );
  await cashier.confirm("导入银行流水");
  await approver.menu("对账");
  await approver.press("确认匹配", approver.row(code));
  await approver.confirm("匹配并对账");
  await approver.row(code).waitFor({ state: "detached" }); // it no longer waits
}

/** The contract is completed and put away, the neighbours confirm, the need is closed. */
async function finish(cast: Cast): Promise<void> {
  const clerk = await cast.as("buyer.qinglong");
  await clerk.todo(projectName, "履行完毕");
  await clerk.press("履行完毕");
  await clerk.confirm("履行完毕");
  await clerk.press("结清归档");
  await clerk.confirm("结清归档");
  await clerk.reads("已结清归档");
  const resident = await cast.as("resident.zhiqiang", true);
  await resident.todo(cast.trail.title, "确认已解决");
  await resident.press("确认已解决");
  await resident.confirm("确认已解决");
  const worker = await cast.as("community.zhiqiang");
  await worker.todo(cast.trail.title, "办结");
  await worker.press("办结");
  await worker.answer("需求满足了吗？", "满足");
  await worker.fill("理由", "服务已验收，款项付清，居民已确认。");
  await worker.confirm("办结");
  await worker.reads("已办结。");
}
