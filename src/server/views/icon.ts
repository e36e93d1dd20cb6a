export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
  <rect width="32" height="32" rx="7" fill="#1c6660" />
  <path d="M4 21c5 0 5-9 12-9s7 9 12 9" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round" />
  <path d="M4 23h24M11 15v8M21 15v8" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" />
</svg>
`;
