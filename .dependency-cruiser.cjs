/** The floors of src/README.md: an import points down or stays in its own room. */
const floors = [
  ['base', 'case-type', 'case', 'calendar', 'edition'],
  ['xml', 'render'],
  ['migrate', 'mirror', 'follow-up', 'reminder', 'report', 'process-test', 'doctor'],
  ['civicrm', 'queue', 'mail', 'store', 'config', 'extension', 'import', 'sandbox'],
  ['app'],
  ['cli', 'server', 'worker'],
];
const roomPath = (rooms) => `^src/(${rooms.join('|')})/`;

const upward = floors.flatMap((rooms, level) => {
  const above = floors.slice(level + 1).flat();
  return above.length === 0
    ? []
    : [
        {
          name: `floor-${level}-looks-up`,
          severity: 'error',
          from: { path: roomPath(rooms) },
          to: { path: roomPath(above) },
        },
      ];
});

// On the ground floor everything may use base, and case may use the types of case-type.
const sideways = floors.map((rooms, level) => ({
  name: `floor-${level}-looks-sideways`,
  severity: 'error',
  // The process's edge hands the server and the workers to the command line.
  from: { path: roomPath(rooms.filter((room) => room !== 'base')), pathNot: '^src/cli/main\\.ts$' },
  to: {
    path: roomPath(rooms),
    pathNot: ['^src/$1/', ...(level === 0 ? ['^src/base/', '^src/case-type/'] : [])],
  },
}));

// Adapters see the port types of the use cases, never their behaviour.
const portsOnly = {
  name: 'adapters-use-only-ports',
  severity: 'error',
  from: { path: '^src/(civicrm|queue|mail|store|config)/' },
  to: {
    path: '^src/(migrate|mirror|follow-up|reminder|report|process-test|doctor)/',
    pathNot: '/ports\\.ts$',
    dependencyTypesNot: ['type-only'],
  },
};

module.exports = {
  forbidden: [
    ...upward,
    ...sideways,
    portsOnly,
    {
      name: 'base-stands-alone',
      severity: 'error',
      from: { path: '^src/base/' },
      to: { path: '^src/', pathNot: '^src/base/' },
    },
    {
      name: 'case-type-stands-on-base',
      severity: 'error',
      from: { path: '^src/(case-type|calendar|edition)/' },
      to: { path: '^src/(case|calendar|case-type|edition)/', pathNot: '^src/$1/' },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'axios-stays-in-civicrm',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/civicrm/' },
      to: { path: 'node_modules/axios' },
    },
    {
      name: 'bullmq-stays-in-queue',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/queue/' },
      to: { path: 'node_modules/bullmq' },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|scripts)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types'] },
  },
};
