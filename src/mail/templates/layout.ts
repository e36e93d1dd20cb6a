/** Stands around every body. The rules are put on the elements themselves: many mail programs drop a style sheet. */
export const LAYOUT = `<!doctype html>
<html lang="{{language}}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{subject}}</title>
<style>
  body { margin: 0; padding: 24px; background: #f4f5f7; }
  main { display: block; max-width: 560px; margin: 0 auto; padding: 24px; background: #ffffff; color: #1c2733; font: 16px/1.5 sans-serif; }
  table { border-collapse: collapse; width: 100%; }
  th { padding: 6px 16px 6px 0; text-align: left; vertical-align: top; white-space: nowrap; color: #52606d; font-weight: normal; }
  td { padding: 6px 0; vertical-align: top; }
  .note { margin-top: 24px; color: #52606d; font-size: 13px; }
</style></head>
<body><main>{{{body}}}</main></body>
</html>`;
