import type { CaseOutcome, Conflict, IdLink, MirroredCase, MirrorRun, MirrorStore, Reject } from './ports.ts';

interface Memory {
  cursor: string | null;
  readonly cases: Map<number, MirroredCase>;
  readonly links: Map<string, IdLink>;
  readonly rejects: Map<number, readonly Reject[]>;
  readonly conflicts: Map<number, readonly Conflict[]>;
  run: MirrorRun | null;
}

/** The twin of the SQL store. */
export function memoryMirrorStore(): MirrorStore {
  const pairs = new Map<string, Memory>();
  const of = (pair: string): Memory => {
    const known = pairs.get(pair);
    if (known !== undefined) return known;
    const memory: Memory = {
      cursor: null,
      cases: new Map(),
      links: new Map(),
      rejects: new Map(),
      conflicts: new Map(),
      run: null,
    };
    pairs.set(pair, memory);
    return memory;
  };
  const keep = (memory: Memory, links: readonly IdLink[]) => {
    for (const link of links) memory.links.set(`${link.entity}/${link.sourceId}`, link);
  };
  const apply = (memory: Memory, { mirroredCase, links, rejects, conflicts }: CaseOutcome) => {
    memory.cases.set(mirroredCase.sourceId, mirroredCase);
    keep(memory, links);
    if (rejects !== undefined) memory.rejects.set(mirroredCase.sourceId, rejects);
    if (conflicts !== undefined) memory.conflicts.set(mirroredCase.sourceId, conflicts);
  };
  return {
    cursor: (pair) => Promise.resolve(of(pair).cursor),
    saveCursor: (pair, since) => {
      of(pair).cursor = since;
      return Promise.resolve();
    },
    cases: (pair) => Promise.resolve([...of(pair).cases.values()]),
    links: (pair, entity, sourceIds) =>
      Promise.resolve(sourceIds.flatMap((id) => of(pair).links.get(`${entity}/${id}`) ?? [])),
    saveLinks: (pair, links) => {
      keep(of(pair), links);
      return Promise.resolve();
    },
    saveOutcomes: (pair, outcomes) => {
      for (const outcome of outcomes) apply(of(pair), outcome);
      return Promise.resolve();
    },
    rejects: (pair) => Promise.resolve([...of(pair).rejects.values()].flat()),
    conflicts: (pair) => Promise.resolve([...of(pair).conflicts.values()].flat()),
    saveRun: (pair, run) => {
      of(pair).run = run;
      return Promise.resolve();
    },
    lastRun: (pair) => Promise.resolve(of(pair).run),
  };
}
