import { describeKilledSteps } from '../../support/killed-steps-contract.ts';
import { caseType, hilltop, optionValue, riverside } from '../../support/migration-sites.ts';

describeKilledSteps('an in-memory site', () =>
  Promise.resolve({
    source: riverside(),
    target: hilltop({
      optionValues: [optionValue('activity_type', 'Hearing', { isActive: false })],
      caseTypes: () => [caseType('appeal', { caseRoles: [{ name: 'Case Coordinator' }] })],
    }),
    close: () => Promise.resolve(),
  }),
);
