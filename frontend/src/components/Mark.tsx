interface Props {
  size?: number;
}

/** Gradin's mark: three tiers of a stand, and a guest who has taken a place. */
export function Mark({ size = 24 }: Props) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#384bcb" />
      <path
        d="M6 23.5h20M11 17h15M16 10.5h10"
        stroke="#fff"
        strokeWidth="3.4"
        strokeLinecap="round"
      />
      <circle cx="8.2" cy="10.6" r="2.9" fill="#ffb938" />
    </svg>
  );
}
