import styles from "@/shared/ui/Logo.module.css"

/** The mark: a house lit from inside, with a violin's sound hole for an S. */
export function Logo({ size = 32, word = false }: { size?: number; word?: boolean }) {
  return (
    <span className={styles.logo}>
      <svg viewBox="0 0 64 64" width={size} height={size} aria-hidden="true">
        <defs>
          <linearGradient id="sarau-lamp" x1="10" y1="6" x2="54" y2="60" gradientUnits="userSpaceOnUse">
            <stop stopColor="#ffcb8a" />
            <stop offset="0.55" stopColor="#f0904f" />
            <stop offset="1" stopColor="#c9503a" />
          </linearGradient>
        </defs>
        <path
          fill="url(#sarau-lamp)"
          d="M28.3 6.4a6 6 0 0 1 7.4 0l18 14A6 6 0 0 1 56 25.1V50a8 8 0 0 1-8 8H16a8 8 0 0 1-8-8V25.1a6 6 0 0 1 2.3-4.7z"
        />
        <path
          fill="none"
          stroke="#24140b"
          strokeWidth="4.6"
          strokeLinecap="round"
          d="M39.5 24.5c-1.5-3.3-4.7-4.7-8-4.2-4 .6-6.2 3.4-5.7 6.7 1 6.6 13.8 6.2 14.2 13.7.2 4.1-3.2 6.9-7.5 7-3.9.1-7-1.9-8.2-5.2"
        />
        <circle cx="20.2" cy="36.6" r="2.4" fill="#24140b" />
        <circle cx="46.2" cy="29.8" r="2.4" fill="#24140b" />
      </svg>
      {word ? <span className={styles.word}>Sarau</span> : <span className="hidden-but-read">Sarau</span>}
    </span>
  )
}
