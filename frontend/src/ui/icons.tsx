/** The few pictograms we use, 16 units wide, drawn with the current colour. Always beside a word. */
const shapes = {
  check: "M3 8.5l3.2 3.2L13 5",
  cross: "M4 4l8 8M12 4l-8 8",
  alert: "M8 2.2L14.3 13.4H1.7zM8 6.4v3.4M8 11.7v.3",
  clock: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 4.8V8l2.4 1.6",
  info: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 7.2v4M8 4.8v.3",
  circle: "M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3z",
  dots: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM5.4 8v.1M8 8v.1M10.6 8v.1",
  pause: "M6 4v8M10 4v8",
  back: "M6.5 4L3 7.5 6.5 11M3 7.5h6.5a3.5 3.5 0 0 1 0 7H7",
  menu: "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
  search: "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.4 10.4L14 14",
  plus: "M8 3v10M3 8h10",
  down: "M4 6l4 4 4-4",
  right: "M6 4l4 4-4 4",
  left: "M10 4L6 8l4 4",
  out: "M9 3h4v4M13 3L7 9M11 9v4H3V5h4",
  file: "M4 1.8h5l3 3v9.4H4zM9 1.8v3h3",
  people:
    "M6 3.2a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.6zM2 13c0-2.4 1.7-3.6 4-3.6s4 1.2 4 3.6M11 4a2 2 0 0 1 0 3.8M12 9.8c1.4.5 2 1.6 2 3.2",
  pin: "M8 14s4.5-4 4.5-7.4A4.5 4.5 0 0 0 3.5 6.6C3.5 10 8 14 8 14zM8 5.2a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3z",
  print: "M4.5 6V2.5h7V6M4.5 11.5H2.5V6h11v5.5h-2M4.5 9.5h7v4h-7z",
  download: "M8 2.5v7.5M5 7.2L8 10.2l3-3M3 13.5h10",
  bell: "M4 11.5V7a4 4 0 0 1 8 0v4.5l1 1H3zM6.6 14.2a1.5 1.5 0 0 0 2.8 0",
  lock: "M4 7.5h8v6H4zM5.7 7.5V5.2a2.3 2.3 0 0 1 4.6 0v2.3",
  sun: "M8 5.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM8 1.5v1.5M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1 1M11.6 11.6l1 1M3.4 12.6l1-1M11.6 4.4l1-1",
  moon: "M13 9.7A5.5 5.5 0 1 1 6.3 3a4.3 4.3 0 0 0 6.7 6.7z",
  large: "M2 13L5.5 4 9 13M3.2 10h4.6M10 13l2-5.5 2 5.5M10.7 11.2h2.6",
} as const;

export type IconName = keyof typeof shapes;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={shapes[name]} />
    </svg>
  );
}

export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 28 28" aria-hidden="true">
      <rect width="28" height="28" rx="7" fill="#13766a" />
      <g fill="none" strokeWidth="2.2" strokeLinejoin="round" strokeLinecap="round">
        <path d="M6 19v-7l5-4 3 2.4L17 8l5 4v7" stroke="#fff" />
        <path d="M11 19v-4M17 19v-4" stroke="#f3a97f" />
      </g>
    </svg>
  );
}
