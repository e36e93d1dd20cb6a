import type { DemoSite } from './sites.ts';
import { TIME_ZONE } from './story-calendar.ts';

/** The `civicase.yaml` of the demo: the same shape that a user writes for sites of their own. */
export function demoConfiguration(sites: readonly DemoSite[], smtpUrl: string): string {
  const siteLines = sites.map(
    ({ name, url, apiKey }) => `  ${name}: { url: "${url}", apiKey: "${apiKey}", timeZone: ${TIME_ZONE} }`,
  );
  return `# Written by npm run demo.
sites:
${siteLines.join('\n')}
pairs:
  river-hill: { from: riverside, to: hilltop, caseTypes: [housing_support], contacts: create }
mail: { url: "${smtpUrl}", from: "Case desk <desk@example.org>" }
server: { port: 0 }
rules:
  # A week after opening, somebody should have spoken to the client.
  - name: call-after-a-week
    sites: [riverside]
    caseTypes: [housing_support]
    when: { activity: Open Case, offset: "+7 days", at: "09:00" }
    if: [{ noneCompleted: Phone Call }]
    then:
      createActivity:
        type: Phone Call
        subject: Call the client and ask how things stand
        assignee: { role: Housing Coordinator }
        dueIn: "+1 day"
  # Two days before anything is due, its assignee is reminded; three days of downtime are caught up with.
  - name: remind-assignee
    sites: [riverside]
    when: { activity: "*", status: incomplete, offset: "-2 days", at: "08:30" }
    then: { sendMail: { to: assignee, template: activity-reminder } }
    late: { send: true, untilDays: 3 }
  # The day before a visit the client hears of it.
  - name: remind-client
    sites: [riverside]
    caseTypes: [housing_support]
    when: { activity: Home visit, status: incomplete, offset: "-1 day", at: "10:00" }
    then: { sendMail: { to: client, template: client-reminder } }
`;
}
