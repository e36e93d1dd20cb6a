import type { NextFunction, Request, Response } from 'express';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { App } from '../app/index.ts';
import { createOccurrenceRepository } from '../store/occurrence-repository.ts';

export interface Metrics {
  readonly contentType: string;
  text(): Promise<string>;
  /** Counts and times every request by route. */
  readonly middleware: (request: Request, response: Response, next: NextFunction) => void;
}

/** Numbers for Prometheus, in a registry of this app's own; labels are names from the configuration, never people. */
export function createMetrics(app: App): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Counter({
    name: 'civicase_http_requests_total',
    help: 'Requests answered by the status server.',
    labelNames: ['method', 'status'],
    registers,
  });
  const seconds = new Histogram({
    name: 'civicase_http_request_seconds',
    help: 'Time to answer a request.',
    buckets: [0.005, 0.025, 0.1, 0.5, 2.5],
    registers,
  });
  new Gauge({
    name: 'civicase_occurrences',
    help: 'Follow-ups (activity) and reminders (email) by site and state.',
    labelNames: ['site', 'channel', 'state'],
    registers,
    async collect() {
      this.reset();
      const { db } = await app.store();
      for (const { count, ...labels } of await createOccurrenceRepository(db).countByState())
        this.set(labels, count);
    },
  });
  new Gauge({
    name: 'civicase_part_up',
    help: 'Whether a part that is in use answers.',
    labelNames: ['part'],
    registers,
    async collect() {
      for (const { name, works } of await app.parts()) this.set({ part: name }, works ? 1 : 0);
    },
  });
  new Gauge({
    name: 'civicase_resident_memory_bytes',
    help: 'Memory of the process.',
    registers,
    collect() {
      this.set(process.memoryUsage.rss());
    },
  });

  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    middleware(request, response, next) {
      const stop = seconds.startTimer();
      response.on('finish', () => {
        stop();
        requests.inc({ method: request.method, status: response.statusCode });
      });
      next();
    },
  };
}
