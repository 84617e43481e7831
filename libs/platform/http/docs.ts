import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import serveStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';

const require = createRequire(import.meta.url);
const anyone = { config: { rules: { public: true } } } as const;
const assets = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Tiebreak API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
</head>
<body>
<div id="ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;
const start = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#ui', deepLinking: true, persistAuthorization: true });\n`;

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
];
const headers = {
  'content-security-policy': policy.join(';'),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/**
 * Security headers for every answer: scripts come from here alone and none stand in a page, so that injected markup can't
 * run. Styles alone may be inline, which React's and Swagger UI's components need. Helmet's set, written out: it puts its
 * policy together anew for each request, a fifth of what a whole request costs here.
 */
export const secureHeaders = (app: NestFastifyApplication): void => {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (_request, reply, done) => {
      void reply.headers(headers);
      done();
    });
};

/** `/openapi.json`, and `/docs`, where `/` leads to: Swagger UI from the package, without a line from elsewhere. */
export const serveDocs = async (app: NestFastifyApplication, document: () => OpenAPIObject): Promise<void> => {
  const fastify = app.getHttpAdapter().getInstance();
  await app.register(serveStatic, {
    root: dirname(require.resolve('swagger-ui-dist/package.json')),
    serve: false,
    maxAge: '1d',
  });
  let text: string | undefined;
  fastify.get('/openapi.json', anyone, (_request, reply) =>
    reply.type('application/json; charset=utf-8').send((text ??= JSON.stringify(document()))),
  );
  for (const path of ['/', '/docs/']) fastify.get(path, anyone, (_request, reply) => reply.redirect('/docs'));
  fastify.get('/docs', anyone, (_request, reply) => reply.type('text/html; charset=utf-8').send(html));
  fastify.get('/docs/start.js', anyone, (_request, reply) => reply.type('text/javascript; charset=utf-8').send(start));
  for (const asset of assets) fastify.get(`/docs/${asset}`, anyone, (_request, reply) => reply.sendFile(asset));
};
