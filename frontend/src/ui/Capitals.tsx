import { capitals } from "@/lib/capitals";

/** 捌万陆仟肆佰元整: contracts and vouchers carry it beside the figure, in Chinese in both languages. */
export function Capitals({ fen }: { fen: number }) {
  return <span lang="zh-CN">{capitals(fen)}</span>;
}
