import express, { type ErrorRequestHandler, type Express, type Request, type Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import type { App } from '../app/index.ts';
import { AppError, ERROR_TREATMENT, toAppError } from '../base/errors.ts';
import { LANGUAGES, type Language } from '../config/index.ts';
import { readHealth } from './health.ts';
import { SESSION_SECONDS, type Login } from './login.ts';
import { messagesIn } from './messages.ts';
import type { Metrics } from './metrics.ts';
import { presentStatus } from './present-status.ts';
import type { Status } from './status.ts';
import { viewStatus } from './view-status.ts';
import { createViews } from './views.ts';
import { icon } from './views/icon.ts';
import { style } from './views/style.ts';

export interface HttpAppParts {
  readonly app: App;
  readonly login: Login;
  readonly metrics: Metrics;
  readonly readStatus: () => Promise<Status>;
}

const SESSION_COOKIE = 'civicase_session';
const LANGUAGE_COOKIE = 'civicase_language';
const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** All routes. `/health` is open, `/metrics` for this machine alone, everything else needs the login. */
export function createHttpApp({ app, login, metrics, readStatus }: HttpAppParts): Express {
  const views = createViews();
  const http = express();
  http.disable('x-powered-by');
  http.use(metrics.middleware);
  http.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          styleSrc: ["'self'"],
          imgSrc: ["'self'"],
          formAction: ["'self'"],
          baseUri: ["'none'"],
          frameAncestors: ["'none'"],
        },
      },
      referrerPolicy: { policy: 'no-referrer' },
      // Plain HTTP on the loopback address; a TLS proxy in front sets its own.
      strictTransportSecurity: false,
    }),
  );
  http.use(knownHostsOnly(app));

  http.get('/health', async (_request, response) => {
    const health = await readHealth(app);
    response.status(health.healthy ? 200 : 503).json(health);
  });
  http.get('/metrics', async (request, response) => {
    if (!LOOPBACK.has(request.socket.remoteAddress ?? '')) {
      throw new AppError(
        'forbidden',
        'Metrics are given to this machine alone. Ask from the loopback address.',
      );
    }
    response.type(metrics.contentType).send(await metrics.text());
  });
  serveAsset(http, '/style.css', 'text/css', style);
  serveAsset(http, '/icon.svg', 'image/svg+xml', icon);

  const showLogin = (request: Request, response: Response, fault: 'wrong' | 'tooMany' | null) => {
    const language = languageOf(request, response);
    const t = messagesIn(language);
    response.send(
      views.login(language, { title: t.login.title, fault: fault === null ? null : t.login[fault] }),
    );
  };
  http.get('/login', (request, response) => showLogin(request, response, null));
  http.post(
    '/login',
    sameOriginOnly,
    rateLimit({
      windowMs: 15 * 60_000,
      limit: 10,
      skipSuccessfulRequests: true,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      // Everybody comes from the loopback address or one proxy; the limit is for all of them together.
      keyGenerator: () => 'everybody',
      handler: (request, response) => {
        response.status(429);
        showLogin(request, response, 'tooMany');
      },
    }),
    express.urlencoded({ extended: false, limit: '2kb' }),
    (request, response) => {
      const { token } = (request.body ?? {}) as { token?: unknown };
      if (typeof token !== 'string' || !login.accepts(token.trim())) {
        app.logger.warn({ route: '/login' }, 'a login was refused');
        response.status(403);
        showLogin(request, response, 'wrong');
        return;
      }
      response.cookie(SESSION_COOKIE, login.issueSession(), {
        httpOnly: true,
        sameSite: 'strict',
        maxAge: SESSION_SECONDS * 1000,
        path: '/',
      });
      response.redirect(303, '/');
    },
  );
  http.post('/logout', sameOriginOnly, (_request, response) => {
    response.clearCookie(SESSION_COOKIE, { path: '/' });
    response.redirect(303, '/login');
  });

  http.use((request, response, next) => {
    const bearer = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (
      login.acceptsSession(cookieOf(request, SESSION_COOKIE) ?? '') ||
      (bearer !== undefined && login.accepts(bearer))
    ) {
      response.set('Cache-Control', 'no-store');
      next();
    } else if (isApi(request)) {
      response
        .set('WWW-Authenticate', 'Bearer')
        .status(401)
        .json({
          error: {
            kind: 'forbidden',
            message: 'Log in first, or send the login token as "Authorization: Bearer TOKEN".',
            details: {},
          },
        });
    } else {
      // Called for the cookie: a language that is asked for now is to be there after the login too.
      languageOf(request, response);
      response.redirect(303, '/login');
    }
  });

  http.get('/', async (request, response) => {
    const language = languageOf(request, response);
    response.send(views.status(language, viewStatus(await readStatus(), language)));
  });
  http.get('/api/status', async (_request, response) => {
    response.json(presentStatus(await readStatus()));
  });
  http.use(() => {
    throw new AppError('not-found', 'There is no such page.');
  });

  const onError: ErrorRequestHandler = (thrown: unknown, request, response, next) => {
    if (response.headersSent) {
      next(thrown);
      return;
    }
    const error = toAppError(thrown);
    const { httpStatus } = ERROR_TREATMENT[error.kind];
    if (error.kind === 'internal')
      app.logger.error({ route: request.path, reason: error.message }, 'a page failed');
    response.status(httpStatus);
    if (isApi(request)) {
      const message = error.kind === 'internal' ? messagesIn('en').error.internal : error.message;
      response.json({ error: { kind: error.kind, message: app.withoutSecrets(message), details: {} } });
      return;
    }
    const language = languageOf(request, response);
    const t = messagesIn(language);
    const message =
      error.kind === 'internal'
        ? t.error.internal
        : error.kind === 'not-found'
          ? t.error.notFound
          : app.withoutSecrets(error.message);
    response.send(views.error(language, { title: t.error.title, message }));
  };
  http.use(onError);
  return http;
}

const isApi = (request: Request): boolean => request.path.startsWith('/api/') || request.path === '/metrics';

function serveAsset(http: Express, path: string, type: string, content: string): void {
  http.get(path, (_request, response) => {
    response.type(type).set('Cache-Control', 'max-age=300').send(content);
  });
}

/** A page elsewhere could point its own name at the loopback address (DNS rebinding); its Host header gives it away. */
function knownHostsOnly(app: App) {
  const { host, names } = app.config.server;
  const known = new Set(['127.0.0.1', 'localhost', '::1', host, ...names].map((name) => name.toLowerCase()));
  return (request: Request, _response: Response, next: () => void) => {
    const name = (request.headers.host ?? '')
      .toLowerCase()
      .replace(/:\d+$/, '')
      .replace(/^\[(.*)\]$/, '$1');
    if (!known.has(name)) {
      throw new AppError(
        'forbidden',
        'This server is not known by that name. Open it at its own address, or add the name to server.names in civicase.yaml.',
      );
    }
    next();
  };
}

/** SameSite=Strict guards the session already; this guards the login form against being posted from elsewhere. */
function sameOriginOnly(request: Request, _response: Response, next: () => void): void {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    throw new AppError(
      'forbidden',
      'This form was sent from another site. Open the page itself and try again.',
    );
  }
  next();
}

/** `?lang=` wins and is remembered, then what was remembered, then what the browser prefers. */
function languageOf(request: Request, response: Response): Language {
  const asked = LANGUAGES.find((language) => language === request.query['lang']);
  if (asked !== undefined) {
    response.cookie(LANGUAGE_COOKIE, asked, {
      sameSite: 'strict',
      httpOnly: true,
      path: '/',
      maxAge: 365 * 86_400_000,
    });
    return asked;
  }
  const remembered = cookieOf(request, LANGUAGE_COOKIE);
  return (
    LANGUAGES.find((language) => language === remembered) ??
    LANGUAGES.find((language) => language === request.acceptsLanguages(...LANGUAGES)) ??
    'en'
  );
}

function cookieOf(request: Request, name: string): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name && value !== undefined) return value;
  }
  return null;
}
